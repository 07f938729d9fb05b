/** One message of an event stream. */
export interface SseMessage {
  /** The last id that the stream has named, here or before; "" where it has named none. */
  readonly id: string;
  /** "message" where the stream names none. */
  readonly event: string;
  /** Its lines, joined by line feeds. */
  readonly data: string;
}

export interface SseParser {
  /** Takes the next bytes, cut anywhere, and gives the messages that they complete. What the stream's end cuts off is no message. */
  push(bytes: Uint8Array): SseMessage[];
  /** The id that the stream names before its first message: where it begins; "" where it names none. */
  start(): string;
  /** Milliseconds to wait before connecting again, as the stream wishes; null where it has not said. */
  retryMs(): number | null;
}

/**
 * Reads `text/event-stream`: UTF-8, lines that end with CR, LF or CRLF, comments, and fields of any number of lines.
 *
 * Source: WHATWG HTML, 9.2.6 "Interpreting an event stream", https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function createSseParser(): SseParser {
  const decoder = new TextDecoder(); // Drops one byte order mark at the start.
  let line = "";
  let endsWithCr = false;
  let id = "";
  let start = "";
  let hasBegun = false;
  let event = "";
  let data: string[] = [];
  let retryMs: number | null = null;

  function takeField(text: string): void {
    const colon = text.indexOf(":");
    const name = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (name === "data") data.push(value);
    else if (name === "event") event = value;
    else if (name === "id" && !value.includes("\0")) id = value;
    else if (name === "retry" && /^[0-9]+$/.test(value)) retryMs = Number(value);
  }

  /** At an empty line: without data there is no message, though the id counts. */
  function dispatch(): SseMessage[] {
    const messages = data.length === 0 ? [] : [{ id, event: event || "message", data: data.join("\n") }];
    hasBegun ||= messages.length > 0;
    if (!hasBegun) start = id;
    event = "";
    data = [];
    return messages;
  }

  return {
    push: (bytes) => {
      const text = decoder.decode(bytes, { stream: true });
      if (text === "") return [];
      // The line feed of a CRLF that was cut in two ends no line of its own.
      const lines = (line + (endsWithCr && text.startsWith("\n") ? text.slice(1) : text)).split(/\r\n|\r|\n/);
      endsWithCr = text.endsWith("\r");
      line = lines.pop() ?? "";
      return lines.flatMap((complete) => {
        if (complete === "") return dispatch();
        takeField(complete);
        return [];
      });
    },
    start: () => start,
    retryMs: () => retryMs,
  };
}
