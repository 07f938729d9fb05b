import { problemSchema, type ErrorCode } from "@gambeson/contract";
import { Hono } from "hono";
import { generateSpecs, resolver } from "hono-openapi";
import { documented, json, refusalsByStatus } from "../route-docs.ts";
import type { ServeEnv } from "../serve-env.ts";
import * as v from "valibot";

/** What any route may refuse with. */
const READ_REFUSALS: readonly ErrorCode[] = [
  "UNAUTHENTICATED",
  "HOST_UNKNOWN",
  "STATE_DAMAGED",
  "STATE_BUSY",
  "STATE_GONE",
  "INTERNAL",
];
const CHANGE_REFUSALS: readonly ErrorCode[] = [...READ_REFUSALS, "CROSS_SITE"];

/** GET /openapi.json: all routes that `app` has when it is first asked. */
export function openApiRoutes(app: Hono<ServeEnv>, version: string): Hono {
  let document: Promise<object> | undefined;
  return new Hono().get(
    "/openapi.json",
    documented({
      summary: "This document",
      tag: "server",
      answers: { 200: json("OpenApi", v.record(v.string(), v.unknown()), "OpenAPI 3.1") },
    }),
    async (c) => c.json(await (document ??= describeApi(app, version))),
  );
}

async function describeApi(app: Hono<ServeEnv>, version: string): Promise<object> {
  const { schema } = await resolver(problemSchema).toOpenAPISchema();
  const change = { responses: refusalsByStatus(CHANGE_REFUSALS) };
  return generateSpecs(app, {
    excludeStaticFile: false,
    defaultValidationErrorResponse: false,
    defaultOptions: {
      GET: { responses: refusalsByStatus(READ_REFUSALS) },
      POST: change,
      PUT: change,
      PATCH: change,
      DELETE: change,
    },
    documentation: {
      info: { title: "Gambeson", version, description: "Runs experiments, keeps and serves their results." },
      security: [{}, { token: [] }, { session: [] }],
      components: {
        schemas: { Problem: schema },
        securitySchemes: {
          token: { type: "http", scheme: "bearer" },
          session: { type: "apiKey", in: "cookie", name: "gambeson-session" },
        },
      },
    },
  });
}
