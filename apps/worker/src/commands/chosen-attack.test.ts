import { expect, test } from "vitest";
import { chosenAttack, type AttackChoice } from "./chosen-attack.ts";
import { UsageError } from "./usage-error.ts";

test("chosenAttack() is the report's attack where nothing is said", () => {
  expect(chosenAttack({ attack: "deepfool" })).toEqual({
    kind: "deepfool",
    target: null,
    maxSteps: 6,
    overshoot: 0.02,
    margin: 0,
    convention: "in-loop",
    geometry: "auto",
    clip: false,
  });
  expect(chosenAttack({ attack: "fgs" })).toEqual({ kind: "fgs", epsilon: 0.05, clip: false });
});

test("chosenAttack() takes what is said", () => {
  expect(chosenAttack({ attack: "fgs", epsilon: "1e-2", clip: true })).toEqual({
    kind: "fgs",
    epsilon: 0.01,
    clip: true,
  });
  expect(
    chosenAttack({
      attack: "deepfool",
      target: "3",
      maxSteps: "50",
      overshoot: "0",
      margin: "1e-4",
      convention: "after-crossing",
      geometry: "pixels",
      clip: true,
    }),
  ).toEqual({
    kind: "deepfool",
    target: 3,
    maxSteps: 50,
    overshoot: 0,
    margin: 1e-4,
    convention: "after-crossing",
    geometry: "pixels",
    clip: true,
  });
});

test.each<[AttackChoice, RegExp]>([
  [
    { attack: "fgs", epsilon: "-0.1" },
    /--epsilon as it must be a number, 0 or more: current value is "-0.1"/,
  ],
  [{ attack: "fgs", epsilon: "NaN" }, /--epsilon/],
  [{ attack: "fgs", epsilon: "1e999" }, /--epsilon/],
  [{ attack: "fgs", epsilon: "" }, /--epsilon/],
  [{ attack: "fgs", epsilon: "0x10" }, /--epsilon/],
  [
    { attack: "fgs", maxSteps: "3" },
    /^Cannot use --max-steps as --attack must be deepfool for it: current value is "fgs"$/,
  ],
  [{ attack: "fgs", target: "3" }, /Cannot use --target/],
  [
    { attack: "deepfool", epsilon: "0.1" },
    /^Cannot use --epsilon as --attack must be fgs for it: current value is "deepfool"$/,
  ],
  [
    { attack: "deepfool", maxSteps: "0" },
    /--max-steps as it must be a whole number from 1 to 1000: current value is "0"/,
  ],
  [{ attack: "deepfool", maxSteps: "1.5" }, /--max-steps/],
  [{ attack: "deepfool", overshoot: "-1" }, /--overshoot/],
  [
    { attack: "deepfool", convention: "in_loop" },
    /--convention as it must be one of in-loop, test-with, after-crossing/,
  ],
  [{ attack: "deepfool", geometry: "first" }, /--geometry/],
  [{ attack: "deepfool", geometry: "first-layer", clip: true }, /Cannot clip/],
])("chosenAttack() refuses %j", (choice, message) => {
  expect(() => chosenAttack(choice)).toThrow(message);
  expect(() => chosenAttack(choice)).toThrow(UsageError);
});
