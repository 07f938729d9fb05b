import { SUPERSEDED } from "../playground/latest-wins.ts";
import type { AttackedImage, BoundaryMap, DeepFoolTrail, FgsCurve } from "../playground/protocol.ts";
import { EPSILONS } from "../view-models/play-epsilons.ts";
import type { PlayFindings } from "../view-models/play-model-views.ts";
import type { PlaySession, PlaySubject } from "./play-session.ts";

/** All that was found of one image, whatever epsilon and step are shown. */
export interface Ground {
  readonly session: PlaySession;
  readonly subject: PlaySubject;
  readonly curves: readonly FgsCurve[];
  readonly trails: readonly DeepFoolTrail[];
  readonly ms: number;
}
/** One image under FGS of one size. */
export interface Attacked {
  readonly session: PlaySession;
  readonly subject: PlaySubject;
  readonly images: readonly AttackedImage[];
  readonly ms: number;
}
/** The maps of what was found. */
export interface Mapped {
  readonly ground: Ground;
  readonly maps: readonly (BoundaryMap | null)[];
}

/** All of one image, as it is shown. */
export interface Found {
  readonly ground: Ground;
  readonly fgs: Attacked;
  /** Null while they are made. */
  readonly maps: Mapped["maps"] | null;
}

/** Attacks an image by DeepFool, and by FGS of every size; null where a later image took its place. */
export async function findGround(session: PlaySession, subject: PlaySubject): Promise<Ground | null> {
  const { client, result } = session;
  const { deepFool, fgs } = result.config.evaluation;
  const { pixels, label } = subject;
  const [trails, curves] = await Promise.all([
    client.deepFool({ pixels, settings: deepFool }),
    client.fgsCurve({ pixels, label, epsilons: Float32Array.from(EPSILONS), clip: fgs.clip }),
  ]);
  if (trails === SUPERSEDED || curves === SUPERSEDED) return null;
  return { session, subject, curves: curves.answer, trails: trails.answer, ms: trails.ms };
}

/** Attacks an image by FGS; null where a later attack took its place. */
export async function findFgs(
  session: PlaySession,
  subject: PlaySubject,
  epsilon: number,
): Promise<Attacked | null> {
  const { clip } = session.result.config.evaluation.fgs;
  const { pixels, label } = subject;
  const found = await session.client.fgs({ pixels, label, epsilon, clip });
  return found === SUPERSEDED ? null : { session, subject, images: found.answer, ms: found.ms };
}

/** Maps the classes around an image; null where a later image took its place. */
export async function findMaps(ground: Ground): Promise<Mapped | null> {
  const { session, subject, trails } = ground;
  const walks = trails.map(({ states }) => states.map(({ pixels }) => pixels));
  const found = await session.client.maps({ pixels: subject.pixels, label: subject.label, walks });
  return found === SUPERSEDED ? null : { ground, maps: found.answer };
}

/** What was found, put together; null while it is not all of one image on one session's models. */
export function foundOf(ground: Ground | null, fgs: Attacked | null, mapped: Mapped | null): Found | null {
  if (ground === null || fgs === null) return null;
  if (ground.subject !== fgs.subject || ground.session !== fgs.session) return null;
  return { ground, fgs, maps: mapped?.ground === ground ? mapped.maps : null };
}

/** As view models want it. */
export function findingsOf({ ground, fgs, maps }: Found): PlayFindings {
  const { session, subject, curves, trails } = ground;
  const { dataset, config } = session.result;
  return {
    models: session.seed.models,
    classNames: dataset.classNames,
    label: subject.label,
    pixels: subject.pixels,
    curves,
    trails,
    fgs: fgs.images,
    isClipped: config.evaluation.fgs.clip,
    maps,
  };
}
