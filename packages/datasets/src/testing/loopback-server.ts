import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface LoopbackServer {
  /** Ends in "/". */
  readonly address: string;
  /** The Range header of each request so far; null for none. */
  readonly ranges: (string | null)[];
  close(): Promise<void>;
}

/** A server on this machine alone, for the length of a test. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, index: number) => void,
): Promise<LoopbackServer> {
  const ranges: (string | null)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? null);
    response.setHeader("connection", "close");
    answer(request, response, ranges.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ranges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Sends the file, or the range asked for, as a usual server does. */
export function sendFile(request: IncomingMessage, response: ServerResponse, bytes: Uint8Array): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (start >= bytes.length) {
    response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  const body = bytes.subarray(start);
  const headers = {
    "content-length": body.length,
    "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
  };
  response.writeHead(start === 0 ? 200 : 206, headers).end(body);
}

/** Says that the whole file comes, sends its first `length` bytes and then nothing more. */
export function sendStart(response: ServerResponse, bytes: Uint8Array, length: number): void {
  response.writeHead(200, { "content-length": bytes.length });
  response.write(bytes.subarray(0, length));
}
