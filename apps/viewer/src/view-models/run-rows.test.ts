import { describe, expect, test } from "vitest";
import { exampleRun } from "../testing/example-run.ts";
import { runRow } from "./run-rows.ts";

const NOW = Date.parse("2026-01-02T03:05:06.000Z"); // A minute after the example has begun.
const rowOf = (changes: Parameters<typeof exampleRun>[0], note?: string) =>
  runRow(exampleRun(changes), { note, nowMs: NOW, locale: "en" });

describe("runRow()", () => {
  test("shows of a running run its share, what is being done, and how long it goes on", () => {
    // A quarter took a minute; three more are left.
    expect(rowOf({ state: "running", share: 0.25 }, "epoch 3/5")).toMatchObject({
      stateText: "running, 25%, about 3 min left",
      share: 0.25,
      note: "epoch 3/5",
      models: [],
      epsilonReference: "",
      actions: ["cancel"],
    });
  });

  test("shows of a finished run its models' numbers", () => {
    const headline = [{ model: "vanilla", label: "Vanilla", accuracy: 0.8793, rho2: 0.04076 }];
    expect(rowOf({ headline, epsilonReference: 0.05871, standIn: true, seeds: 3 })).toMatchObject({
      stateText: "finished",
      share: null,
      note: "drawn images stand in for the data set wanted; mean of 3 seeds",
      models: [{ label: "Vanilla", accuracy: "87.9%", rho2: "0.0408" }],
      epsilonReference: "0.0587",
      when: "1 min. ago",
      actions: ["delete"],
    });
  });

  test("calls the data set by its title, where it has one", () => {
    const run = exampleRun({ dataset: "upload-1722e2c13bc5c076" });
    const options = { note: undefined, nowMs: NOW, locale: "en" };
    expect(runRow(run, { ...options, title: "Tiny" }).dataset).toBe("Tiny");
    expect(runRow(run, options).dataset).toBe("upload-1722e2c13bc5c076");
  });

  test("tells of a run that waits how many seeds it has", () => {
    expect(rowOf({ state: "queued", seeds: 3 })).toMatchObject({ stateText: "waiting", note: "3 seeds" });
  });

  test("says of a failed run why, whatever was last heard of it", () => {
    expect(rowOf({ state: "failed", error: "No room" }, "epoch 1/5")).toMatchObject({
      stateText: "failed",
      note: "No room",
      actions: ["retry", "delete"],
    });
  });
});
