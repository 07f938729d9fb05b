import { createInterface } from "node:readline";
import process from "node:process";
import type { Reply, Request } from "./job.ts";

/**
 * The contender's side of the protocol, in Deno or Node: one JSON request a line on standard input, one JSON reply a line on
 * standard output. Ends with standard input. Whatever libraries print goes to standard error.
 */
export async function serveRequests(answer: (request: Request) => Promise<Reply>): Promise<void> {
  for (const name of ["log", "info", "debug"] as const) console[name] = console.error;
  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await answer(JSON.parse(line) as Request).catch((error: unknown): Reply => ({
      error: error instanceof Error ? error.message : String(error),
    }));
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}
