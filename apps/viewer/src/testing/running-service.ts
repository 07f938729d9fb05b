import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createClient, type Client } from "@gambeson/client";

const LAUNCHER = fileURLToPath(new URL("../../../../scripts/gambeson.mjs", import.meta.url));

/** `gambeson serve` in a folder of its own, as a user starts it. */
export class RunningService {
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly client: Client;

  private constructor(child: ChildProcess, folder: string, address: string) {
    this.#child = child;
    this.#folder = folder;
    this.client = createClient({ address });
  }

  /** @returns Once it answers. */
  static async start(): Promise<RunningService> {
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
    ];
    const child = spawn(process.execPath, [LAUNCHER, ...args], {
      cwd: folder,
      env: {
        ...process.env,
        GAMBESON_CACHE_DIR: join(folder, "cache"),
        GAMBESON_DATA_DIR: "",
        GAMBESON_STATE_DIR: join(folder, "state"),
        npm_lifecycle_event: "",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const address = await addressFrom(child);
    return new RunningService(child, folder, address);
  }

  get address(): string {
    return this.client.address;
  }

  /** The process that listens. */
  serverPid(): number {
    const mark = readFileSync(join(this.#folder, "state", "server.json"), "utf8");
    return (JSON.parse(mark) as { pid: number }).pid;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.on("close", resolve));
    this.#child.kill("SIGTERM");
    await ended;
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
