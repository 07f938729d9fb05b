import { damagedBytes } from "@gambeson/contract/testing/damaged-bytes";
import fc from "fast-check";
import {
  BODIES,
  HOSTILE_HEADERS,
  METHODS,
  PREFIXES,
  QUERY_NAMES,
  QUERY_VALUES,
  SEGMENTS,
} from "./hostile-values.ts";
import { valueOfSchema, type JsonSchema } from "./value-of-schema.ts";

/** As much of an OpenAPI 3.1 document as requests are made from. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}
interface DocumentedOperation {
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

/** What the server that is asked knows, so that requests get further than to its first check. */
export interface Target {
  /** "127.0.0.1:8787". */
  readonly host: string;
  /** Ids, hashes and names that it knows, for reading and changing. */
  readonly known: readonly string[];
  /** Those that may be deleted. */
  readonly expendable: readonly string[];
  /** Sound bodies of some operations, by "POST /api/v1/runs". */
  readonly bodies: Readonly<Record<string, readonly Uint8Array[]>>;
}

export interface HostileRequest {
  /** What it was made from: "GET /api/v1/runs/{id}". */
  readonly operation: string;
  /** In which ways it is hostile. */
  readonly ways: readonly string[];
  readonly method: string;
  /** As it stands in the request's first line. */
  readonly path: string;
  /** All of it, as it is sent. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A request on its way to be hostile. */
interface Draft {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | null;
  readonly isChunked: boolean;
}
interface Twist {
  readonly way: string;
  readonly twist: (draft: Draft) => Draft;
}

/** Requests of all the document's operations that fit it but for one to three hostile things. */
export function hostileRequests(document: ApiDocument, target: Target): fc.Arbitrary<HostileRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, documented]) => {
      const operation = { method: method.toUpperCase(), path, documented };
      // Few operations take a body, and most can go wrong there.
      return documented.requestBody === undefined
        ? [operation]
        : new Array<typeof operation>(4).fill(operation);
    }),
  );
  const twists = fc.array(hostileTwist(), { minLength: 1, maxLength: 3 });
  const requests = fc.constantFrom(...operations).chain((operation) =>
    fc.tuple(soundDraft(operation, target), twists).map(([draft, all]) => {
      const { method, path, ...rest } = all.reduce((left, { twist }) => twist(left), draft);
      return {
        operation: `${operation.method} ${operation.path}`,
        ways: all.map(({ way }) => way),
        method,
        path,
        bytes: rendered({ method, path, ...rest }, target.host),
      };
    }),
  );
  return requests.filter((request) => !deletesWhatStays(request, target));
}

/** A method may be twisted to DELETE, and then would rightly end what the test looks at afterwards. */
function deletesWhatStays({ method, path }: HostileRequest, { known, expendable }: Target): boolean {
  const last = path.split("?")[0]?.split("/").at(-1) ?? "";
  return method === "DELETE" && known.includes(last) && !expendable.includes(last);
}

function soundDraft(
  operation: { readonly method: string; readonly path: string; readonly documented: DocumentedOperation },
  target: Target,
): fc.Arbitrary<Draft> {
  const { method, path, documented } = operation;
  const known = method === "DELETE" ? target.expendable : target.known;
  const parameters = (documented.parameters ?? []).map(({ in: place, name, required = false, schema }) => {
    const value = valueOfSchema(schema, known).map(String);
    return fc.option(value, { freq: required ? 30 : 1 }).map((given) => ({ place, name, given }));
  });
  return fc.tuple(fc.tuple(...parameters), soundBody(operation, target)).map(([given, content]) => ({
    method,
    path: pathOf(path, given),
    headers: [
      ...given.flatMap(({ place, name, given: value }) =>
        place === "header" && value !== null ? [[name, headerText(value)] as const] : [],
      ),
      ...(content === null ? [] : [["content-type", content.mediaType] as const]),
    ],
    body: content?.body ?? null,
    isChunked: false,
  }));
}

function soundBody(
  { method, path, documented }: { method: string; path: string; documented: DocumentedOperation },
  { bodies, known }: Target,
): fc.Arbitrary<{ readonly mediaType: string; readonly body: Uint8Array } | null> {
  const [entry] = Object.entries(documented.requestBody?.content ?? {});
  if (entry === undefined) return fc.constant(null);
  const [mediaType, { schema }] = entry;
  const sound = bodies[`${method} ${path}`] ?? [];
  const made = valueOfSchema(schema, known).map((value) => new TextEncoder().encode(JSON.stringify(value)));
  return fc
    .oneof(...(sound.length === 0 ? [made] : [made, fc.constantFrom(...sound), damagedBytes(...sound)]))
    .map((body) => ({ mediaType, body }));
}

