import type { PlainMlp, PlainParameters } from "./plain-mlp.ts";

/** Half the distance of the two points. In double precision the slope is good to about 1e-9 of the loss. */
const H = 1e-6;

/** The slope of `loss` in one parameter, from two points. @param array 0 to 3: W1, b1, W2, b2. */
export function finiteDifference(
  loss: (mlp: PlainMlp) => number,
  mlp: PlainMlp,
  array: 0 | 1 | 2 | 3,
  index: number,
): number {
  const at = (change: number) => {
    const parameters = mlp.parameters.map((values) => values.slice());
    parameters[array]![index]! += change;
    return loss({ ...mlp, parameters: parameters as unknown as PlainParameters });
  };
  return (at(H) - at(-H)) / (2 * H);
}
