import { LAUNCHER } from "../testing/gambeson.ts";

export interface ServiceOptions {
  /** The folder it is started in; state and cache lie in there. */
  readonly folder: string;
  readonly port: number;
  readonly args?: readonly string[];
  /** Environment variables besides its usual ones. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A process below the launcher. */
export interface ServiceProcess {
  readonly pid: number;
  readonly kind: "serve" | "work" | "other";
}

/** `gambeson serve` as a user starts it: launcher, server and workers. */
export class Service {
  readonly address: string;
  readonly #options: ServiceOptions;
  #launcher: Deno.ChildProcess | null = null;
  /** Every process that it was ever seen to have. */
  readonly seen = new Set<number>();

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.address = `http://127.0.0.1:${options.port}`;
  }

  get stateFolder(): string {
    return `${this.#options.folder}/state`;
  }

  get logPath(): string {
    return `${this.#options.folder}/service.log`;
  }

  start(): void {
    const { folder, port, args = [], env = {} } = this.#options;
    this.#launcher = new Deno.Command("node", {
      args: [LAUNCHER, "serve", "--port", String(port), "--no-fetch", "--log", this.logPath, ...args],
      cwd: folder,
      env: {
        GAMBESON_CACHE_DIR: `${folder}/cache`,
        GAMBESON_DATA_DIR: "",
        GAMBESON_DEBUG: "",
        GAMBESON_STATE_DIR: `${folder}/state`,
        npm_lifecycle_event: "",
        ...env,
      },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    this.seen.add(this.#launcher.pid);
  }

  /** The processes that live just now. */
  async processes(): Promise<readonly ServiceProcess[]> {
    if (this.#launcher === null) return [];
    const { stdout } = await new Deno.Command("ps", {
      args: ["-o", "pid=,args=", "--ppid", String(this.#launcher.pid)],
    }).output();
    const found = new TextDecoder()
      .decode(stdout)
      .split("\n")
      .flatMap((line): ServiceProcess[] => {
        const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
        if (pid === undefined || command === undefined || command.includes("<defunct>")) return [];
        const name = /\/main\.ts (serve|work)\b/.exec(command)?.[1];
        return [{ pid: Number(pid), kind: name === "serve" || name === "work" ? name : "other" }];
      });
    for (const { pid } of found) this.seen.add(pid);
    return found;
  }

  /** A power cut: the launcher and everything below it at once. */
  async killAll(): Promise<void> {
    const below = await this.processes();
    const launcher = this.#launcher;
    if (launcher === null) return;
    kill(launcher.pid);
    for (const { pid } of below) kill(pid);
    await launcher.status;
    this.#launcher = null;
  }

  /** As Ctrl-C does. */
  async stop(): Promise<number> {
    const launcher = this.#launcher;
    if (launcher === null) return 0;
    await this.processes();
    launcher.kill("SIGTERM");
    const { code } = await launcher.status;
    this.#launcher = null;
    return code;
  }

  /** Asks until the server answers. */
  async ready(patienceMs = 30_000): Promise<void> {
    const until = Date.now() + patienceMs;
    for (;;) {
      try {
        const response = await fetch(`${this.address}/healthz`);
        await response.body?.cancel();
        if (response.ok) return;
      } catch {
        // Not yet.
      }
      if (Date.now() > until) throw new Error(`the server did not come up at ${this.address}`);
      await pause(50);
    }
  }
}

export function kill(pid: number, signal: Deno.Signal = "SIGKILL"): boolean {
  try {
    Deno.kill(pid, signal);
    return true;
  } catch {
    return false; // It has ended by itself.
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A port that nobody listens at. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

const PATIENCE_MS = 60_000;

/** Looks until there is something, which it gives. */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error("waited too long");
    await pause(50);
  }
}

export function isAlive(pid: number): boolean {
  try {
    // What has ended and is still asked for is no process any more.
    return !Deno.readTextFileSync(`/proc/${pid}/stat`).includes(") Z");
  } catch {
    return false;
  }
}
