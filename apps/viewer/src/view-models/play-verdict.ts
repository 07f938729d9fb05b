import { percentText } from "@gambeson/elements/numbers";

/** What a model makes of an image, as far as words need it. */
interface Seen {
  readonly probabilities: ArrayLike<number>;
  readonly predicted: number;
}

export interface PlayVerdict {
  /** "wrong": the model was wrong before any attack. */
  readonly kind: "holds" | "fooled" | "wrong";
  /** "fooled → Shirt 83.0 %". */
  readonly text: string;
}

/** Whether a model holds. @param label The image's true class. */
export function playVerdict(
  before: Seen,
  now: Seen,
  label: number,
  classNames: readonly string[],
): PlayVerdict {
  const says = `${classNames[now.predicted] ?? now.predicted} ${percentText(now.probabilities[now.predicted]!)}`;
  if (before.predicted !== label) {
    const without = before.predicted === now.predicted ? "" : `, was ${classNames[before.predicted]!}`;
    return { kind: "wrong", text: `wrong without any attack${without} → ${says}` };
  }
  if (now.predicted === label) return { kind: "holds", text: `holds: ${says}` };
  return { kind: "fooled", text: `fooled → ${says}` };
}
