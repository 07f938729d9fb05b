import { expect, test } from "vitest";
import { sampleConfig } from "../testing/sample-run.ts";
import { runFiles } from "./run-files.ts";

const id = "r0000000000000000001";

test("runFiles() leads to the server's files", () => {
  const { report, result, tables } = runFiles({ id, config: sampleConfig() });
  expect([report, result, ...tables].map(({ address }) => address)).toEqual(
    ["report.html", "result.json", "table.csv", "table.tex", "auc.csv", "curves.csv", "images.csv"].map(
      (file) => `/api/v1/runs/${id}/${file}`,
    ),
  );
});

test("runFiles() names every model's weights, seed by seed", () => {
  expect(runFiles({ id, config: sampleConfig() }).weights.map(({ text }) => text)).toEqual([
    "Pre-trained",
    "Vanilla",
  ]);
  expect(runFiles({ id, config: sampleConfig([3, 5]) }).weights).toEqual([
    { text: "Pre-trained, seed 3", address: `/api/v1/runs/${id}/weights/3/pretrained.safetensors` },
    { text: "Vanilla, seed 3", address: `/api/v1/runs/${id}/weights/3/vanilla.safetensors` },
    { text: "Pre-trained, seed 5", address: `/api/v1/runs/${id}/weights/5/pretrained.safetensors` },
    { text: "Vanilla, seed 5", address: `/api/v1/runs/${id}/weights/5/vanilla.safetensors` },
  ]);
});
