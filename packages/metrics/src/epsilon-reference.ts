/** The share of the test set that a budgeted attack of this epsilon makes the model misclassify, in [0, 1]. */
export type MisclassifiedShare = (epsilon: number) => number | Promise<number>;

export interface EpsilonReferenceOptions {
  /** The share looked for, in (0, 1]. */
  readonly misclassified: number;
  /** The coarse grid is 0, step, 2 step, ... and ends at `upTo`. */
  readonly upTo: number;
  readonly step: number;
  /** The answer lies at most so far above the crossing. */
  readonly tolerance: number;
}

/**
 * eps_ref: the smallest epsilon at which at least the share `misclassified` is misclassified.
 *
 * A coarse grid finds the first grid point that suffices, bisection narrows the crossing below it. Where the share falls
 * and rises again between two grid points, an earlier crossing there can be missed.
 *
 * @returns The upper end of the last interval, where the share does suffice; 0 if it does without an attack; null if no
 *   grid point suffices.
 * @throws {RangeError} If an option is out of range, or a share is outside [0, 1].
 */
export async function epsilonReference(
  misclassifiedShare: MisclassifiedShare,
  options: EpsilonReferenceOptions,
): Promise<number | null> {
  requireOptions(options);
  const { misclassified, upTo, step, tolerance } = options;
  const suffices = async (epsilon: number) =>
    requireShare(await misclassifiedShare(epsilon)) >= misclassified;

  if (await suffices(0)) return 0;
  let below = 0;
  for (let i = 1; below < upTo; i++) {
    const epsilon = Math.min(i * step, upTo);
    if (await suffices(epsilon)) return bisect(suffices, below, epsilon, tolerance);
    below = epsilon;
  }
  return null;
}

/** Narrows (below, above], where `above` suffices and `below` does not, to at most `tolerance`. */
async function bisect(
  suffices: (epsilon: number) => Promise<boolean>,
  below: number,
  above: number,
  tolerance: number,
): Promise<number> {
  while (above - below > tolerance) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) break; // no number lies between them
    if (await suffices(middle)) above = middle;
    else below = middle;
  }
  return above;
}

function requireOptions({ misclassified, upTo, step, tolerance }: EpsilonReferenceOptions): void {
  for (const [name, value] of Object.entries({ misclassified, upTo, step, tolerance })) {
    if (Number.isFinite(value) && value > 0) continue;
    throw new RangeError(
      `Cannot find eps_ref as '${name}' must be positive and finite: current value is ${value}`,
    );
  }
  if (misclassified > 1) {
    throw new RangeError(
      `Cannot find eps_ref as 'misclassified' must be at most 1: current value is ${misclassified}`,
    );
  }
}

function requireShare(share: number): number {
  if (share >= 0 && share <= 1) return share;
  throw new RangeError(
    `Cannot find eps_ref as a misclassified share must be in [0, 1]: current value is ${share}`,
  );
}
