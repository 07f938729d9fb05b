import { percentText } from "@gambeson/elements/numbers";

/** One class' probability, as a bar. */
export interface PlayBar {
  readonly name: string;
  /** In [0, 1]. */
  readonly share: number;
  readonly text: string;
  readonly isTrue: boolean;
  readonly isPredicted: boolean;
}

/** More bars than these cannot be taken in at once. */
const MOST_BARS = 10;

/** Bars of a model's probabilities in the order of the classes; of many classes the likeliest, the true and the predicted one. */
export function playBars(
  { probabilities, predicted }: { readonly probabilities: ArrayLike<number>; readonly predicted: number },
  label: number,
  classNames: readonly string[],
): readonly PlayBar[] {
  const shares = Array.from(probabilities);
  const likeliest = [...shares.keys()].sort((a, b) => shares[b]! - shares[a]!).slice(0, MOST_BARS);
  const shown = new Set([...likeliest, label, predicted]);
  return [...shown]
    .sort((a, b) => a - b)
    .map((k) => ({
      name: classNames[k] ?? String(k),
      share: shares[k]!,
      text: percentText(shares[k]!),
      isTrue: k === label,
      isPredicted: k === predicted,
    }));
}
