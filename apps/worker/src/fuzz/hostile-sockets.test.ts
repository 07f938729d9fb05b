import { describe, expect, onTestFinished, test } from "vitest";
import { openArtefactFiles } from "../serve/open-artefact-files.ts";
import { LIMITS } from "../serve/serve-context.ts";
import { serve } from "../serve/serve.ts";
import { testServer } from "../serve/testing/test-server.ts";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";
import { exchange, type ExchangeOptions } from "./raw-http.ts";

const SILENCE_MS = 300;

async function served() {
  const folder = temporaryFolder();
  const hosts = new Set<string>();
  const limits = { ...LIMITS, bodySilenceMs: SILENCE_MS };
  const { context, lines } = testServer({ hosts, limits, artefacts: openArtefactFiles(folder) });
  const stop = new AbortController();
  const { address, finished } = await serve(context, { host: "127.0.0.1", port: 0, signal: stop.signal });
  const { host, port } = new URL(address);
  hosts.add(host);
  onTestFinished(async () => {
    stop.abort();
    await finished;
  });
  const send = (text: string, options?: ExchangeOptions) =>
    exchange(Number(port), new TextEncoder().encode(text.replaceAll("HOST", host)), options);
  return { host, port: Number(port), folder, lines, send };
}

/** Connections that say this and then nothing more, until the test ends. */
async function hanging(port: number, count: number, text: string): Promise<void> {
  for (let opened = 0; opened < count; opened++) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode(text));
    onTestFinished(() => {
      connection.close();
    });
  }
}

const HEALTH = "GET /healthz HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n";

describe("a client that does not go on", () => {
  test("with its head holds nobody else up", async () => {
    const { port, send } = await served();
    await hanging(port, 150, "");
    await hanging(port, 150, "GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: a");
    for (let asked = 0; asked < 20; asked++) {
      const answer = await send(HEALTH);
      expect(answer?.status).toBe(200);
      expect(answer?.ms).toBeLessThan(1000);
    }
  });

  const unfinished = (path: string, mediaType: string) =>
    `POST ${path} HTTP/1.1\r\nhost: HOST\r\ncontent-type: ${mediaType}\r\ncontent-length: 1000\r\n\r\n{`;

  test.each([
    ["/api/v1/runs", "application/json"],
    ["/api/v1/session", "application/json"],
    ["/api/v1/datasets", "application/json"],
    ["/api/v1/artefacts?kind=idx", "application/octet-stream"],
    ["/api/v1/weights?name=a", "application/octet-stream"],
  ])("with its body is refused at %s, and leaves nothing", async (path, mediaType) => {
    const { host, port, folder, lines, send } = await served();
    await hanging(port, 50, unfinished(path, mediaType).replace("HOST", host));
    expect((await send(HEALTH))?.ms).toBeLessThan(1000);
    // Deno keeps a connection whose body has not come to its end, whatever is answered.
    const answer = await send(unfinished(path, mediaType), { until: "whole" });
    expect(answer?.status).toBe(408);
    expect(answer?.headers.get("content-type")).toBe("application/problem+json");
    expect(JSON.parse(new TextDecoder().decode(answer?.body))).toMatchObject({
      code: "BODY_TOO_SLOW",
      detail: "Cannot read the body as its next bytes must come within 0.3 seconds: current value is silence",
    });
    expect(answer?.ms).toBeLessThan(SILENCE_MS + 1000);
    await expect.poll(() => lines.filter((line) => line.includes('"status":408')).length).toBe(51);
    expect(filesBelow(folder)).toEqual([]);
  });

  test("but hangs up is not a failure of the server's", async () => {
    const { host, port, lines } = await served();
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(
      new TextEncoder().encode(unfinished("/api/v1/runs", "application/json").replace("HOST", host)),
    );
    connection.close();
    await expect.poll(() => lines.length).toBe(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: "info", status: 400 });
  });
});

/** A second request, hidden in the first one's body. */
const HIDDEN = "GET /api/v1/presets HTTP/1.1\r\nhost: HOST\r\n\r\n";
const post = (headers: string, body: string) =>
  `POST /api/v1/session HTTP/1.1\r\nhost: HOST\r\ncontent-type: application/json\r\n${headers}\r\n\r\n${body}`;

