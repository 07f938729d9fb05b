import {
  assert,
  array,
  constant,
  constantFrom,
  integer,
  oneof,
  property,
  record,
  string,
  tuple,
} from "fast-check";
import { describe, expect, test } from "vitest";
import { createSseParser, type SseMessage } from "./sse-parser.ts";

function parse(...chunks: readonly string[]): SseMessage[] {
  const parser = createSseParser();
  return chunks.flatMap((chunk) => parser.push(new TextEncoder().encode(chunk)));
}
const message = (data: string, more: Partial<SseMessage> = {}) => ({
  id: "",
  event: "message",
  data,
  ...more,
});

describe("createSseParser() reads the standard's own examples", () => {
  test("data of two lines", () => {
    expect(parse("data: YHOO\ndata: +2\ndata: 10\n\n")).toEqual([message("YHOO\n+2\n10")]);
  });

  test("a comment, an id, an id that is taken back, and what begins with a space", () => {
    const stream =
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
    expect(parse(stream)).toEqual([
      message("first event", { id: "1" }),
      message("second event"),
      message(" third event"),
    ]);
  });

  test("empty data; what the end cuts off is nothing", () => {
    expect(parse("data\n\ndata\ndata\n\ndata:")).toEqual([message(""), message("\n")]);
  });

  test("one space after the colon is not part of the value", () => {
    expect(parse("data:test\n\ndata: test\n\n")).toEqual([message("test"), message("test")]);
  });
});

test.each([
  ["CR", ["data: a\rdata: b\r\r"]],
  ["CRLF", ["data: a\r\ndata: b\r\n\r\n"]],
  ["CRLF cut in two", ["data: a\r", "\ndata: b\r", "\n\r", "\n"]],
  ["mixed", ["data: a\ndata: b\r\r\n"]],
  ["CR, and nothing for a while", ["data: a\r", "", "data: b\r", "\r"]],
])("lines end with %s", (_, chunks) => {
  expect(parse(...chunks)).toEqual([message("a\nb")]);
});

test("a byte order mark counts at the start only", () => {
  expect(parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: \uFEFFc\n\n")).toEqual([
    message("a"),
    message("\uFEFFc"),
  ]);
});

test("an id stays until there is another, also without data; one with a NUL is none", () => {
  expect(parse("id: 7\n\ndata: a\n\nid: 8\0\ndata: b\n\n")).toEqual([
    message("a", { id: "7" }),
    message("b", { id: "7" }),
  ]);
});

test("an event's name lasts for one message; unknown fields are nothing", () => {
  expect(parse("event: x\n\nevent: y\nnonsense: 1\ndata: a\n\ndata: b\n\n")).toEqual([
    message("a", { event: "y" }),
    message("b"),
  ]);
});

test("the id before the first message is where the stream begins", () => {
  const parser = createSseParser();
  expect(parser.start()).toBe("");
  parser.push(new TextEncoder().encode("id: 7\n\nid: 8\ndata: a\n\nid: 9\n\n"));
  expect(parser.start()).toBe("7");
});

test("retry is digits only", () => {
  const parser = createSseParser();
  expect(parser.retryMs()).toBeNull();
  parser.push(new TextEncoder().encode("retry: 2500\nretry: 1e3\nretry: -1\nretry:\n"));
  expect(parser.retryMs()).toBe(2500);
});

test("however a stream is written and cut, its messages are the same", () => {
  const line = string({ unit: "binary", maxLength: 8 }).map((text) => text.replaceAll(/[\r\n]/g, "·"));
  // A CR before an empty line's LF would be one end, not two.
  const ends = oneof(constant("\r"), constantFrom("\n", "\r\n")).chain((first) =>
    tuple(...Array.from({ length: 7 }, () => (first === "\r" ? constant("\r") : constantFrom("\n", "\r\n")))),
  );
  const written = record({
    data: array(line, { minLength: 1, maxLength: 3 }),
    event: line,
    id: line.map((text) => text.replaceAll("\0", "0")),
    comment: line,
    ends,
  });
  const stream = array(written, { maxLength: 6 });
  assert(
    property(stream, array(integer({ min: 0, max: 400 }), { maxLength: 30 }), (messages, cuts) => {
      const text = messages.map(({ data, event, id, comment, ends }) => {
        const fields = [
          `:${comment}`,
          `event: ${event}`,
          `id: ${id}`,
          ...data.map((part) => `data: ${part}`),
          "",
        ];
        return fields.map((field, index) => field + ends[index]!).join("");
      });
      const bytes = new TextEncoder().encode(text.join(""));
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const parser = createSseParser();
      const found = places.slice(1).flatMap((end, index) => parser.push(bytes.subarray(places[index], end)));
      expect(found).toEqual(
        messages.map(({ data, event, id }) => ({ id, event: event || "message", data: data.join("\n") })),
      );
    }),
    { numRuns: 500 },
  );
});
