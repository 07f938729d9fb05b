import { Hono } from "hono";
import { expect, test } from "vitest";
import { answerHead } from "./answer-head.ts";
import type { ServeEnv } from "./serve-env.ts";

function app(answer: () => Response): Hono<ServeEnv> {
  return new Hono<ServeEnv>().use(answerHead()).get("/", answer);
}

test("HEAD tells the length that GET's body has, and has none", async () => {
  const response = await app(() => new Response("twelve bytes")).request("/", { method: "HEAD" });
  expect(response.headers.get("content-length")).toBe("12");
  expect(await response.text()).toBe("");
});

test("HEAD lets go of an event stream", async () => {
  let isCancelled = false;
  const endless = () =>
    new ReadableStream({
      cancel: () => {
        isCancelled = true;
      },
    });
  const headers = { "content-type": "text/event-stream; charset=utf-8" };
  const response = await app(() => new Response(endless(), { headers })).request("/", { method: "HEAD" });
  expect(response.headers.has("content-length")).toBe(false);
  expect(isCancelled).toBe(true);
});

test("GET keeps its body", async () => {
  const response = await app(() => new Response("twelve bytes")).request("/");
  expect(await response.text()).toBe("twelve bytes");
});