function pathOf(
  path: string,
  given: readonly { readonly place: string; readonly name: string; readonly given: string | null }[],
): string {
  let filled = path;
  const query: string[] = [];
  for (const { place, name, given: value } of given) {
    if (value === null) continue;
    if (place === "path") filled = filled.replace(`{${name}}`, encoded(value));
    if (place === "query") query.push(`${name}=${encoded(value)}`);
  }
  return query.length === 0 ? filled : `${filled}?${query.join("&")}`;
}

/** As UTF-8, where half a character becomes the replacement character. */
function encoded(value: string): string {
  return encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(value)));
}

function hostileTwist(): fc.Arbitrary<Twist> {
  const of = <T>(way: string, values: fc.Arbitrary<T>, twist: (draft: Draft, value: T) => Draft) =>
    values.map((value): Twist => ({ way, twist: (draft) => twist(draft, value) }));
  const segment = fc.tuple(fc.nat(), fc.constantFrom(...SEGMENTS));
  const question = fc.tuple(fc.constantFrom(...QUERY_NAMES, ""), fc.constantFrom(...QUERY_VALUES), fc.nat());
  const body = fc.constantFrom(...BODIES);
  return fc.oneof(
    of("segment", segment, (draft, [at, by]) => ({ ...draft, path: withSegment(draft.path, at, by) })),
    of("prefix", fc.constantFrom(...PREFIXES), (draft, by) => ({ ...draft, path: by + draft.path })),
    {
      weight: 2,
      arbitrary: of("query", question, (draft, [name, value, at]) => ({
        ...draft,
        path: withQuery(draft.path, name, value, at),
      })),
    },
    of("query in plenty", fc.constantFrom("a", "limit", "run"), (draft, name) => ({
      ...draft,
      path: `${draft.path}${draft.path.includes("?") ? "&" : "?"}${`${name}=1&`.repeat(2000)}`,
    })),
    {
      weight: 5,
      arbitrary: of("header", fc.constantFrom(...HOSTILE_HEADERS), (draft, header) => ({
        ...draft,
        headers: [...draft.headers.filter(([name]) => name !== header[0]), header],
      })),
    },
    of("header twice", fc.constantFrom(...HOSTILE_HEADERS), (draft, header) => ({
      ...draft,
      headers: [...draft.headers, header],
    })),
    of("method", fc.constantFrom(...METHODS), (draft, method) => ({ ...draft, method })),
    { weight: 3, arbitrary: of("body", body, (draft, by) => ({ ...draft, body: by })) },
    of("cut body", fc.nat(), (draft, at) => ({
      ...draft,
      body: draft.body?.subarray(0, at % (draft.body.length + 1)) ?? null,
    })),
    of("chunks", fc.constant(true), (draft, isChunked) => ({ ...draft, isChunked })),
  );
}

function withSegment(path: string, at: number, by: string): string {
  const [before = "", query] = path.split("?");
  const segments = before.split("/");
  // The first is empty, and mostly it is the last ones that count.
  segments[segments.length - 1 - (at % Math.min(4, Math.max(1, segments.length - 1)))] = by;
  return segments.join("/") + (query === undefined ? "" : `?${query}`);
}

/** Replaces a value of the query, or joins one to it. */
function withQuery(path: string, name: string, value: string, at: number): string {
  const [before = "", query = ""] = path.split("?");
  const pairs = query === "" ? [] : query.split("&");
  if (name === "" && pairs.length > 0) {
    const index = at % pairs.length;
    pairs[index] = `${pairs[index]!.split("=")[0]!}=${value}`;
  } else pairs.push(`${name}=${value}`);
  return `${before}?${pairs.join("&")}`;
}

/** What HTTP's grammar takes in a header, so that what is hostile is the value and not the line. */
function headerText(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, "");
}

function rendered({ method, path, headers, body, isChunked }: Draft, host: string): Uint8Array<ArrayBuffer> {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(headers.some(([name]) => name === "host") ? [] : [`host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === null ? [] : [isChunked ? "transfer-encoding: chunked" : `content-length: ${body.length}`]),
    "connection: close",
    ...["", ""],
  ];
  const head = new TextEncoder().encode(lines.join("\r\n"));
  return Uint8Array.from(
    Buffer.concat([head, ...(body === null ? [] : isChunked ? inChunks(body) : [body])]),
  );
}

/** The body in chunks of three bytes and then ever larger ones. */
function inChunks(body: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let [at, size] = [0, 3]; at < body.length; at += size, size *= 3) {
    const chunk = body.subarray(at, at + size);
    parts.push(Buffer.from(`${chunk.length.toString(16)};x=y\r\n`), chunk, Buffer.from("\r\n"));
  }
  return [...parts, Buffer.from("0\r\n\r\n")];
}
