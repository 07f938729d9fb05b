import { gzipSync } from "node:zlib";
import type { Run } from "@gambeson/contract";
import { sha256 } from "../disk/sha256.ts";
import { safetensorsOf } from "../serve/testing/served-run.ts";
import { pause, Service } from "../crash/service.ts";
import { ask, submitTiny, uploadTiny } from "../crash/submit-tiny.ts";
import { TINY, writeTinyData } from "../testing/tiny-experiment.ts";
import type { Target } from "./hostile-requests.ts";

export interface FuzzedService {
  readonly service: Service;
  /** The run that has finished. */
  readonly run: string;
  readonly target: Target;
}

/** A small heap is cleared often: what grows beside it is what is still held. */
const SMALL_HEAP = { DENO_V8_FLAGS: "--max-old-space-size=64,--max-semi-space-size=2" };
const PATIENCE_MS = 60_000;

/** A server without workers, in whose state a worker has finished one tiny run; others are queued, one is cancelled. */
export async function fuzzedService(folder: string, port: number): Promise<FuzzedService> {
  writeTinyData(`${folder}/data`);
  const { dataset, run } = await finishedRun(folder, port);
  const service = new Service({ folder, port, args: ["--workers", "0"], env: SMALL_HEAP });
  service.start();
  await service.ready();
  const submitted = await Promise.all([2, 3, 4].map((seed) => submitTiny(service, { dataset, seed })));
  const spares = submitted.map(({ id }) => id);
  const cancelled = await fetch(`${service.address}/api/v1/runs/${spares[0]!}/cancel`, { method: "POST" });
  await cancelled.body?.cancel();
  return { service, run, target: await targetOf(service, { folder, run, dataset, spares }) };
}

/** Has a worker do a run; both are gone when it is done. */
async function finishedRun(folder: string, port: number): Promise<{ dataset: string; run: string }> {
  const service = new Service({ folder, port, args: ["--threads", "1"] });
  service.start();
  try {
    await service.ready();
    const dataset = await uploadTiny(service, folder);
    const { id: run } = await submitTiny(service, { dataset, seed: 1 });
    await untilFinished(service, run);
    return { dataset, run };
  } finally {
    await service.stop();
  }
}

async function untilFinished(service: Service, id: string): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ;) {
    const { state, error } = (await ask(service, `/api/v1/runs/${id}`)) as Run;
    if (state === "finished") return;
    if (state === "failed" || Date.now() > until) throw new Error(`the tiny run is ${state}: ${error ?? ""}`);
    await pause(100);
  }
}

async function targetOf(
  { address, stateFolder }: Service,
  {
    folder,
    run,
    dataset,
    spares,
  }: { folder: string; run: string; dataset: string; spares: readonly string[] },
): Promise<Target> {
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const weights = await fetch(`${address}/api/v1/runs/${run}/weights/1/vanilla.safetensors`);
  const trained = JSON.parse(weights.headers.get("etag") ?? '""') as string;
  await weights.body?.cancel();
  const artefacts = Array.from(Deno.readDirSync(`${stateFolder}/artefacts`)).flatMap(({ name }) =>
    Array.from(Deno.readDirSync(`${stateFolder}/artefacts/${name}`), (file) => file.name),
  );
  const known = [
    ...[
      "pretrained",
      "vanilla",
      "fine-tuned",
      "deep-defense",
      "0.png",
      "7.f32",
      "39.png",
      "1",
      "0",
      "0.05",
      "16",
    ],
    ...[
      "vanilla.safetensors",
      "deep-defense.safetensors",
      `${trained}.safetensors`,
      trained,
      trained,
      ...artefacts.slice(0, 3),
    ],
    ...["report.html", "table.csv", "rho2.svg", "roc-class-2.svg"],
  ];
  const images = await Deno.readFile(`${folder}/data/t10k-images-idx3-ubyte`);
  return {
    host: new URL(address).host,
    // Ids first and often: most addresses begin with one.
    known: [run, run, run, run, ...spares, ...known],
    expendable: spares,
    bodies: {
      "POST /api/v1/runs": [
        json({ preset: "quick" }),
        json({ config: { ...TINY, dataset: { name: dataset } }, name: "hostile", tags: ["a"] }),
      ],
      "POST /api/v1/estimates": [json({ preset: "quick", config: { seeds: [7] } })],
      "POST /api/v1/artefacts": [
        images,
        gzipSync(images),
        await Deno.readFile(`${folder}/data/t10k-labels-idx1-ubyte`),
      ],
      "POST /api/v1/weights": [
        safetensorsOf({
          "dense0.weight": [
            [2, 2],
            [1, 2, 3, 4],
          ],
          "dense0.bias": [[2], [5, 6]],
        }),
      ],
      "POST /api/v1/datasets": [json({ title: "Again", parts: await partsOf(folder) })],
    },
  };
}

/** SHA-256 of each of the tiny data set's files. */
async function partsOf(folder: string): Promise<Record<string, string>> {
  const parts: Record<string, string> = {};
  for (const [part, file] of [
    ["train-images", "train-images-idx3-ubyte"],
    ["train-labels", "train-labels-idx1-ubyte"],
    ["test-images", "t10k-images-idx3-ubyte"],
    ["test-labels", "t10k-labels-idx1-ubyte"],
  ] as const)
    parts[part] = sha256(await Deno.readFile(`${folder}/data/${file}`));
  return parts;
}
