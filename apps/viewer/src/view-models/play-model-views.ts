import { fourDecimalsText } from "@gambeson/elements/numbers";
import type { AttackedImage, BoundaryMap, DeepFoolTrail, FgsCurve } from "../playground/protocol.ts";
import { playBars, type PlayBar } from "./play-bars.ts";
import { playMap, type PlayMap } from "./play-map.ts";
import { playVerdict, type PlayVerdict } from "./play-verdict.ts";

/** What a card shows of one model and the image attacked on it. */
export interface PlayModelView {
  readonly id: string;
  readonly label: string;
  /** Its position among the models: the style of its lines. */
  readonly style: number;
  readonly verdict: PlayVerdict;
  readonly bars: readonly PlayBar[];
  /** Short sentences: how large the change is, where DeepFool heads. */
  readonly facts: readonly string[];
  /** Pixels before and after the attack. */
  readonly before: Float32Array;
  readonly after: Float32Array;
  /** Null where there is none to draw; undefined while it is made. */
  readonly map: PlayMap | null | undefined;
}

/** What is known of one image: an entry a model in each list. */
export interface PlayFindings {
  readonly models: readonly { readonly id: string; readonly label: string }[];
  readonly classNames: readonly string[];
  /** True class. */
  readonly label: number;
  readonly pixels: Float32Array;
  /** FGS at each of `EPSILONS`. */
  readonly curves: readonly FgsCurve[];
  readonly trails: readonly DeepFoolTrail[];
  readonly maps: readonly (BoundaryMap | null)[] | null;
  /** FGS at the epsilon in question. */
  readonly fgs: readonly AttackedImage[];
  /** Whether FGS keeps pixels in [0, 1]. */
  readonly isClipped: boolean;
}

/** Every model under FGS. */
export function fgsViews(findings: PlayFindings): readonly PlayModelView[] {
  return findings.fgs.map((now, index) => viewOf(findings, index, now, [changeText(now.rho)]));
}

/** Every model where DeepFool stands after `step` steps; one that needed fewer stands at its end. */
export function deepFoolViews(findings: PlayFindings, step: number): readonly PlayModelView[] {
  return findings.trails.map(({ states, fooled }, index) => {
    const at = Math.min(step, states.length - 1);
    const now = states[at]!;
    return viewOf(findings, index, now, [
      changeText(now.rho),
      stepText(findings, states, at),
      ...(at === states.length - 1 && !fooled ? ["The steps ended before any boundary was crossed."] : []),
    ]);
  });
}

/** What the models say, in one sentence. */
export function spokenViews(views: readonly PlayModelView[]): string {
  return views.map(({ label, verdict }) => `${label} ${verdict.text}`).join("; ");
}

function viewOf(
  findings: PlayFindings,
  index: number,
  now: AttackedImage,
  facts: readonly string[],
): PlayModelView {
  const { models, classNames, label, pixels, maps, isClipped } = findings;
  const map = maps?.[index];
  const before = findings.trails[index]!.states[0]!;
  // A clipped image lies beside the line that FGS follows, and out of the map's plane.
  const fgsRho = isClipped ? null : findings.fgs[index]!.rho;
  return {
    ...models[index]!,
    style: index,
    verdict: playVerdict(before, now, label, classNames),
    bars: playBars(now, label, classNames),
    facts,
    before: pixels,
    after: now.pixels,
    map: map == null ? map : playMap(map, { classNames, fgsRho }),
  };
}

function changeText(rho: number | null): string {
  return rho === null ? "A blank image: no |Δx| / |x|." : `|Δx| / |x| = ${fourDecimalsText(rho)}`;
}

function stepText({ classNames }: PlayFindings, states: DeepFoolTrail["states"], at: number): string {
  const next = states[at + 1];
  const of = `Step ${at} of ${states.length - 1}`;
  const heading = (next ?? states[at]!).towards;
  if (states.length === 1) return "DeepFool takes no step.";
  if (heading === null) return `${of}: no class is in reach.`;
  return `${of}: ${next === undefined ? "headed" : "heads"} for ${classNames[heading] ?? heading}.`;
}
