import { fourDecimalsText, numberText, percentText } from "@gambeson/elements/numbers";

/** A model under FGS of rising size. */
export interface Fall {
  readonly label: string;
  /** Smallest epsilon at which it is wrong; null where it holds at every one that was tried. */
  readonly epsilon: number | null;
}

/** @param predicted Class at each of `epsilons`. @returns Where a model first leaves the true class. */
export function fallOf(
  label: string,
  predicted: ArrayLike<number>,
  epsilons: ArrayLike<number>,
  trueClass: number,
): Fall {
  const at = Array.from(predicted).findIndex((k) => k !== trueClass);
  return { label, epsilon: at === -1 ? null : epsilons[at]! };
}

/** What one sees under FGS: "Vanilla falls at ε 0.0080; Deep Defense holds until 0.0310." @param upTo The largest epsilon tried. */
export function fgsSentence(falls: readonly Fall[], upTo: number): string {
  const wrong = falls.filter(({ epsilon }) => epsilon === 0).map(({ label }) => label);
  const fallen = falls
    .filter((fall): fall is Fall & { epsilon: number } => fall.epsilon !== null && fall.epsilon > 0)
    .sort((a, b) => a.epsilon - b.epsilon);
  const holding = falls.filter(({ epsilon }) => epsilon === null).map(({ label }) => label);
  const last = holding.length === 0 && fallen.length > 1 ? fallen.at(-1) : undefined;
  const first = last === undefined ? fallen : fallen.slice(0, -1);
  const parts = [
    wrong.length === 0 ? "" : `${list(wrong)} ${wrong.length === 1 ? "is" : "are"} wrong without any attack`,
    list(
      first.map(
        ({ label, epsilon }, i) => `${label}${i === 0 ? " falls at ε" : " at"} ${fourDecimalsText(epsilon)}`,
      ),
    ),
    last === undefined ? "" : `${last.label} holds until ${fourDecimalsText(last.epsilon)}`,
    holding.length === 0
      ? ""
      : `${list(holding)} ${holding.length === 1 ? "holds" : "hold"} up to ${fourDecimalsText(upTo)}`,
  ];
  return `${parts.filter((part) => part !== "").join("; ")}.`;
}

/** A model's image under DeepFool. */
export interface Way {
  readonly label: string;
  /** |Dx|/|x| in the end; null for a blank image. */
  readonly rho: number | null;
  readonly fooled: boolean;
}

/** What one sees under DeepFool: how far each model's nearest boundary is. */
export function deepFoolSentence(ways: readonly Way[]): string {
  const standing = ways.filter(({ fooled }) => !fooled).map(({ label }) => label);
  const led = ways
    .filter((way): way is Way & { rho: number } => way.fooled && way.rho !== null)
    .sort((a, b) => a.rho - b.rho);
  const [nearest, farthest] = [led[0], led.at(-1)];
  const parts = [
    nearest === undefined
      ? ""
      : `The boundary of ${nearest.label} is nearest: a change of ${percentText(nearest.rho, 2)} of the image’s length crosses it`,
    nearest === undefined || farthest === undefined || farthest === nearest || nearest.rho === 0
      ? ""
      : `${farthest.label} takes ${percentText(farthest.rho, 2)}, ${numberText(Number((farthest.rho / nearest.rho).toFixed(1)))} times as much`,
    standing.length === 0 ? "" : `DeepFool did not fool ${list(standing)} within its steps`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "A blank image has no length to compare with." : `${parts.join("; ")}.`;
}

function list(words: readonly string[]): string {
  return words.join(", ");
}
