import { expect, test } from "vitest";
import { deepFoolSentence, fallOf, fgsSentence } from "./play-sentence.ts";

test("fallOf() finds the first epsilon with a wrong answer, even where a later one is right again", () => {
  const epsilons = [0, 0.01, 0.02, 0.03];
  expect(fallOf("A", [2, 2, 1, 2], epsilons, 2)).toEqual({ label: "A", epsilon: 0.02 });
  expect(fallOf("A", [1, 2, 2, 2], epsilons, 2)).toEqual({ label: "A", epsilon: 0 });
  expect(fallOf("A", [2, 2, 2, 2], epsilons, 2)).toEqual({ label: "A", epsilon: null });
});

const fall = (label: string, epsilon: number | null) => ({ label, epsilon });

test.each([
  [
    [fall("Deep Defense", 0.06), fall("Vanilla", 0.02), fall("Fine-tuned", 0.03)],
    "Vanilla falls at ε 0.0200, Fine-tuned at 0.0300; Deep Defense holds until 0.0600.",
  ],
  [
    [fall("Vanilla", 0.02), fall("Deep Defense", null)],
    "Vanilla falls at ε 0.0200; Deep Defense holds up to 0.3000.",
  ],
  [
    [fall("Vanilla", 0), fall("Deep Defense", 0.05)],
    "Vanilla is wrong without any attack; Deep Defense falls at ε 0.0500.",
  ],
  [[fall("A", 0), fall("B", 0)], "A, B are wrong without any attack."],
  [[fall("A", null), fall("B", null)], "A, B hold up to 0.3000."],
])("fgsSentence() of %j", (falls, text) => {
  expect(fgsSentence(falls, 0.3)).toBe(text);
});

test.each([
  [
    [
      { label: "Deep Defense", rho: 0.0626, fooled: true },
      { label: "Vanilla", rho: 0.0194, fooled: true },
    ],
    "The boundary of Vanilla is nearest: a change of 1.94% of the image’s length crosses it; Deep Defense takes 6.26%, 3.2 times as much.",
  ],
  [
    [
      { label: "Vanilla", rho: 0.02, fooled: true },
      { label: "Dead", rho: 0, fooled: false },
    ],
    "The boundary of Vanilla is nearest: a change of 2.00% of the image’s length crosses it; DeepFool did not fool Dead within its steps.",
  ],
  [[{ label: "Vanilla", rho: null, fooled: true }], "A blank image has no length to compare with."],
])("deepFoolSentence() of %j", (ways, text) => {
  expect(deepFoolSentence(ways)).toBe(text);
});
