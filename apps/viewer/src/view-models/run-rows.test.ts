import type { RunSummary } from "@gambeson/contract";
import { expect, test } from "vitest";
import { runRows } from "./run-rows.ts";

const RUN: RunSummary = {
  id: "r0000000000000000001",
  name: "Mine",
  state: "running",
  tags: [],
  notes: "",
  createdAt: "2026-11-22T00:00:00.000Z",
  startedAt: null,
  finishedAt: null,
  share: 0.256,
  error: null,
  dataset: "mnist",
  standIn: false,
  seeds: 1,
  resultSha256: null,
  headline: null,
  epsilonReference: null,
};

test("a running run shows its share and what is being done", () => {
  expect(runRows([RUN], new Map([[RUN.id, "epoch 3/5"]]), "en")).toEqual([
    {
      id: RUN.id,
      name: "Mine",
      state: "running",
      stateText: "running, 25.6%",
      share: 0.256,
      note: "epoch 3/5",
      numbers: [],
      report: null,
    },
  ]);
});

test("a finished run shows its models' numbers and leads to its report", () => {
  const headline = [{ model: "vanilla", label: "Vanilla", accuracy: 0.8793, rho2: 0.04076 }];
  const [row] = runRows([{ ...RUN, state: "finished", standIn: true, headline }], new Map(), "en");
  expect(row).toMatchObject({
    stateText: "finished",
    share: null,
    note: "on mnist, which stands in for the data set wanted",
    numbers: ["Vanilla: accuracy 87.9%, rho2 0.0408"],
    report: `/api/v1/runs/${RUN.id}/report.html`,
  });
});

test("a failed run says why, whatever was last heard of it", () => {
  const [row] = runRows(
    [{ ...RUN, state: "failed", error: "No room" }],
    new Map([[RUN.id, "epoch 1/5"]]),
    "en",
  );
  expect(row).toMatchObject({ stateText: "failed", note: "No room" });
});
