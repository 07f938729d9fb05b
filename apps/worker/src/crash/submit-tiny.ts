import type { RunSummary } from "@gambeson/contract";
import { TINY } from "../testing/tiny-experiment.ts";
import type { Service } from "./service.ts";

/** Uploads the four files of `folder/data`. @returns The data set's name. */
export async function uploadTiny(service: Service, folder: string): Promise<string> {
  const files = {
    "train-images": "train-images-idx3-ubyte",
    "train-labels": "train-labels-idx1-ubyte",
    "test-images": "t10k-images-idx3-ubyte",
    "test-labels": "t10k-labels-idx1-ubyte",
  };
  const parts: Record<string, string> = {};
  for (const [part, file] of Object.entries(files)) {
    const body = await Deno.readFile(`${folder}/data/${file}`);
    const stored = await post(
      service,
      "/api/v1/artefacts?kind=idx",
      { "content-type": "application/octet-stream" },
      body,
    );
    parts[part] = (stored as { sha256: string }).sha256;
  }
  const json = { "content-type": "application/json" };
  const made = await post(service, "/api/v1/datasets", json, JSON.stringify({ title: "Tiny", parts }));
  return (made as { name: string }).name;
}

export interface TinyRun {
  readonly dataset: string;
  readonly seed: number;
  /** The Idempotency-Key. */
  readonly key?: string;
  /** Replaces keys of the tiny config. */
  readonly config?: object;
}

/** Submits a tiny run that is done afresh. @throws {TypeError} If the server does not answer; an Error if it refuses. */
export async function submitTiny(service: Service, run: TinyRun): Promise<RunSummary> {
  return (await askForTiny(service, run)).run;
}

/** The same. @returns Also whether the answer is a new run, rather than one that the key has given before. */
export async function askForTiny(
  service: Service,
  { dataset, seed, key = crypto.randomUUID(), config = {} }: TinyRun,
): Promise<{ readonly run: RunSummary; readonly created: boolean }> {
  const body = JSON.stringify({
    config: { ...TINY, dataset: { name: dataset }, seeds: [seed], ...config },
    fresh: true,
  });
  const headers = { "content-type": "application/json", "idempotency-key": key };
  const path = "/api/v1/runs";
  const response = await fetch(`${service.address}${path}`, { method: "POST", headers, body });
  return { run: (await answer(path, response)) as RunSummary, created: response.status === 201 };
}

/** @throws {Error} If the answer is a refusal. */
export async function ask(service: Service, path: string): Promise<unknown> {
  return answer(path, await fetch(`${service.address}${path}`));
}

async function post(
  service: Service,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: BodyInit,
): Promise<unknown> {
  return answer(path, await fetch(`${service.address}${path}`, { method: "POST", headers, body }));
}

async function answer(path: string, response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  throw new Error(`${path} is answered with ${response.status}: ${await response.text()}`);
}
