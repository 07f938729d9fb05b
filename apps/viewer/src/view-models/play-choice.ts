/** What the playground's address says. Null stands for "not said": the page then takes a default. */
export interface PlayChoice {
  readonly run: string | null;
  readonly seed: number | null;
  readonly source: PlaySource;
  /** Position in the test set. */
  readonly image: number | null;
  /** True class of an uploaded or drawn image. */
  readonly label: number | null;
  readonly attack: PlayAttack;
  readonly epsilon: number | null;
  /** DeepFool's step that is shown. */
  readonly step: number | null;
  /** How much perturbations are amplified. */
  readonly gain: number;
}

export const PLAY_SOURCES = { test: "Test set", upload: "Upload", drawing: "Draw" } as const;
export type PlaySource = keyof typeof PLAY_SOURCES;
export const PLAY_ATTACKS = { fgs: "FGS", deepfool: "DeepFool" } as const;
export type PlayAttack = keyof typeof PLAY_ATTACKS;

/** Gains of the perturbation's picture. */
export const GAINS = { least: 1, most: 50, usual: 10 } as const;
/** Larger attacks are not of interest: a pixel runs from 0 to 1. */
const MOST_EPSILON = 1;

/** Reads an address' state; what is not valid in it counts as not said. */
export function playChoice(query: Readonly<Record<string, string>>): PlayChoice {
  const { run, seed, source, image, class: label, attack, epsilon, step, gain } = query;
  return {
    run: run !== undefined && /^r[0-9a-z]{19}$/.test(run) ? run : null,
    seed: wholeNumber(seed),
    source: oneOf(PLAY_SOURCES, source) ?? "test",
    image: wholeNumber(image),
    label: wholeNumber(label),
    attack: oneOf(PLAY_ATTACKS, attack) ?? "fgs",
    epsilon: numberIn(epsilon, 0, MOST_EPSILON),
    step: wholeNumber(step),
    gain: numberIn(gain, GAINS.least, GAINS.most) ?? GAINS.usual,
  };
}

function oneOf<K extends string>(known: Readonly<Record<K, string>>, text: string | undefined): K | null {
  return text !== undefined && Object.hasOwn(known, text) ? (text as K) : null;
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

function numberIn(text: string | undefined, least: number, most: number): number | null {
  const value = text === undefined || text.trim() === "" ? NaN : Number(text);
  return value >= least && value <= most ? value : null;
}
