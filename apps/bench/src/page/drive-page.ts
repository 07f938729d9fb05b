// Ours in Chromium, as a contender, run by Node: drive-page.js <chromium> <page folder> <inputs folder>
// Serves the page on the loopback address, opens it, and hands requests on to it.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname, join } from "node:path";
import process from "node:process";
import { chromium } from "playwright";
import type { Reply, Request } from "../job.ts";
import { serveRequests } from "../serve-requests.ts";

const [program = "", pageFolder = "", inputs = ""] = process.argv.slice(2);
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/** What the page gives this program. */
interface Page {
  ask(request: Request): Promise<Reply>;
}

const server = createServer((request, response) => void serve(request, response));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: program, args });
try {
  const page = await browser.newPage();
  page.on("console", (message) => {
    console.error(message.text());
  });
  await page.goto(`http://127.0.0.1:${port}/index.html`);
  await serveRequests(async (request) => {
    const reply = await page.evaluate((asked) => (globalThis as unknown as Page).ask(asked), request);
    if (!("hello" in reply)) return reply;
    return { hello: { ...reply.hello, versions: { chromium: browser.version(), ...reply.hello.versions } } };
  });
} finally {
  await browser.close();
}
process.exit(0);

/** Files of the page and the inputs, by name; with the headers that threads need. */
async function serve({ url = "/" }: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(url, "http://127.0.0.1");
  const name = basename(pathname);
  const file = pathname.startsWith("/inputs/")
    ? join(inputs, name)
    : join(pageFolder, pathname.startsWith("/assets/") ? "assets" : "", name);
  const bytes = await readFile(file).catch(() => null);
  response.writeHead(bytes === null ? 404 : 200, {
    "content-type": TYPES[extname(name)] ?? "application/octet-stream",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
  });
  response.end(bytes);
}
