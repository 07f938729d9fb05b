import type { Hono, MiddlewareHandler } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import type { ServeEnv } from "./serve-env.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The methods that an address takes, as its Allow header says them: "GET, HEAD, OPTIONS"; empty where there is no such address. */
export type KnownMethods = (path: string) => readonly string[];

/** Knows the routes that `app` has when it is first asked. @param files Addresses of files, which answer GET. */
export function knownMethods(app: Hono<ServeEnv>, files: ReadonlySet<string>): KnownMethods {
  let router: TrieRouter<true> | undefined;
  return (path) => {
    router ??= routerOf(app);
    const isKnown = (method: string) =>
      (method === "GET" && files.has(path)) || router!.match(method, path)[0].length > 0;
    const methods = METHODS.filter(isKnown);
    const heads = methods.includes("GET") ? ["HEAD"] : [];
    return methods.length === 0 ? [] : [...methods, ...heads, "OPTIONS"];
  };
}

function routerOf(app: Hono<ServeEnv>): TrieRouter<true> {
  const router = new TrieRouter<true>();
  for (const { method, path } of app.routes) if (METHODS.includes(method)) router.add(method, path, true);
  return router;
}

/** Answers OPTIONS wherever anything else is answered. */
export function answerOptions(methodsOf: KnownMethods): MiddlewareHandler {
  return async (c, next) => {
    const methods = c.req.method === "OPTIONS" ? methodsOf(c.req.path) : [];
    return methods.length === 0 ? next() : c.body(null, 204, { allow: methods.join(", ") });
  };
}
