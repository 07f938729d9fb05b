import { spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import type { Reply, Request } from "./job.ts";

/** How to start a contender. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A running contender: a process that answers one request after the other. */
export interface ContenderProcess {
  readonly pid: number;
  /** @throws {Error} If the contender says that it cannot, or ends before it answers. */
  ask(request: Request): Promise<Exclude<Reply, { error: string }>>;
  /** Ends the process; waits until it is gone. */
  close(): Promise<void>;
}

/** A process that has not ended by itself after its input has is ended. */
const PATIENCE_MS = 3000;
/** Characters of its standard error that are kept to explain a failure. */
const KEPT = 2000;

/**
 * Starts a contender.
 *
 * @param signal Ends the process at once when it aborts.
 * @throws {Error} If the program cannot be started.
 */
export async function startContender(
  { program, args, env }: Command,
  signal: AbortSignal,
): Promise<ContenderProcess> {
  const child = spawn(program, [...args], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
    signal,
    killSignal: "SIGKILL",
  });
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => {
      resolve(error.message);
    });
    child.on("exit", (code, signal) => {
      resolve(signal ?? `exit status ${code ?? "unknown"}`);
    });
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-KEPT)));
  child.stdin.on("error", () => undefined); // It has ended: `ended` tells.
  const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  if (child.pid === undefined)
    throw new Error(`Cannot start ${program} as it must run: current value is ${await ended}`);

  return {
    pid: child.pid,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const line = await replies.next();
      if (line.done === true) {
        const lastWords = said.trim().split("\n").slice(-3).join(" / ");
        throw new Error(
          `Cannot go on as the process must live: current value is ${await ended}; ${lastWords}`,
        );
      }
      const reply = JSON.parse(line.value) as Reply;
      if ("error" in reply) throw new Error(reply.error);
      return reply;
    },
    async close() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
