import type { ServerEvent } from "@gambeson/contract";
import { expect, test } from "vitest";
import { exampleRun } from "../testing/example-run.ts";
import { afterEvent, NO_RUNS, wantsTitles, withoutRun, withRun, withTitles } from "./runs-state.ts";

const RUN = exampleRun({ state: "running", share: 0.1 });
const STATE = withRun(NO_RUNS, RUN);
const ABOUT = { id: 7, at: "2026-01-02T03:04:05.000Z", run: RUN.id };

test("withRun() adds a run once, and then replaces it", () => {
  expect(STATE).toMatchObject({ runs: [RUN], total: 1 });
  const renamed = { ...RUN, name: "Other" };
  expect(withRun(STATE, renamed)).toMatchObject({ runs: [renamed], total: 1 });
  const other = exampleRun({ id: "r0000000000000000002" });
  expect(withRun(STATE, other)).toMatchObject({ runs: [other, RUN], total: 2 });
});

test("withoutRun() forgets a run; one that is not known changes nothing", () => {
  expect(withoutRun(STATE, RUN.id)).toMatchObject({ runs: [], total: 0 });
  expect(withoutRun(STATE, "r0000000000000000002")).toMatchObject({ runs: [RUN], total: 1 });
});

test("afterEvent() takes shares and notes from events", () => {
  const progress: ServerEvent = {
    ...ABOUT,
    kind: "task-progress",
    task: "t",
    share: 0.5,
    note: "epoch 3/5",
    runShare: 0.3,
  };
  const state = afterEvent(STATE, progress)!;
  expect(state.runs).toEqual([{ ...RUN, share: 0.3 }]);
  expect(state.notes.get(RUN.id)).toBe("epoch 3/5");
  const started: ServerEvent = {
    ...ABOUT,
    kind: "task-started",
    task: "t",
    title: "Training",
    attempt: 1,
    runShare: 0.4,
  };
  expect(afterEvent(state, started)!.notes.get(RUN.id)).toBe("Training");
});

test.each<[string, ServerEvent, "asked for" | "gone"]>([
  ["run-created", { ...ABOUT, kind: "run-created", name: "Mine" }, "asked for"],
  ["run-changed", { ...ABOUT, kind: "run-changed", state: "finished" }, "asked for"],
  ["run-deleted", { ...ABOUT, kind: "run-deleted" }, "gone"],
])("after %s the run is %s", (_, event, outcome) => {
  const state = afterEvent(STATE, event);
  if (outcome === "asked for") expect(state).toBeNull();
  else expect(state!.runs).toEqual([]);
});

test("withTitles() names data sets; one that the server does not list keeps its name, and is not asked for again", () => {
  const state = withRun(STATE, exampleRun({ id: "r0000000000000000002", dataset: "/data/mine" }));
  expect(wantsTitles(state)).toBe(true);
  const named = withTitles(state, [{ name: "mnist", title: "MNIST", available: true, note: "" }]);
  expect([...named.titles]).toEqual([
    ["/data/mine", "/data/mine"],
    ["mnist", "MNIST"],
  ]);
  expect(wantsTitles(named)).toBe(false);
  expect(wantsTitles(withRun(named, { ...RUN, dataset: "upload-1" }))).toBe(true);
});
