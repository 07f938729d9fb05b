import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
import { download, type DownloadRequest } from "./download.ts";
import type { DownloadHost, DownloadProgress } from "./download-host.ts";
import { sendFile, sendStart, serve, type LoopbackServer } from "./testing/loopback-server.ts";
import { nodeFiles } from "./testing/node-files.ts";

const FILE = Uint8Array.from({ length: 300_000 }, (_, index) => (index * index) % 253);
const HALF = 150_000;

let folder = "";
let servers: LoopbackServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gambeson-download-"));
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
  await rm(folder, { recursive: true });
});

async function start(answer: Parameters<typeof serve>[0]): Promise<LoopbackServer> {
  const server = await serve(answer);
  servers.push(server);
  return server;
}

const whole = () =>
  start((request, response) => {
    sendFile(request, response, FILE);
  });

function requestOf(...from: readonly LoopbackServer[]): DownloadRequest {
  return {
    name: "file.gz",
    title: "The set",
    addresses: from.map(({ address }) => `${address}file.gz`),
    target: `${folder}/set/file.gz`,
    limit: 400_000,
    open: (bytes) =>
      sameBytes(bytes, FILE) ? Promise.resolve(bytes) : Promise.reject(new RangeError("other bytes")),
  };
}

const host: DownloadHost = { files: nodeFiles, fetch, stallTimeoutMs: 10_000 };

/** As toEqual(), which is slow for so many. */
function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

async function leavePart(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await nodeFiles.append(`${folder}/set/file.gz.part`, bytes);
}

async function expectOnlyTheFile(): Promise<void> {
  expect(await readdir(`${folder}/set`)).toEqual(["file.gz"]);
  expect(sameBytes(await readFile(`${folder}/set/file.gz`), FILE)).toBe(true);
}

