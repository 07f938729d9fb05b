import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
export const LAUNCHER = `${ROOT}scripts/gambeson.mjs`;

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user does, through its launcher, in `cwd`, with a cache of its own in there. */
export async function gambeson(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const { code, stdout, stderr } = await command(cwd, args, { env }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** The same, while it runs. */
export class Running {
  readonly child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #stderr = "";
  readonly #stderrEnd: Promise<void>;

  constructor(cwd: string, args: readonly string[]) {
    this.child = command(cwd, args, { detached: true }).spawn();
    this.#lines = linesOf(this.child.stdout)[Symbol.asyncIterator]();
    this.#stderrEnd = this.#readStderr();
  }

  async #readStderr(): Promise<void> {
    for await (const chunk of this.child.stderr.pipeThrough(new TextDecoderStream())) this.#stderr += chunk;
  }

  /** The next line of standard output; undefined at its end. */
  async line(): Promise<string | undefined> {
    const next = await this.#lines.next();
    return next.done === true ? undefined : next.value;
  }

  /** Reads on until a line has `text` in it. */
  async until(text: string): Promise<void> {
    for (;;) {
      const line = await this.line();
      if (line === undefined) throw new Error(`it ended before it said ${text}: ${this.#stderr}`);
      if (line.includes(text)) return;
    }
  }

  /** SIGKILL to the launcher and to Deno under it, at once: a power cut. */
  async crash(): Promise<void> {
    await new Deno.Command("kill", { args: ["-KILL", "--", `-${this.child.pid}`] }).output();
    await this.end();
  }

  /** Waits for the end. */
  async end(): Promise<Pick<Finished, "code" | "stderr">> {
    while ((await this.line()) !== undefined);
    await this.#stderrEnd;
    const { code } = await this.child.status;
    return { code, stderr: this.#stderr };
  }
}

/** `detached`: in a process group of its own, so that all of it can be killed. */
function command(
  cwd: string,
  args: readonly string[],
  { env = {}, detached = false }: { env?: Readonly<Record<string, string>>; detached?: boolean },
): Deno.Command {
  return new Deno.Command("node", {
    args: [LAUNCHER, ...args],
    cwd,
    env: {
      GAMBESON_CACHE_DIR: `${cwd}/cache`,
      GAMBESON_DATA_DIR: "",
      GAMBESON_DEBUG: "",
      GAMBESON_STATE_DIR: `${cwd}/state`,
      npm_lifecycle_event: "",
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached,
  });
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
