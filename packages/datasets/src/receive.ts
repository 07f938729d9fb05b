import { connected, ConnectionFailure, createStallTimer } from "./connection.ts";
import type { DownloadHost } from "./download-host.ts";

const ANSWER_TIMEOUT_MS = 6000;
const STALL_TIMEOUT_MS = 20_000;

export interface ReceiveRequest {
  readonly name: string;
  readonly address: string;
  /** Path of the file that what arrives is added to. */
  readonly part: string;
  /** How many bytes `part` has. */
  readonly start: number;
  /** Most bytes that `part` may have. */
  readonly limit: number;
}

/**
 * Asks one address for what follows the first `start` bytes and adds it to the part. A server that sends the whole file again
 * makes the part anew.
 *
 * @returns Null when the server has sent all, else what came instead: "404 Not Found", "no such host".
 * @throws What `host.files` throws, and the reason of `host.signal`.
 */
export async function receive(request: ReceiveRequest, host: DownloadHost): Promise<string | null> {
  const { address, part, start } = request;
  host.signal?.throwIfAborted();
  host.onAsk?.(new URL(address).host);
  const stall = createStallTimer(host.answerTimeoutMs ?? ANSWER_TIMEOUT_MS);
  const goOn = () => {
    stall.restart(host.stallTimeoutMs ?? STALL_TIMEOUT_MS);
  };
  const ended = new AbortController();
  const signals = [ended.signal, stall.signal, ...(host.signal === undefined ? [] : [host.signal])];
  try {
    const init = { headers: headersFrom(start), signal: AbortSignal.any(signals) };
    const response = await connected(host.fetch(address, init));
    goOn();
    if (response.status === 416 && start > 0) return null; // Nothing follows: the part may be the whole file.
    if (!response.ok || response.body === null) return `${response.status} ${response.statusText}`.trimEnd();
    const isResumed = response.status === 206 && firstByte(response) === start;
    if (!isResumed) await host.files.remove(part);
    if (response.status === 206 && !isResumed) return "another range";
    const from = isResumed ? start : 0;
    const length = lengthOf(response);
    const totalBytes = length === null ? null : from + length;
    const reader = response.body.getReader();
    return await appendBody(reader, { from, totalBytes }, request, { ...host, onChunk: goOn });
  } catch (error) {
    host.signal?.throwIfAborted();
    if (error instanceof ConnectionFailure) return error.message;
    throw error;
  } finally {
    stall.stop();
    ended.abort();
  }
}

async function appendBody(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  { from, totalBytes }: { from: number; totalBytes: number | null },
  request: ReceiveRequest,
  { files, onProgress, onChunk }: DownloadHost & { onChunk: () => void },
): Promise<string | null> {
  let received = from;
  for (;;) {
    onProgress?.({ file: request.name, receivedBytes: received, totalBytes });
    const { done, value } = await connected(reader.read());
    if (done) break;
    onChunk();
    received += value.length;
    if (received > request.limit) {
      await files.remove(request.part);
      return `more than ${request.limit} bytes`;
    }
    await files.append(request.part, value);
  }
  return totalBytes !== null && received < totalBytes ? `only ${received} of ${totalBytes} bytes` : null;
}

function headersFrom(start: number): Record<string, string> {
  // "identity": the file's own gzip is wanted, not one that fetch undoes.
  const encoding = { "accept-encoding": "identity" };
  return start === 0 ? encoding : { ...encoding, range: `bytes=${start}-` };
}

function firstByte(response: Response): number | null {
  const match = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "");
  return match === null ? null : Number(match[1]);
}

/** Bytes of the body; null when the server does not say, or fetch undoes an encoding. */
function lengthOf(response: Response): number | null {
  const length = response.headers.get("content-length");
  return length === null || response.headers.has("content-encoding") ? null : Number(length);
}
