import { EPSILONS } from "../view-models/play-epsilons.ts";
import { SUPERSEDED } from "./latest-wins.ts";
import type { NamedSubject, PlaySession } from "./play-session.ts";
import type { AttackedImage, BoundaryMap, DeepFoolTrail, FgsCurve } from "./protocol.ts";

/** All that was found of one image, whatever epsilon and step are shown. */
export interface Ground {
  readonly session: PlaySession;
  readonly subject: NamedSubject;
  readonly curves: readonly FgsCurve[];
  readonly trails: readonly DeepFoolTrail[];
  readonly ms: number;
}
/** One image under FGS of one size. */
export interface Attacked {
  readonly subject: NamedSubject;
  readonly images: readonly AttackedImage[];
  readonly ms: number;
}
/** The maps of what was found. */
export interface Mapped {
  readonly ground: Ground;
  readonly maps: readonly (BoundaryMap | null)[];
}

/** Attacks an image by DeepFool, and by FGS of every size; null where a later image took its place. */
export async function findGround(session: PlaySession, subject: NamedSubject): Promise<Ground | null> {
  const { client, result } = session;
  const { deepFool, fgs } = result.config.evaluation;
  const { pixels, label } = subject;
  const [trails, curves] = await Promise.all([
    client.deepFool({ pixels, settings: deepFool }),
    client.fgsCurve({ pixels, label, epsilons: EPSILONS, clip: fgs.clip }),
  ]);
  if (trails === SUPERSEDED || curves === SUPERSEDED) return null;
  return { session, subject, curves: curves.answer, trails: trails.answer, ms: trails.ms };
}

/** Attacks an image by FGS; null where a later attack took its place. */
export async function findFgs(
  { client, result }: PlaySession,
  subject: NamedSubject,
  epsilon: number,
): Promise<Attacked | null> {
  const { clip } = result.config.evaluation.fgs;
  const { pixels, label } = subject;
  const found = await client.fgs({
    pixels,
    label,
    epsilon,
    clip,
  });
  return found === SUPERSEDED ? null : { subject, images: found.answer, ms: found.ms };
}

/** Maps the classes around an image; null where a later image took its place. */
export async function findMaps(ground: Ground): Promise<Mapped | null> {
  const { session, subject, trails } = ground;
  const walks = trails.map(({ states }) => states.map(({ pixels }) => pixels));
  const found = await session.client.maps({ pixels: subject.pixels, label: subject.label, walks });
  return found === SUPERSEDED ? null : { ground, maps: found.answer };
}
