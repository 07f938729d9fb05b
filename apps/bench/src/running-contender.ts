import { startContender, type ContenderProcess } from "./contender-process.ts";
import { CONTENDERS } from "./contenders.ts";
import type { ContenderName } from "./contender-names.ts";
import type { Answer, Hello, Job } from "./job.ts";
import { peakMemory } from "./peak-memory.ts";
import type { ContenderResult } from "./bench-result.ts";

/** A contender that has said hello, or could not. */
export interface RunningContender {
  readonly name: ContenderName;
  /** Why it did not start; null when it did. */
  readonly problem: string | null;
  /** @throws {Error} If it cannot, or has died. */
  run(job: Job): Promise<{ readonly seconds: number; readonly answer: Answer }>;
  /** What to tell of it; call before `close`. */
  describe(): Promise<ContenderResult>;
  close(): Promise<void>;
}

/**
 * Starts a contender. One that does not start is described as such, and can do nothing.
 *
 * @param inputs The inputs folder.
 * @param signal Ends it at once when it aborts.
 */
export async function startRunning(
  name: ContenderName,
  inputs: string,
  signal: AbortSignal,
): Promise<RunningContender> {
  let process: ContenderProcess | null = null;
  try {
    const command = await CONTENDERS[name].command(inputs, signal);
    signal.throwIfAborted();
    process = await startContender(command, signal);
    const reply = await process.ask({ do: "hello" });
    if (!("hello" in reply)) throw new Error(`Cannot use ${name} as it must say hello first`);
    return running(name, process, reply.hello);
  } catch (error) {
    await process?.close();
    return notRunning(name, error instanceof Error ? error.message : String(error));
  }
}

function running(name: ContenderName, process: ContenderProcess, hello: Hello): RunningContender {
  return {
    name,
    problem: null,
    run: async (job) => {
      const reply = await process.ask({ do: "work", job });
      if (!("seconds" in reply)) throw new Error(`Cannot use ${name} as it must answer the job`);
      return reply;
    },
    describe: async () => ({
      name,
      title: CONTENDERS[name].title,
      versions: hello.versions,
      threads: hello.threads,
      peakMemoryBytes: await peakMemory(process.pid),
      problem: null,
    }),
    close: () => process.close(),
  };
}

function notRunning(name: ContenderName, problem: string): RunningContender {
  return {
    name,
    problem,
    run: () => Promise.reject(new Error(problem)),
    describe: () =>
      Promise.resolve({
        name,
        title: CONTENDERS[name].title,
        versions: {},
        threads: null,
        peakMemoryBytes: null,
        problem,
      }),
    close: () => Promise.resolve(),
  };
}
