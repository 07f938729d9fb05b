/** A program of a test's own, in a process of its own, from the folder of the test. */
export class ChildProgram {
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #stderr: Promise<string>;

  /** @param program Its path. @param before What stands before Deno's own command. */
  constructor(program: string, args: readonly string[], before: readonly string[] = []) {
    const [command, ...rest] = [...before, Deno.execPath(), "run", "-A", "--no-lock", program, ...args];
    this.#child = new Deno.Command(command!, {
      args: rest,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#lines = linesOf(this.#child.stdout);
    this.#stderr = new Response(this.#child.stderr).text();
  }

  /** The next line that it writes. @throws {Error} With what it complained about, if it ends instead. */
  async line(): Promise<string> {
    const next = await this.#lines.next();
    if (next.done !== true) return next.value;
    throw new Error(`the program ended early: ${await this.#stderr}`);
  }

  kill(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
    this.#child.kill(signal);
  }

  /** SIGKILL, and waits until it is gone. */
  async crash(): Promise<void> {
    this.kill("SIGKILL");
    await this.end();
  }

  /** Waits for its end. @returns The lines that nobody has read. */
  async end(): Promise<{
    readonly code: number;
    readonly lines: readonly string[];
    readonly stderr: string;
  }> {
    const lines: string[] = [];
    for (let next = await this.#lines.next(); next.done !== true; next = await this.#lines.next())
      lines.push(next.value);
    const { code } = await this.#child.status;
    return { code, lines, stderr: await this.#stderr };
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, undefined> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