describe("download()", () => {
  test("brings the whole file under its name and says how far it is", async () => {
    const server = await whole();
    const progress: DownloadProgress[] = [];
    const content = await download(requestOf(server), { ...host, onProgress: (step) => progress.push(step) });
    expect(sameBytes(content, FILE)).toBe(true);
    await expectOnlyTheFile();
    expect(progress[0]).toEqual({ file: "file.gz", receivedBytes: 0, totalBytes: 300_000 });
    expect(progress.at(-1)).toEqual({ file: "file.gz", receivedBytes: 300_000, totalBytes: 300_000 });
    expect(server.ranges).toEqual([null]);
  });

  test("goes on where an earlier run broke off", async () => {
    await leavePart(FILE.slice(0, HALF));
    const server = await whole();
    const progress: DownloadProgress[] = [];
    await download(requestOf(server), { ...host, onProgress: (step) => progress.push(step) });
    await expectOnlyTheFile();
    expect(server.ranges).toEqual(["bytes=150000-"]);
    expect(progress[0]).toEqual({ file: "file.gz", receivedBytes: HALF, totalBytes: 300_000 });
  });

  test("asks for the rest when the connection breaks in the middle", async () => {
    const server = await start((request, response, index) => {
      if (index > 0) {
        sendFile(request, response, FILE);
        return;
      }
      sendStart(response, FILE, HALF);
      setTimeout(() => response.destroy(), 100);
    });
    await download(requestOf(server), host);
    await expectOnlyTheFile();
    expect(server.ranges).toEqual([null, "bytes=150000-"]);
  });

  test("takes a body that ends early without an error for a broken connection", async () => {
    const server = await whole();
    const early = new Response(FILE.slice(0, HALF), { headers: { "content-length": "300000" } });
    const answers = [Promise.resolve(early)];
    const shortened: DownloadHost["fetch"] = (address, init) => answers.shift() ?? fetch(address, init);
    await download(requestOf(server), { ...host, fetch: shortened });
    await expectOnlyTheFile();
    expect(server.ranges).toEqual(["bytes=150000-"]);
  });

  test("starts again when the server does not know ranges", async () => {
    await leavePart(FILE.slice(0, HALF));
    const server = await start((_, response) => {
      response.writeHead(200, { "content-length": FILE.length }).end(FILE);
    });
    await download(requestOf(server), host);
    await expectOnlyTheFile();
    expect(server.ranges).toEqual(["bytes=150000-"]);
  });

  test("starts again when the part turns out to be bad", async () => {
    await leavePart(new Uint8Array(HALF));
    const server = await whole();
    await download(requestOf(server), host);
    await expectOnlyTheFile();
    expect(server.ranges).toEqual(["bytes=150000-", null]);
  });

  test("takes a part that is already the whole file", async () => {
    await leavePart(FILE);
    const server = await whole();
    await download(requestOf(server), host);
    await expectOnlyTheFile();
    expect(server.ranges).toEqual(["bytes=300000-"]);
  });

  test("starts again when the part is longer than the file", async () => {
    await leavePart(new Uint8Array(FILE.length + 5));
    const server = await whole();
    await download(requestOf(server), host);
    await expectOnlyTheFile();
    expect(server.ranges).toEqual(["bytes=300005-", null]);
  });

  test("does not add a range that it has not asked for", async () => {
    await leavePart(FILE.slice(0, HALF));
    const wrong = await start((_, response) => {
      response.writeHead(206, { "content-range": "bytes 200000-299999/300000" }).end(FILE.subarray(200_000));
    });
    const mirror = await whole();
    await download(requestOf(wrong, mirror), host);
    await expectOnlyTheFile();
    expect(wrong.ranges).toEqual(["bytes=150000-"]);
    expect(mirror.ranges).toEqual([null]);
  });

  test.each<[string, Parameters<typeof serve>[0]]>([
    ["sends other bytes", (_, response) => response.end(FILE.with(7, 254))],
    ["sends too many bytes", (_, response) => response.end(new Uint8Array(500_000))],
    ["answers 404", (_, response) => response.writeHead(404).end("<html>not here</html>")],
    ["answers 500", (_, response) => response.writeHead(500).end()],
    ["sends nothing", (_, response) => response.end()],
    ["hangs up", (_, response) => response.destroy()],
  ])("goes to the mirror when the first address %s", async (_, answer) => {
    const first = await start(answer);
    const mirror = await whole();
    await download(requestOf(first, mirror), host);
    await expectOnlyTheFile();
    expect(first.ranges).toHaveLength(1);
  });

  test("lets the mirror go on where the first address fell silent", async () => {
    const silent = await start((_, response, index) => {
      if (index === 0) sendStart(response, FILE, HALF);
    });
    const mirror = await whole();
    await download(requestOf(silent, mirror), { ...host, stallTimeoutMs: 300 });
    await expectOnlyTheFile();
    expect(mirror.ranges).toEqual(["bytes=150000-"]);
  });

  test("gives up a host that does not begin to answer, says whom it asks, and waits longer for what follows", async () => {
    const mute = await start(() => undefined);
    const slow = await start((_, response) => {
      sendStart(response, FILE, HALF);
      setTimeout(() => response.end(FILE.subarray(HALF)), 500);
    });
    const asked: string[] = [];
    const onAsk = (name: string) => asked.push(name);
    await download(requestOf(mute, slow), { ...host, answerTimeoutMs: 250, onAsk });
    await expectOnlyTheFile();
    expect(asked).toEqual([mute, slow].map(({ address }) => new URL(address).host));
    expect(slow.ranges).toEqual([null]);
  });

  test("names together the hosts where the same went wrong", async () => {
    const servers = [await start(() => undefined), await start(() => undefined)];
    const [first, second] = servers.map(({ address }) => new URL(address).host);
    await expect(download(requestOf(...servers), { ...host, answerTimeoutMs: 50 })).rejects.toThrow(
      new DatasetUnavailableError(
        `Cannot download The set as one of its addresses must answer: no answer in 0.05 s for ${first!}, ${second!}`,
      ),
    );
  });

  test("says in one line what each address did when none has the file", async () => {
    const missing = await start((_, response) => response.writeHead(404).end());
    const wrong = await start((_, response) => response.end("other"));
    const failure = await download(requestOf(missing, wrong), host).catch((error: unknown) => error as Error);
    expect(failure).toBeInstanceOf(DatasetUnavailableError);
    const [first, second] = [missing, wrong].map(({ address }) => new URL(address).host);
    expect((failure as Error).message).toBe(
      `Cannot download The set as one of its addresses must answer: 404 Not Found for ${first ?? ""}; other bytes for ${second ?? ""}`,
    );
    expect(await nodeFiles.size(`${folder}/set/file.gz`)).toBeNull();
    expect(await nodeFiles.size(`${folder}/set/file.gz.part`)).toBeNull();
  });

  test("names a host that cannot be reached", async () => {
    const gone = await serve(() => undefined);
    await gone.close();
    await expect(download(requestOf(gone), host)).rejects.toThrow(
      /^Cannot download The set as [^\n]*: no connection \([^\n]+\) for 127\.0\.0\.1:\d+$/,
    );
  });

  test("stops when aborted, leaves only the part, and can go on", async () => {
    const server = await start((request, response, index) => {
      if (index === 0) sendStart(response, FILE, HALF);
      else sendFile(request, response, FILE);
    });
    const controller = new AbortController();
    const onProgress = ({ receivedBytes }: DownloadProgress) => {
      if (receivedBytes === HALF) controller.abort(new Error("stopped by the user"));
    };
    const stopped = download(requestOf(server), { ...host, signal: controller.signal, onProgress });
    await expect(stopped).rejects.toThrow("stopped by the user");
    expect(await readdir(`${folder}/set`)).toEqual(["file.gz.part"]);
    await download(requestOf(server), host);
    await expectOnlyTheFile();
    expect(server.ranges).toEqual([null, "bytes=150000-"]);
  });

  test("asks nothing when it is aborted before it starts", async () => {
    const server = await whole();
    const signal = AbortSignal.abort(new Error("stopped by the user"));
    await expect(download(requestOf(server), { ...host, signal })).rejects.toThrow("stopped by the user");
    expect(server.ranges).toEqual([]);
  });

  test("passes a full disk on and does not bother the mirror", async () => {
    const [server, mirror] = [await whole(), await whole()];
    const files = { ...nodeFiles, append: () => Promise.reject(new Error("no space left on device")) };
    await expect(download(requestOf(server, mirror), { ...host, files })).rejects.toThrow(
      "no space left on device",
    );
    expect(mirror.ranges).toEqual([]);
  });

  test("replaces a damaged file of that name only by the right one", async () => {
    await nodeFiles.append(`${folder}/set/file.gz`, Uint8Array.of(1));
    await appendFile(`${folder}/set/file.gz.part`, FILE.slice(0, 10));
    await download(requestOf(await whole()), host);
    await expectOnlyTheFile();
  });
});
