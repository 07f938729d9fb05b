import { expect, test } from "vitest";
import { playChoice } from "./play-choice.ts";

const NOTHING = {
  run: null,
  seed: null,
  source: "test",
  image: null,
  isUploaded: false,
  label: null,
  attack: "fgs",
  epsilon: null,
  step: null,
  amplify: 10,
};

test("playChoice() reads what an address says", () => {
  const run = "r0mwsmgf77mnnele23au";
  expect(
    playChoice({
      run,
      seed: "7",
      source: "drawing",
      image: "42",
      uploaded: "true",
      class: "3",
      attack: "deepfool",
      epsilon: "0.0595",
      step: "2",
      amplify: "25",
    }),
  ).toEqual({
    run,
    seed: 7,
    source: "drawing",
    image: 42,
    isUploaded: true,
    label: 3,
    attack: "deepfool",
    epsilon: 0.0595,
    step: 2,
    amplify: 25,
  });
});

test.each([
  {},
  { run: "../x", seed: "-1", source: "constructor", image: "1.5", class: "x", attack: "pgd" },
  { epsilon: "", step: "1e3", amplify: "0" },
  { epsilon: "NaN", amplify: "51" },
  { epsilon: "0.301" },
])("playChoice() takes %j as nothing said", (query) => {
  expect(playChoice(query)).toEqual(NOTHING);
});
