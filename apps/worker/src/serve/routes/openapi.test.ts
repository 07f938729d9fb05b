import { describe, expect, test } from "vitest";
import { testServer } from "../testing/test-server.ts";

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, unknown>> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly info: unknown;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

const { app, ask } = testServer();
const response = await ask("GET", "/openapi.json");
const document = (await response.json()) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe("GET /openapi.json", () => {
  test("is OpenAPI 3.1", () => {
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(document.openapi).toBe("3.1.0");
    expect(document.info).toMatchObject({ title: "Gambeson", version: "1.2.3" });
  });

  test("lists every route", () => {
    const routes = app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^/]*\})?/g, "{$1}")}`);
    const listed = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(new Set(listed)).toEqual(new Set(routes));
    expect(listed).toContain("POST /api/v1/runs/{id}/cancel");
  });

  test.each(operations)(
    "$method $path says what it is, takes, gives and refuses",
    ({ path, method, operation }) => {
      expect(operation.summary).toMatch(/^[A-Z].*\S$/);
      expect(operation.tags).toHaveLength(1);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(declared.map(({ name }) => name)).toEqual(inPath);
      expect(declared.every(({ required }) => required)).toBe(true);
      const answers = Object.entries(operation.responses);
      expect(answers.some(([status]) => status.startsWith("2"))).toBe(true);
      const expected = method === "get" ? ["401", "421", "500"] : ["401", "403", "421", "500"];
      expect(answers.map(([status]) => status)).toEqual(expect.arrayContaining(expected));
      for (const [status, { content }] of answers.filter(
        ([status]) => Number(status) >= 400 && path !== "/readyz",
      ))
        expect([status, Object.keys(content ?? {})]).toEqual([status, ["application/problem+json"]]);
    },
  );

  test("operation ids are unique, and every reference leads to a schema", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name!);
  });

  test("shows what a request holds: POST /runs", () => {
    const post = document.paths["/api/v1/runs"]!.post!;
    expect(post.requestBody!.content).toMatchObject({
      "application/json": {
        schema: {
          properties: {
            preset: { type: "string", maxLength: 60 },
            fresh: { type: "boolean", default: false },
          },
          additionalProperties: false,
        },
      },
    });
    expect(post.parameters).toMatchObject([{ in: "header", name: "idempotency-key" }]);
    const { pattern } = (
      document.paths["/api/v1/runs/{id}"]!.get!.parameters as unknown as { schema: { pattern: string } }[]
    )[0]!.schema;
    expect(pattern).toBe("^r[0-9a-z]{19}$");
  });
});
