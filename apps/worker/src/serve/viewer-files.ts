import { createHash } from "node:crypto";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import type { KnownMethods } from "./known-methods.ts";

/**
 * The viewer's files, by address, as they were at start: kept in memory, some megabytes, since a newer build may replace them while this
 * server runs. No client's path is ever opened.
 */
export type ViewerFiles = ReadonlyMap<string, ViewerFile>;

export interface ViewerFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same, gzipped; made when it is first asked for. Null where that gains nothing. */
  readonly gzipped: () => Uint8Array<ArrayBuffer> | null;
  readonly mediaType: string;
  readonly cacheControl: string;
  readonly etag: string;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
/** Packed already. */
const PACKED: ReadonlySet<string> = new Set([".ico", ".png", ".woff2"]);
/** What the viewer's build puts a hash of its bytes into: its name says what is in it. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;

/** @param folder Of the viewer's built files; null for none. */
export function listViewerFiles(folder: string | null): ViewerFiles {
  return new Map(folder === null ? [] : filesBelow(folder, "/"));
}

function filesBelow(folder: string, address: string): [string, ViewerFile][] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory, isFile }): [string, ViewerFile][] => {
    const path = join(folder, name);
    if (isDirectory) return filesBelow(path, `${address}${name}/`);
    return isFile ? [[`${address}${name}`, viewerFile(path, `${address}${name}`)]] : [];
  });
}

function viewerFile(path: string, address: string): ViewerFile {
  const bytes = Deno.readFileSync(path);
  const mediaType = MEDIA_TYPES[extname(path)] ?? "application/octet-stream";
  let gzipped: Uint8Array<ArrayBuffer> | null = null;
  return {
    bytes,
    gzipped: () => (PACKED.has(extname(path)) ? null : (gzipped ??= Uint8Array.from(gzipSync(bytes)))),
    mediaType,
    cacheControl: HASHED.test(address) ? "public, max-age=31536000, immutable" : "no-cache",
    etag: `W/"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`,
  };
}

/** Answers with the viewer's files; and with its page at addresses of its own, which are those that nothing else has. */
export function serveViewer(files: ViewerFiles, methodsOf: KnownMethods): MiddlewareHandler {
  const page = files.get("/index.html");
  const isPage = (path: string, accept: string) =>
    path === "/" || (accept.includes("text/html") && isViewersOwn(path) && methodsOf(path).length === 0);
  return async (c, next) => {
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    const { path } = c.req;
    const file = files.get(path) ?? (isPage(path, c.req.header("accept") ?? "") ? page : undefined);
    if (!isRead || file === undefined) return next();
    const headers = {
      "content-type": file.mediaType,
      "cache-control": file.cacheControl,
      etag: file.etag,
      vary: "accept-encoding",
    };
    if (c.req.header("if-none-match") === file.etag) return c.body(null, 304, headers);
    const gzipped = /\bgzip\b/.test(c.req.header("accept-encoding") ?? "") ? file.gzipped() : null;
    if (gzipped === null) return c.body(file.bytes, 200, headers);
    return c.body(gzipped, 200, { ...headers, "content-encoding": "gzip" });
  };
}

function isViewersOwn(path: string): boolean {
  return !path.startsWith("/api/") && path !== "/api" && extname(path) === "";
}
