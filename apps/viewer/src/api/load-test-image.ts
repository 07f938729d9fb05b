import type { NamedSubject, PlaySession } from "../playground/play-session.ts";
import type { Subject } from "../playground/protocol.ts";
import { decodeImages } from "../view-models/play-pixels.ts";
import { server } from "./server.ts";

/** Gives the test image at a position. Rejects as the client does. */
export type TestImageLoader = (
  session: PlaySession,
  index: number,
  signal: AbortSignal,
) => Promise<NamedSubject>;

/** @returns A loader that asks the server only for images which neither the result holds nor it has loaded before. */
export function createTestImageLoader(): TestImageLoader {
  const seen = new Map<string, Subject>();
  return async (session, index, signal) => {
    const key = `${session.run}/${index}`;
    const subject = sampleOf(session, index) ?? seen.get(key) ?? (await ask(session.run, index, signal));
    seen.set(key, subject);
    return { ...subject, name: `Test image ${index}` };
  };
}

/** The image as the result shows it, exact to its 8 bits; null where it is not among the samples. */
function sampleOf({ result, seed: { samples } }: PlaySession, index: number): Subject | null {
  const sample = samples.indices.indexOf(index);
  if (sample === -1) return null;
  const images = decodeImages(samples.original, result.dataset.height * result.dataset.width);
  return { pixels: images[sample]!, label: samples.labels[sample]! };
}

async function ask(run: string, index: number, signal: AbortSignal): Promise<Subject> {
  const [{ pixels }, { images }] = await Promise.all([
    server.runs.imagePixels(run, index, { view: "original" }, { signal }),
    server.runs.images(run, { from: index, limit: 1 }, { signal }),
  ]);
  return { pixels, label: images[0]!.label };
}
