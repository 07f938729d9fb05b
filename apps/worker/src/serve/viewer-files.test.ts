import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { testServer, TOKEN } from "./testing/test-server.ts";

const PAGE = "<!doctype html><title>Gambeson</title>";
const HTML = { accept: "text/html,*/*" };

function viewer() {
  const folder = temporaryFolder();
  const viewer = join(folder, "viewer");
  Deno.mkdirSync(join(viewer, "assets"), { recursive: true });
  Deno.writeTextFileSync(join(folder, "secret.txt"), "secret");
  Deno.writeTextFileSync(join(viewer, "index.html"), PAGE);
  Deno.writeTextFileSync(join(viewer, "favicon.svg"), "<svg/>");
  Deno.writeTextFileSync(join(viewer, "assets/app-Bx3_9kQz.js"), "1");
  Deno.symlinkSync(join(folder, "secret.txt"), join(viewer, "link.txt"));
  return { ...testServer({ viewer, token: TOKEN }), folder: viewer };
}
const noToken = { authorization: null };

describe("the viewer's files", () => {
  test.each([
    ["/", "text/html; charset=utf-8", "no-cache", PAGE],
    ["/index.html", "text/html; charset=utf-8", "no-cache", PAGE],
    ["/favicon.svg", "image/svg+xml", "no-cache", "<svg/>"],
    ["/assets/app-Bx3_9kQz.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "1"],
  ])("%s needs no token: %s, %s", async (path, type, caching, text) => {
    const { ask } = viewer();
    const response = await ask("GET", path, { headers: noToken });
    expect([
      response.status,
      response.headers.get("content-type"),
      response.headers.get("cache-control"),
    ]).toEqual([200, type, caching]);
    expect(response.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(await response.text()).toBe(text);
    const head = await ask("HEAD", path, { headers: noToken });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const etag = response.headers.get("etag")!;
    const again = await ask("GET", path, { headers: { ...noToken, "if-none-match": etag } });
    expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
  });

  test("its page stands at addresses of its own, for those that want a page", async () => {
    const { ask } = viewer();
    for (const path of ["/runs/r0000000000000000001", "/compare", "/apis"]) {
      expect(await (await ask("GET", path, { headers: { ...HTML, ...noToken } })).text()).toBe(PAGE);
      expect((await ask("GET", path)).status).toBe(404);
    }
  });

  test.each(["/api", "/api/v2", "/api/v1/none", "/none.js", "/assets/none-Bx3_9kQz.js", "/link.txt"])(
    "%s is not its own: 404",
    async (path) => {
      expect((await viewer().ask("GET", path, { headers: HTML })).status).toBe(404);
    },
  );

  test.each(["/healthz", "/readyz", "/metrics", "/openapi.json"])(
    "%s stays what it is for those that want a page",
    async (path) => {
      const response = await viewer().ask("GET", path, { headers: HTML });
      expect(response.headers.get("content-type")).not.toContain("text/html");
    },
  );

  test.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%5c..%5csecret.txt",
    "//etc/passwd",
    "/index.html%00",
  ])("%s opens nothing", async (path) => {
    const response = await viewer().ask("GET", path);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      404,
      "application/problem+json",
    ]);
  });

  test("they come gzipped to those who take that, but for what is packed already", async () => {
    const { ask, folder } = viewer();
    Deno.writeFileSync(join(folder, "picture.png"), new Uint8Array(4));
    const headers = { ...noToken, "accept-encoding": "br, gzip" };
    const response = await ask("GET", "/assets/app-Bx3_9kQz.js", { headers });
    expect([response.headers.get("content-encoding"), response.headers.get("vary")]).toEqual([
      "gzip",
      "accept-encoding",
    ]);
    const unpacked = response.body!.pipeThrough(new DecompressionStream("gzip"));
    expect(await new Response(unpacked).text()).toBe("1");
    const plain = await ask("GET", "/assets/app-Bx3_9kQz.js", { headers: noToken });
    expect(plain.headers.get("content-encoding")).toBeNull();
    const { ask: askAnew } = testServer({ viewer: folder, token: TOKEN });
    expect((await askAnew("GET", "/picture.png", { headers })).headers.get("content-encoding")).toBeNull();
  });

  test("they stay as they were at start, when a newer build takes their place", async () => {
    const { ask, folder } = viewer();
    Deno.removeSync(join(folder, "assets/app-Bx3_9kQz.js"));
    Deno.writeTextFileSync(join(folder, "index.html"), "newer");
    expect(await (await ask("GET", "/", { headers: noToken })).text()).toBe(PAGE);
    expect(await (await ask("GET", "/assets/app-Bx3_9kQz.js", { headers: noToken })).text()).toBe("1");
  });

  test("a file that comes later is not there", async () => {
    const { ask, folder } = viewer();
    Deno.writeTextFileSync(join(folder, "later.txt"), "later");
    expect((await ask("GET", "/later.txt")).status).toBe(404);
  });

  test("they take GET and HEAD only, and the Host must fit", async () => {
    const { ask } = viewer();
    const response = await ask("POST", "/index.html");
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await ask("GET", "/", { headers: { host: "evil.example" } })).status).toBe(421);
  });

  test("without a viewer there is no page", async () => {
    expect((await testServer().ask("GET", "/", { headers: HTML })).status).toBe(404);
  });
});