describe("a request of which two readers see different ends", () => {
  test.each([
    [
      "both a length and chunks",
      post("content-length: 4\r\ntransfer-encoding: chunked", `0\r\n\r\n${HIDDEN}`),
    ],
    [
      "chunks and then a length",
      post("transfer-encoding: chunked\r\ncontent-length: 4", `0\r\n\r\n${HIDDEN}`),
    ],
    ["two lengths", post(`content-length: 2\r\ncontent-length: ${2 + HIDDEN.length}`, `{}${HIDDEN}`)],
    ["a list of lengths", post(`content-length: 2, ${2 + HIDDEN.length}`, `{}${HIDDEN}`)],
    ["a length with a sign", post("content-length: +2", `{}${HIDDEN}`)],
    ["a length in hexadecimal", post("content-length: 0x2", `{}${HIDDEN}`)],
    ["a length that is negative", post("content-length: -1", HIDDEN)],
    ["a length beyond all", post("content-length: 99999999999999999999999", HIDDEN)],
    ["chunks by another name", post("transfer-encoding: xchunked", `0\r\n\r\n${HIDDEN}`)],
    ["chunks that are not the last", post("transfer-encoding: chunked, identity", `0\r\n\r\n${HIDDEN}`)],
    ["a space before the colon", post("transfer-encoding : chunked", `0\r\n\r\n${HIDDEN}`)],
    ["a folded line", post("x-a: b\r\n transfer-encoding: chunked", `0\r\n\r\n${HIDDEN}`)],
    ["a zero in a name", post("content-length\0: 2", `{}${HIDDEN}`)],
    ["two hosts", "GET /healthz HTTP/1.1\r\nhost: HOST\r\nhost: evil.example\r\n\r\n"],
  ])("is refused whole: %s", async (_, text) => {
    const { lines, send } = await served();
    const answer = await send(text, { patienceMs: 5000 });
    expect(answer?.status).toBe(400);
    expect(answer?.body.length).toBe(0);
    expect(lines).toEqual([]);
    expect((await send(HEALTH))?.status).toBe(200);
  });

  test.each([
    ["a chunk's size that is no number", "zz\r\n{}\r\n0\r\n\r\n"],
    ["a chunk's size beyond all", "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n"],
    ["a chunk longer than it says", "1\r\n{}\r\n0\r\n\r\n"],
  ])("is not gone on with: %s", async (_, body) => {
    const { lines, send } = await served();
    const answer = await send(post("transfer-encoding: chunked", body + HIDDEN), { patienceMs: 5000 });
    expect([null, 400]).toContain(answer?.status ?? null);
    expect(lines.join("")).not.toContain("presets");
    expect(lines.join("")).not.toContain('"level":"error"');
    expect((await send(HEALTH))?.status).toBe(200);
  });

  test("and of which both see the same is answered twice: what is hidden would show", async () => {
    const { lines, send } = await served();
    const answer = await send(
      `${post("content-length: 2", "{}")}${HIDDEN.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n")}`,
    );
    expect(new TextDecoder().decode(answer?.body)).toContain('"presets"');
    expect(lines).toHaveLength(2);
  });
});

test.each([
  ["no HTTP", "\0\u0001\u0002garbage\r\n\r\n"],
  ["TLS", "\u0016\u0003\u0001\0\u0005hello"],
  ["an HTTP of the future", "GET / HTTP/9.9\r\nhost: HOST\r\n\r\n"],
  ["an old one", "GET /\r\n\r\n"],
  ["a line without an end", `GET /${"a".repeat(500_000)}`],
  ["a head without an end", `GET / HTTP/1.1\r\n${"x: y\r\n".repeat(100_000)}`],
  ["a line that is empty", "\r\n".repeat(1000)],
  ["a control character in the address", "GET /\u0007 HTTP/1.1\r\nhost: HOST\r\n\r\n"],
  ["a control character in a header", "GET / HTTP/1.1\r\nhost: HOST\r\nx: \u0001\r\n\r\n"],
  ["HTTP/2 with nothing after its preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense"],
])("%s does not disturb the server", async (_, text) => {
  const { lines, send } = await served();
  const answer = await send(text, { patienceMs: 500 }).catch((error: unknown) => String(error));
  if (typeof answer === "object" && answer !== null) expect(answer.status).toBe(400);
  expect((await send(HEALTH))?.status).toBe(200);
  expect(lines.map((line) => (JSON.parse(line) as { route: string }).route)).toEqual(["/healthz"]);
});
