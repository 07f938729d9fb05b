import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createClient, type Client } from "@gambeson/client";

const LAUNCHER = fileURLToPath(new URL("../../../../scripts/gambeson.mjs", import.meta.url));

export interface ServiceOptions {
  /** What requests must bring; default: nothing. */
  readonly token?: string | undefined;
  /** More arguments of `serve`. */
  readonly args?: readonly string[];
}

/** `gambeson serve` in a folder of its own, as a user starts it. */
export class RunningService {
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly client: Client;
  #ended: Promise<void> | null = null;

  private constructor(child: ChildProcess, folder: string, client: Client) {
    this.#child = child;
    this.#folder = folder;
    this.client = client;
  }

  /** @returns Once it answers. */
  static async start({ token, args: more = [] }: ServiceOptions = {}): Promise<RunningService> {
    const folder = mkdtempSync(join(tmpdir(), "gambeson-viewer-"));
    const args = [
      "serve",
      "--port",
      String(await freePort()),
      "--threads",
      "1",
      "--no-fetch",
      "--log",
      join(folder, "log"),
      ...more,
    ];
    const child = spawn(process.execPath, [LAUNCHER, ...args], {
      cwd: folder,
      env: {
        ...process.env,
        GAMBESON_CACHE_DIR: join(folder, "cache"),
        GAMBESON_DATA_DIR: "",
        GAMBESON_STATE_DIR: join(folder, "state"),
        npm_lifecycle_event: "",
        ...(token === undefined ? {} : { GAMBESON_TOKEN: token }),
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const address = await addressFrom(child);
    return new RunningService(child, folder, createClient({ address, token }));
  }

  get address(): string {
    return this.client.address;
  }

  /** Kills its server, which is started again. @returns Once there is another one that answers. */
  async crash(): Promise<void> {
    const killed = this.#serverPid();
    process.kill(killed, "SIGKILL");
    for (;;) {
      const isBack = await this.client.health().then(
        () => this.#serverPid() !== killed,
        () => false,
      );
      if (isBack) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #serverPid(): number {
    const mark = readFileSync(join(this.#folder, "state", "server.json"), "utf8");
    return (JSON.parse(mark) as { pid: number }).pid;
  }

  /** The process that computes. */
  workerPid(): number {
    const children = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(this.#child.pid)], {
      encoding: "utf8",
    });
    const pid = /^\s*(\d+) .*\/main\.ts work\b/m.exec(children)?.[1];
    if (pid === undefined)
      throw new Error(`Cannot find the worker as it must run: current processes are ${children}`);
    return Number(pid);
  }

  /** Ends it for good, and forgets what it kept. */
  stop(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    const isOver = this.#child.exitCode !== null || this.#child.signalCode !== null;
    if (!isOver) {
      const closed = once(this.#child, "close");
      this.#child.kill("SIGTERM");
      await closed;
    }
    rmSync(this.#folder, { recursive: true });
  }
}

/** A port that nobody listens at: the page must find the server there again after it was killed. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

function addressFrom(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk) => {
      said += String(chunk);
      const address = /Gambeson is at (\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.on("close", (code) => {
      reject(new Error(`the service ended with ${code}: ${said}`));
    });
  });
}
