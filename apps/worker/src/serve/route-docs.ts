import { describeIssues, runIdSchema, type ErrorCode } from "@gambeson/contract";
import type { Env, MiddlewareHandler, ValidationTargets } from "hono";
import { describeRoute, resolver, validator, type DescribeRouteOptions } from "hono-openapi";
import * as v from "valibot";
import { Refusal } from "../state/refusal.ts";
import { STATUS_OF, TITLE_OF } from "./http-errors.ts";

/** What the OpenAPI document says of a route. */
export interface RouteDocs {
  /** One line, without a full stop. */
  readonly summary: string;
  readonly tag: "runs" | "results" | "images" | "weights" | "data" | "events" | "session" | "server";
  readonly description?: string;
  /** What it answers with, by status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** What it may refuse with, besides what any route may. */
  readonly refusals?: readonly ErrorCode[];
  /** For bodies that `checked("json", ...)` does not tell of, by media type: "application/octet-stream". */
  readonly body?: string;
}

type Answer = NonNullable<DescribeRouteOptions["responses"]>[string];

/** Describes the route for the OpenAPI document; changes nothing about it. */
export function documented({
  summary,
  tag,
  description,
  answers,
  refusals = [],
  body,
}: RouteDocs): MiddlewareHandler {
  return describeRoute({
    summary,
    tags: [tag],
    ...(description === undefined ? {} : { description }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { [body]: { schema: BINARY } } } }),
    responses: { ...answers, ...refusalsByStatus(refusals) },
  });
}

const BINARY = { type: "string", format: "binary" } as const;

/** An answer in JSON. @param name What the document calls the schema: "Run". */
export function json(name: string, schema: v.GenericSchema, description = name): Answer {
  return { description, content: { "application/json": { schema: named(name, schema) } } };
}

/** An answer that is a file, or one of several by what was asked for. */
export function file(description: string, ...mediaTypes: readonly string[]): Answer {
  return { description, content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: BINARY }])) };
}

/** An answer without a body. */
export function nothing(description: string): Answer {
  return { description };
}

/** The problems with these codes, as answers by status. */
export function refusalsByStatus(codes: readonly ErrorCode[]): Record<string, Answer> {
  const statuses = new Set(codes.map((code) => STATUS_OF[code]));
  return Object.fromEntries(
    [...statuses].map((status) => {
      const description = codes
        .filter((code) => STATUS_OF[code] === status)
        .map((code) => `${code}: ${TITLE_OF[code]}`)
        .join("; ");
      return [
        `${status}`,
        {
          description,
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      ];
    }),
  );
}

/**
 * Checks a part of the request by its schema; `c.req.valid(target)` then gives what the schema made of it. An address' ids that
 * do not fit name nothing: NOT_FOUND; anything else is REQUEST_INVALID, with its issues.
 */
export function checked<
  S extends v.GenericSchema,
  T extends keyof ValidationTargets,
  E extends Env,
  P extends string,
>(target: T, schema: S) {
  return validator<S, T, E, P>(
    target,
    schema,
    (result) => {
      if (result.success) return;
      const issues = describeIssues(result.error as readonly v.BaseIssue<unknown>[]);
      const said = issues.map(({ path, message }) => `${path || "it"} ${message}`).join("; ");
      if (target === "param") throw new Refusal("NOT_FOUND", `Cannot find this address as ${said}`);
      throw new Refusal("REQUEST_INVALID", `Cannot read the request's ${PART_OF[target]} as ${said}`, {
        issues,
      });
    },
    { options: { typeMode: "input" } },
  );
}

/** For every address below /runs/:id: its id is one. */
export function oneRun() {
  return checked("param", v.object({ id: runIdSchema }));
}

const PART_OF: Readonly<Record<keyof ValidationTargets, string>> = {
  json: "body",
  form: "form",
  query: "query",
  param: "address",
  header: "headers",
  cookie: "cookies",
};

/** A schema that the document keeps once, under its name. */
function named(name: string, schema: v.GenericSchema) {
  return resolver(v.pipe(schema, v.metadata({ ref: name })), { options: { typeMode: "output" } });
}
