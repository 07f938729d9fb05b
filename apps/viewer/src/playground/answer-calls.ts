import { DEEP_FOOL_DEFAULTS } from "@gambeson/contract";
import { openModels, type PlayModels } from "./open-models.ts";
import type { LoadRequest, PlayBackend, PlayCalls, PlayKind, PlayMessage, PlayReply } from "./protocol.ts";
import { messageOf } from "../view-models/message-of.ts";

/** What answers calls, apart from the worker around it. */
export interface CallHost {
  /** Starts the backend at the first call, and tells what runs at every one. @param hasThreads Whether it should compute on all cores. */
  backend(hasThreads: boolean): Promise<Omit<PlayBackend, "inputSize" | "classCount">>;
  /** A clock, in milliseconds. */
  now(): number;
}

/**
 * Models from here on gain from threads. With one image at a time, threads of a small one mostly wait for each other: for
 * 784-100-10 they cost nothing on an idle machine, and four times the time on a busy one.
 */
const LARGE_BYTES = 4_000_000;

/** @returns A function that answers one call after another; models of an earlier `load` are freed by the next. Never rejects. */
export function answerCalls(host: CallHost): (message: PlayMessage) => Promise<PlayReply> {
  let models: PlayModels | null = null;

  async function load({ weights }: LoadRequest): Promise<PlayBackend> {
    const backend = await host.backend(weights.some(({ byteLength }) => byteLength >= LARGE_BYTES));
    const opened = openModels({ weights });
    models?.dispose();
    models = opened;
    warmUp(opened);
    return { ...backend, inputSize: opened.inputSize, classCount: opened.classCount };
  }

  function loaded(): PlayModels {
    if (models !== null) return models;
    throw new TypeError("Cannot attack an image as models must be loaded first: current value is none");
  }

  function answer(message: PlayMessage): PlayCalls[PlayKind][1] | Promise<PlayBackend> {
    switch (message.kind) {
      case "load":
        return load(message.asked);
      case "see":
        return loaded().see(message.asked.pixels);
      case "fgs":
        return loaded().fgs(message.asked);
      case "fgs-curve":
        return loaded().fgsCurve(message.asked);
      case "deepfool":
        return loaded().deepFool(message.asked);
      case "maps":
        return loaded().maps(message.asked);
    }
  }

  return async (message) => {
    const { id } = message;
    try {
      const began = host.now();
      const answered = await answer(message);
      return { id, answer: answered, ms: host.now() - began };
    } catch (error) {
      return { id, failure: messageOf(error) };
    }
  };
}

/** So often everything is done beforehand; then it is about as fast as it gets. */
const WARM_UPS = 3;

/** Attacks a grey image in every way: an engine is slow with what it has hardly run, and the reader's first attack should not be. */
function warmUp(models: PlayModels): void {
  const subject = { pixels: new Float32Array(models.inputSize).fill(0.5), label: 0 };
  for (let time = 0; time < WARM_UPS; time++) {
    const trails = models.deepFool({ pixels: subject.pixels, settings: DEEP_FOOL_DEFAULTS });
    models.maps({ ...subject, walks: trails.map(({ states }) => states.map(({ pixels }) => pixels)) });
    models.fgsCurve({ ...subject, epsilons: Float32Array.of(0, 0.1), clip: false });
    models.fgs({ ...subject, epsilon: 0.1, clip: false });
  }
}
