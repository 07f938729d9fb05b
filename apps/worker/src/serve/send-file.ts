import type { Context } from "hono";
import { Refusal } from "../state/refusal.ts";
import type { ArtefactFiles } from "./artefact-files.ts";
import { byteRange } from "./byte-range.ts";
import { isKnown } from "./entity-tag.ts";

/** What an answer's headers say of its file. */
export interface FileFacts {
  readonly mediaType: string;
  /** Strong. */
  readonly tag: string;
  /** Whether this address will never give other bytes. */
  readonly immutable?: boolean;
  /** What it is called where it is saved; without it a browser shows the file. Never a client's words. */
  readonly saveAs?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/** A file that is made when it is asked for; `make` is not called where the client has it already. */
export async function sendMade(
  c: Context,
  facts: FileFacts,
  make: () => Body | Promise<Body>,
): Promise<Response> {
  const headers = headersOf(facts);
  if (isKnown(c.req.header("if-none-match"), facts.tag)) return c.body(null, 304, headers);
  const body = await make();
  if (body instanceof Uint8Array) headers["content-length"] = `${body.length}`;
  return c.body(body, 200, headers);
}

/** An artefact, or the part of it that the request's Range names. */
export async function sendArtefact(
  c: Context,
  artefacts: ArtefactFiles,
  sha256: string,
  facts: FileFacts,
): Promise<Response> {
  const headers = { ...headersOf(facts), "accept-ranges": "bytes" };
  if (isKnown(c.req.header("if-none-match"), facts.tag)) return c.body(null, 304, headers);
  const size = await artefacts.requireWhole(sha256);
  const stream = (from?: number, to?: number) => artefacts.stream(sha256, from, to);
  const range = isRangeMeant(c, facts.tag) ? byteRange(c.req.header("range"), size) : "whole";
  if (range === "unsatisfiable") {
    throw new Refusal(
      "RANGE_NOT_SATISFIABLE",
      `Cannot answer as the range must begin before byte ${size}: current value is "${c.req.header("range") ?? ""}"`,
      { headers: { "content-range": `bytes */${size}` } },
    );
  }
  if (range === "whole") return c.body(await stream(), 200, { ...headers, "content-length": `${size}` });
  const { from, to } = range;
  return c.body(await stream(from, to), 206, {
    ...headers,
    "content-length": `${to - from}`,
    "content-range": `bytes ${from}-${to - 1}/${size}`,
  });
}

/** A range is for GET, and only while the file is the one that If-Range names. */
function isRangeMeant(c: Context, tag: string): boolean {
  const ifRange = c.req.header("if-range");
  return c.req.method === "GET" && (ifRange === undefined || ifRange.trim() === tag);
}

function headersOf({
  mediaType,
  tag,
  immutable = false,
  saveAs,
  headers = {},
}: FileFacts): Record<string, string> {
  return {
    "content-type": mediaType,
    etag: tag,
    "cache-control": immutable ? "private, max-age=31536000, immutable" : "private, no-cache",
    ...(saveAs === undefined ? {} : { "content-disposition": `attachment; filename="${saveAs}"` }),
    ...headers,
  };
}
