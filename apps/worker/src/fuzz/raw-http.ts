/** An answer as it came over the socket. */
export interface RawAnswer {
  readonly status: number;
  /** By name in lower case; several of one name joined by ", ". */
  readonly headers: ReadonlyMap<string, string>;
  /** Empty for an event stream, which is not waited for. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** From when all is sent to the end of the answer, in milliseconds; of an event stream, to the end of its head. */
  readonly ms: number;
}

export interface ExchangeOptions {
  readonly patienceMs?: number;
  /** Read on until the server hangs up, so that nothing it says is missed; or only until the answer is whole. */
  readonly until?: "end" | "whole";
}

/**
 * Sends bytes, which may be any, as one connection's; reads the answer, and hangs up. Whatever follows the first answer is in its body.
 *
 * @returns Null where the server hangs up without an answer.
 * @throws {Error} If there is neither an answer nor an end after `patienceMs`.
 */
export async function exchange(
  port: number,
  bytes: Uint8Array,
  { patienceMs = 10_000, until = "end" }: ExchangeOptions = {},
): Promise<RawAnswer | null> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await sendAll(connection, bytes);
  const sentAt = performance.now();
  const timer = setTimeout(() => {
    connection.close();
  }, patienceMs);
  try {
    return await readAnswer(connection, { sentAt, until });
  } catch (error) {
    const isLate = performance.now() - sentAt >= patienceMs;
    throw isLate ? new Error(`there is no answer after ${patienceMs} ms`, { cause: error }) : error;
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(
  connection: Deno.Conn,
  { sentAt, until }: { readonly sentAt: number; readonly until: "end" | "whole" },
): Promise<RawAnswer | null> {
  let received = new Uint8Array(0);
  const chunk = new Uint8Array(64 * 1024);
  for (;;) {
    const length = await connection.read(chunk).catch(nullIfHungUp);
    if (length !== null) received = joined(received, chunk.subarray(0, length));
    const parsed = parseAnswer(received);
    const isStream = parsed?.headers.get("content-type")?.startsWith("text/event-stream") === true;
    const isWhole =
      until === "whole" && parsed?.body.length === Number(parsed?.headers.get("content-length"));
    if (length !== null && !isStream && !isWhole) continue;
    const ms = performance.now() - sentAt;
    if (parsed === null) return null;
    return { ...parsed, ms, ...(isStream ? { body: new Uint8Array(0) } : {}) };
  }
}

/** A server that refuses before it has read all takes no more; its answer may be there already. */
async function sendAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) {
    const written = await connection.write(bytes.subarray(sent)).catch(nullIfHungUp);
    if (written === null) return;
    sent += written;
  }
}

function nullIfHungUp(error: unknown): null {
  if (error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe) return null;
  throw error;
}

/** Null while the head is not whole. */
function parseAnswer(received: Uint8Array<ArrayBuffer>): Omit<RawAnswer, "ms"> | null {
  // One character a byte, so that places are the same.
  const text = new TextDecoder("latin1").decode(received);
  const end = text.indexOf("\r\n\r\n");
  const [, status] = /^HTTP\/1\.[01] (\d{3}) /.exec(text) ?? [];
  if (end < 0 || status === undefined) return null;
  if (status === "100") return parseAnswer(received.subarray(end + 4));
  const headers = new Map<string, string>();
  for (const line of text.slice(0, end).split("\r\n").slice(1)) {
    const colon = line.indexOf(":");
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    headers.set(name, headers.has(name) ? `${headers.get(name)!}, ${value}` : value);
  }
  const body = received.subarray(end + 4);
  const isChunked = headers.get("transfer-encoding")?.toLowerCase() === "chunked";
  return { status: Number(status), headers, body: isChunked ? dechunked(body) : body };
}

function dechunked(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let whole = new Uint8Array(0);
  for (let at = 0; at < body.length;) {
    const end = body.indexOf(0x0a, at);
    if (end < 0) break;
    const size = Number.parseInt(new TextDecoder("latin1").decode(body.subarray(at, end)), 16);
    if (!(size > 0)) break;
    whole = joined(whole, body.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 2;
  }
  return whole;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
