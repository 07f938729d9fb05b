import { AMPLIFY } from "@gambeson/elements/picture-bytes";
import { flag, numberIn, oneOf, wholeNumber } from "../app/query-values.ts";
import type { Query } from "../app/routes.ts";
import { MOST_EPSILON } from "./play-epsilons.ts";

/** What the playground's address says. Null stands for "not said": the page then takes a default. */
export interface PlayChoice {
  readonly run: string | null;
  readonly seed: number | null;
  readonly source: PlaySource;
  /** Position in the test set. */
  readonly image: number | null;
  /** Whether a picture was uploaded, which no address can hold. */
  readonly isUploaded: boolean;
  /** True class of an uploaded or drawn image. */
  readonly label: number | null;
  readonly attack: PlayAttack;
  readonly epsilon: number | null;
  /** DeepFool's step that is shown. */
  readonly step: number | null;
  /** How many times larger a change is shown. */
  readonly amplify: number;
}

export const PLAY_SOURCES = { test: "Test set", upload: "Upload", drawing: "Draw" } as const;
export type PlaySource = keyof typeof PLAY_SOURCES;
export const PLAY_ATTACKS = { fgs: "FGS", deepfool: "DeepFool" } as const;
export type PlayAttack = keyof typeof PLAY_ATTACKS;

/** Reads an address' state; what is not valid in it counts as not said. */
export function playChoice(query: Query): PlayChoice {
  const { run, seed, source, image, uploaded, class: label, attack, epsilon, step, amplify } = query;
  return {
    run: run !== undefined && /^r[0-9a-z]{19}$/.test(run) ? run : null,
    seed: wholeNumber(seed),
    source: oneOf(source, keysOf(PLAY_SOURCES)) ?? "test",
    image: wholeNumber(image),
    isUploaded: flag(uploaded) ?? false,
    label: wholeNumber(label),
    attack: oneOf(attack, keysOf(PLAY_ATTACKS)) ?? "fgs",
    epsilon: numberIn(epsilon, 0, MOST_EPSILON),
    step: wholeNumber(step),
    amplify: numberIn(amplify, AMPLIFY.least, AMPLIFY.most) ?? AMPLIFY.usual,
  };
}

function keysOf<K extends string>(named: Readonly<Record<K, string>>): readonly K[] {
  return Object.keys(named) as K[];
}
