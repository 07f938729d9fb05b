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

/** Bars of a model's probabilities in the order of the classes; of many classes the likeliest, and the true one. */
export function playBars(
  { probabilities, predicted }: { readonly probabilities: ArrayLike<number>; readonly predicted: number },
  label: number,
  classNames: readonly string[],
): readonly PlayBar[] {
  const bars = Array.from(probabilities, (share, k) => ({
    name: classNames[k] ?? String(k),
    share,
    text: percentText(share),
    isTrue: k === label,
    isPredicted: k === predicted,
  }));
  const least = Array.from(probabilities).sort((a, b) => b - a)[MOST_BARS - 1] ?? 0;
  const likely = bars.filter(({ share, isTrue }) => share >= least || isTrue);
  return bars.length <= MOST_BARS ? bars : likely.slice(0, MOST_BARS + 1);
}
