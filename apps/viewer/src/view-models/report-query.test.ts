import type { ReportView } from "@gambeson/elements";
import { expect, test } from "vitest";
import { reportQuery, reportView } from "./report-query.ts";

const VIEW: ReportView = {
  ...{ epsilon: 0.0125, class: 3, images: "own", model: "vanilla", amplify: 20 },
  ...{ difference: false, hidden: ["vanilla", "fine-tuned"], zoom: true, all: true, section: "roc" },
};
const QUERY = {
  ...{ epsilon: "0.0125", class: "3", images: "own", model: "vanilla", amplify: "20" },
  ...{ difference: "false", hidden: "vanilla,fine-tuned", zoom: "true", all: "true", section: "roc" },
};

test("reportView() reads what reportQuery() writes", () => {
  expect(reportQuery(VIEW).changes).toEqual(QUERY);
  expect(reportView(QUERY)).toEqual(VIEW);
});

test("reportView() takes what makes no sense for not said", () => {
  expect(reportView({ epsilon: "1e9", class: "1.5", images: "none", zoom: "", from: "12" })).toEqual({});
});

test("reportQuery() lets the back key undo choices, not what a slider ran over", () => {
  expect(reportQuery({ epsilon: 0.05123456789 })).toEqual({
    changes: { epsilon: "0.051235" },
    how: "replace",
  });
  expect(reportQuery({ hidden: [] })).toEqual({ changes: { hidden: null }, how: "push" });
});

test("reportQuery() leaves out what the page shows anyway", () => {
  expect(reportQuery({ difference: true, zoom: false, all: false }).changes).toEqual({
    ...{ difference: null, zoom: null, all: null },
  });
});

test("reportView() keeps the list of hidden lines while it says the same", () => {
  const before = reportView({ hidden: "vanilla,fine-tuned", epsilon: "0.01" });
  const after = reportView({ hidden: "vanilla,fine-tuned", epsilon: "0.02" }, before);
  expect(after).toEqual({ hidden: ["vanilla", "fine-tuned"], epsilon: 0.02 });
  expect(after.hidden).toBe(before.hidden);
  expect(reportView({ hidden: "vanilla" }, after).hidden).toEqual(["vanilla"]);
  expect(reportView({}, after)).toEqual({});
});
