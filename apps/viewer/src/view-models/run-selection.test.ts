import { describe, expect, test } from "vitest";
import { exampleRun } from "../testing/example-run.ts";
import { choicesIn, chosenRuns, runChoice, sortQuery } from "./run-selection.ts";

const id = (number: number) => `r${String(number).padStart(19, "0")}`;
const model = (accuracy: number, rho2: number) => ({ model: "m", label: "M", accuracy, rho2 });
const RUNS = [
  exampleRun({
    id: id(1),
    name: "b",
    createdAt: "2026-01-01T00:00:00.000Z",
    tags: ["x"],
    headline: [model(0.5, 0.9), model(0.6, 0.1)],
    epsilonReference: 0.2,
  }),
  exampleRun({
    id: id(2),
    name: "a",
    createdAt: "2026-01-02T00:00:00.000Z",
    state: "failed",
    notes: "Too DEEP",
  }),
  exampleRun({
    id: id(3),
    name: "C",
    createdAt: "2026-01-03T00:00:00.000Z",
    dataset: "synthetic",
    tags: ["x", "y"],
    headline: [model(0.7, 0.2)],
    epsilonReference: 0.1,
  }),
];
const TITLES = new Map([["synthetic", "Garments"]]);
const shown = (query: Readonly<Record<string, string>>) =>
  chosenRuns(RUNS, runChoice(query), TITLES).map((run) => Number(run.id.slice(1)));

describe("chosenRuns()", () => {
  test.each<[Readonly<Record<string, string>>, number[]]>([
    [{}, [3, 2, 1]],
    [{ order: "asc" }, [1, 2, 3]],
    [{ sort: "name" }, [2, 1, 3]],
    [{ sort: "name", order: "desc" }, [3, 1, 2]],
    [{ sort: "state" }, [3, 1, 2]],
    [{ sort: "dataset" }, [3, 2, 1]], // "Garments" before "mnist".
    [{ sort: "accuracy" }, [3, 1, 2]],
    [{ sort: "accuracy", order: "asc" }, [1, 3, 2]],
    [{ sort: "rho2" }, [1, 3, 2]],
    [{ sort: "epsilon" }, [1, 3, 2]],
    [{ sort: "nothing" }, [3, 2, 1]],
    [{ state: "failed" }, [2]],
    [{ state: "nothing" }, [3, 2, 1]],
    [{ tag: "x" }, [3, 1]],
    [{ tag: "x", dataset: "mnist" }, [1]],
    [{ q: " deep " }, [2]],
    [{ q: "SYNTH" }, [3]],
    [{ q: "garm" }, [3]],
    [{ q: "nothing" }, []],
  ])("of %j are %j", (query, numbers) => {
    expect(shown(query)).toEqual(numbers);
  });
});

test("sortQuery() chooses another key, or turns the order round", () => {
  expect(sortQuery(runChoice({}), "name")).toEqual({ sort: "name", order: null });
  expect(sortQuery(runChoice({ sort: "name" }), "name")).toEqual({ sort: "name", order: "desc" });
  expect(sortQuery(runChoice({ sort: "name", order: "desc" }), "name")).toEqual({
    sort: "name",
    order: null,
  });
  expect(sortQuery(runChoice({}), "created")).toEqual({ sort: null, order: "asc" });
});

test("runChoice() takes ids from the address, and nothing else", () => {
  expect(runChoice({ pick: `${id(2)},${id(1)},${id(2)},x,../y` }).picked).toEqual([id(2), id(1)]);
});

test("choicesIn() lists each data set and tag once, data sets by what people call them", () => {
  expect(choicesIn(RUNS, TITLES)).toEqual({
    datasets: [
      { name: "synthetic", title: "Garments" },
      { name: "mnist", title: "mnist" },
    ],
    tags: ["x", "y"],
  });
});
