import { serverEventSchema, type ServerEvent } from "@gambeson/contract";
import { AnswerError } from "./answer-error.ts";
import { checked, parsedJson } from "./read-answer.ts";
import type { Sleep } from "./sleep.ts";
import { createSseParser, type SseParser } from "./sse-parser.ts";
import { failureOf, isPassing, type Transport } from "./transport.ts";

export interface EventStreamOptions {
  /** Only this run's events; default: all. */
  readonly run?: string | undefined;
  /** Events after this one, such as a run's `eventId`; default: from now on. */
  readonly after?: number | undefined;
  /** Ends the stream. */
  readonly signal?: AbortSignal | undefined;
  /** Gets each event once, in order; the next one when what it returns has resolved. What it throws ends the stream. */
  readonly onEvent: (event: ServerEvent) => void | Promise<void>;
  readonly onState?: ((state: EventStreamState) => void) | undefined;
  /** How often in a row connecting may fail before the stream ends with the error; default: it keeps trying. */
  readonly maxFailures?: number | undefined;
}

export type EventStreamState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** The connection was lost, or could not be made; `reason` is a sentence. */
  | { readonly kind: "waiting"; readonly forMs: number; readonly reason: string };

export interface EventStreamHost {
  readonly sleep: Sleep;
  /** A connection on which nothing came for so long is dead, whatever the network says: the server sends a sign of life every 15 s. */
  readonly silenceMs?: number;
}

const SILENCE_MS = 45_000;
/** Unless the server wishes otherwise. */
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 10_000;

/**
 * Follows the server's events, from one connection to the next without a gap or a repetition. Resolves when `signal` aborts.
 *
 * @throws {ProblemError | AnswerError} If the server refuses, or is of another version; not while it is down or busy.
 * @throws {UnreachableError} After `maxFailures` failures in a row.
 */
export async function followEvents(
  transport: Transport,
  options: EventStreamOptions,
  host: EventStreamHost,
): Promise<void> {
  for await (const event of eventsOf(transport, options, host)) await options.onEvent(event);
}

async function* eventsOf(
  transport: Transport,
  { run, after, signal, onState, maxFailures = Infinity }: EventStreamOptions,
  { sleep, silenceMs = SILENCE_MS }: EventStreamHost,
): AsyncGenerator<ServerEvent> {
  let lastId = after ?? null;
  let failures = 0;
  let retryMs = RETRY_MS;
  while (!isAborted(signal)) {
    let reason = "Cannot go on as the connection must last: current value is ended by the server";
    const parser = createSseParser();
    let isPlaced = false;
    try {
      onState?.({ kind: "connecting" });
      const onOpen = () => onState?.({ kind: "open" });
      for await (const bytes of connect(transport, { run, lastId, signal, silenceMs, onOpen })) {
        failures = 0;
        const events = eventsIn(parser, bytes, transport.address);
        if (!isPlaced && parser.start() !== "") {
          // Less than what we have where the server's memory was emptied: it counts from one again.
          lastId = Number(parser.start());
          isPlaced = true;
        }
        for (const event of events) {
          if (lastId !== null && event.id <= lastId) continue;
          lastId = event.id;
          yield event;
          if (isAborted(signal)) return;
        }
      }
    } catch (error) {
      if (isAborted(signal)) return;
      failures++;
      if (!isPassing(error) || failures >= maxFailures) throw error;
      reason = error.message;
    }
    retryMs = parser.retryMs() ?? retryMs;
    const forMs = Math.min(LONGEST_RETRY_MS, retryMs * 2 ** Math.max(0, failures - 1));
    onState?.({ kind: "waiting", forMs, reason });
    await sleep(forMs, signal).catch(() => undefined);
  }
}

interface Connection {
  readonly run: string | undefined;
  readonly lastId: number | null;
  readonly signal: AbortSignal | undefined;
  readonly silenceMs: number;
  readonly onOpen: () => void;
}

/** One connection's bytes. It is closed when its reader leaves. */
async function* connect(
  transport: Transport,
  { run, lastId, signal, silenceMs, onOpen }: Connection,
): AsyncGenerator<Uint8Array> {
  const closing = new AbortController();
  const stop = () => {
    closing.abort(signal?.reason);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    timer = setTimeout(() => {
      closing.abort(new Error(`nothing came for ${silenceMs / 1000} s`));
    }, silenceMs);
  };
  signal?.addEventListener("abort", stop);
  if (isAborted(signal)) stop();
  try {
    listen();
    const response = await transport.open({
      path: "/api/v1/events",
      query: { run },
      headers: {
        accept: "text/event-stream",
        ...(lastId === null ? {} : { "last-event-id": String(lastId) }),
      },
      signal: closing.signal,
    });
    const reader = bodyOf(response).getReader();
    // The signal alone is not enough: Node forgets it once the request's object has been collected.
    closing.signal.addEventListener("abort", () => void reader.cancel().catch(() => undefined));
    onOpen();
    for (;;) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      closing.signal.throwIfAborted();
      if (done) return;
      yield value;
      listen();
    }
  } catch (error) {
    throw failureOf(error, transport.address);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    closing.abort();
  }
}

function bodyOf({ headers, body, url, status }: Response): ReadableStream<Uint8Array> {
  const type = headers.get("content-type") ?? "nothing";
  if (body !== null && type.startsWith("text/event-stream")) return body;
  throw new AnswerError(
    `Cannot read the answer of ${url} as it must be an event stream: current value is ${type}`,
    status,
  );
}

function eventsIn(parser: SseParser, bytes: Uint8Array, address: string): ServerEvent[] {
  const from = { url: address, status: 200 };
  return parser.push(bytes).map(({ data }) => checked(serverEventSchema, parsedJson(data, from), from));
}

/** A function, as the compiler would take the signal to stay as it was at the first look. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
