// Ours in Deno or Node, as a contender: ours-process.ts <inputs folder> <kernels | tfjs> <threads, or "all">
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { answerRequests } from "./answer-request.ts";
import { serveRequests } from "./serve-requests.ts";
import { ENGINES, startEngine } from "./start-engine.ts";

const [folder = ".", name, threads = "all"] = process.argv.slice(2);
const engineName = ENGINES.find((known) => known === name);
if (engineName === undefined) {
  throw new RangeError(
    `Cannot start as the engine must be one of ${ENGINES.join(", ")}: current value is ${name ?? "none"}`,
  );
}
const engine = await startEngine(engineName, threads === "all" ? availableParallelism() : Number(threads));
const { deno, node } = process.versions as { readonly deno?: string; readonly node: string };
await serveRequests(
  answerRequests({
    read: async (file) => Uint8Array.from(await readFile(join(folder, file))),
    now: () => performance.now(),
    engine,
    program: deno === undefined ? { node } : { deno },
  }),
);
await engine.stop();
process.exit(0);
