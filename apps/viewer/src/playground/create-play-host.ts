import type { PlayClient } from "./create-play-client.ts";
import type { LoadRequest, PlayBackend } from "./protocol.ts";

/** Models in a worker, ready to be attacked. */
export interface LoadedModels {
  readonly client: PlayClient;
  readonly backend: PlayBackend;
}

/** Holds one worker for a page that goes from run to run. */
export interface PlayHost {
  /**
   * Loads models: where the last ones were of the same run into the same worker, else into a new one (how many threads it has depends on the
   * run's models), whose client takes the place of the old one when it is ready.
   *
   * @throws What made it fail; no worker is left then, or where `signal` aborts, that of before.
   */
  load(run: string, asked: LoadRequest, signal: AbortSignal): Promise<LoadedModels>;
  /** Ends the worker. */
  end(): void;
}

/** @param start Starts a worker. */
export function createPlayHost(start: () => PlayClient): PlayHost {
  let held: { readonly run: string; readonly client: PlayClient } | null = null;

  const end = () => {
    held?.client.close();
    held = null;
  };

  async function loadHere(client: PlayClient, asked: LoadRequest): Promise<LoadedModels> {
    const { answer: backend } = await client.load(asked);
    return { client, backend };
  }

  async function loadAnew(run: string, asked: LoadRequest, signal: AbortSignal): Promise<LoadedModels> {
    const client = start();
    signal.addEventListener("abort", client.close);
    try {
      const loaded = await loadHere(client, asked);
      signal.throwIfAborted();
      end();
      held = { run, client };
      return loaded;
    } catch (error) {
      client.close();
      throw error;
    } finally {
      signal.removeEventListener("abort", client.close);
    }
  }

  return {
    load: async (run, asked, signal) => {
      signal.throwIfAborted();
      try {
        return await (held?.run === run ? loadHere(held.client, asked) : loadAnew(run, asked, signal));
      } catch (error) {
        if (!signal.aborted) end();
        throw error;
      }
    },
    end,
  };
}
