import type { RunSummary } from "@gambeson/contract";
import { expect, test } from "vitest";
import { sampleRun } from "../testing/sample-run.ts";
import { compareChoice, pickableRuns, runLabels } from "./compare-choice.ts";

const run = (end: string, changes: Partial<RunSummary> = {}): RunSummary =>
  sampleRun({ id: `r000000000000000${end}`, state: "finished", name: `Run ${end}`, ...changes });
const [A, B, C, D] = [
  run("000a"),
  run("000b"),
  run("000c", { state: "running" }),
  run("000d", { state: "failed" }),
];
const ALL = [A, B, C, D];

test("compareChoice() takes the runs in the address's order, the first as the baseline", () => {
  const choice = compareChoice({ runs: `${B.id},${A.id},${B.id}` }, ALL);
  expect(choice.runs).toEqual([B, A]);
  expect(choice.baseline).toBe(B.id);
  expect(choice).toMatchObject({
    leftOut: [],
    model: null,
    label: 0,
    images: "transferred",
    hidden: [],
  });
  expect(compareChoice({ runs: `${B.id},${A.id}`, baseline: A.id }, ALL).baseline).toBe(A.id);
});

test("compareChoice() names what it leaves out, and pins no baseline that is not there", () => {
  const choice = compareChoice({ runs: `${A.id},gone,${C.id},${D.id}`, baseline: C.id }, ALL);
  expect(choice.runs).toEqual([A]);
  expect(choice.baseline).toBe(A.id);
  expect(choice.leftOut).toEqual([
    "There is no run “gone”; it may have been deleted.",
    "“Run 000c” has not finished yet.",
    "“Run 000d” was not finished: it failed.",
  ]);
  expect(compareChoice({}, ALL)).toMatchObject({ runs: [], baseline: null, leftOut: [] });
});

test("runLabels() tells runs of one name apart", () => {
  const labels = runLabels([A, { ...B, name: A.name }, run("000e")]);
  expect([...labels.values()]).toEqual(["Run 000a (000a)", "Run 000a (000b)", "Run 000e"]);
});

test("runLabels() shortens long names, and tells apart those that are then the same", () => {
  const long = (end: string, rest: string) => ({ id: end, name: `${"a".repeat(31)}${rest}` });
  expect([...runLabels([long("000a", "b"), long("000b", "bc"), long("000c", "cd")]).values()]).toEqual([
    `${"a".repeat(31)}b`,
    `${"a".repeat(31)}… (000b)`,
    `${"a".repeat(31)}… (000c)`,
  ]);
});

test("pickableRuns() are the finished ones that are searched for, and those picked already", () => {
  expect(pickableRuns(ALL, { runs: [], q: "" })).toEqual([A, B]);
  expect(pickableRuns(ALL, { runs: [B], q: " RUN 000A" })).toEqual([A, B]);
  expect(pickableRuns(ALL, { runs: [], q: "000b" })).toEqual([B]);
});
