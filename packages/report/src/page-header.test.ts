import type { Result } from "@gambeson/contract";
import { describe, expect, test } from "vitest";
import { pageHeader } from "./page-header.ts";
import { exampleResult } from "./testing/example-result.ts";

function headerOf(dataset: Partial<Result["dataset"]>): string {
  const result = exampleResult();
  return pageHeader({ ...result, dataset: { ...result.dataset, ...dataset } }).markup;
}

describe("pageHeader()", () => {
  test("is headed by the data set really used", () => {
    expect(headerOf({})).toContain("<h1>Fashion-MNIST: Vanilla, Fine-tuned and Deep Defense</h1>");
    expect(headerOf({ title: "Synthetic garments", synthetic: true })).toContain(
      "<h1>Synthetic garments: Vanilla, Fine-tuned and Deep Defense</h1>",
    );
  });

  test("says once that images were drawn, in the fallback's words if it is one", () => {
    expect(headerOf({})).not.toContain('role="alert"');
    expect(headerOf({ synthetic: true, warning: null })).toContain(
      '<div class="warning" role="alert"><strong>Synthetic images</strong>The images were drawn by code: these numbers say nothing about a real data set.</div>',
    );
    expect(headerOf({ synthetic: true, warning: "Stand-in." })).toContain(
      '<div class="warning" role="alert"><strong>Synthetic images</strong>Stand-in.</div>',
    );
    expect(headerOf({ synthetic: false, warning: "Stand-in." })).toContain(
      '<div class="warning" role="alert"><strong>Warning</strong>Stand-in.</div>',
    );
  });
});
