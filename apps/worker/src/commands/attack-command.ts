import { resolve } from "node:path";
import { summariseDataset } from "@gambeson/datasets";
import { attackImages, type AttackedImage, type AttackReport, type ChosenAttack } from "@gambeson/experiment";
import { stopBackend } from "@gambeson/runtime";
import { chosenAttack, checkTarget, type AttackChoice } from "./chosen-attack.ts";
import type { CommandHost } from "./command-host.ts";
import { probeFile, replaceFile } from "../disk/durable-file.ts";
import { startEnvironment } from "../environment.ts";
import { requireCode } from "../require-code.ts";
import { fileError } from "../disk/file-error.ts";
import { checkDatasetName, obtainDataset } from "./obtain-dataset.ts";
import { findPlaces, shown, type PlaceOptions } from "./places.ts";
import { percent } from "../terminal/progress-lines.ts";
import { prettyJson } from "../terminal/pretty-json.ts";
import { readInteger, readThreads } from "./read-number.ts";
import { sha256 } from "../disk/sha256.ts";
import { warningBox } from "../terminal/warning-box.ts";

/** As the command line gives them. */
export interface AttackOptions extends PlaceOptions, AttackChoice {
  readonly weights: string;
  readonly dataset: string;
  readonly split: "train" | "test";
  readonly first?: string;
  readonly format?: "json" | "csv";
  readonly output?: string;
  readonly threads?: string;
}

const MOST_IMAGES = 10_000_000;

/** `gambeson attack`: one model, one attack, what became of each image. */
export async function attackCommand(options: AttackOptions, host: CommandHost): Promise<void> {
  const code = requireCode(host.env);
  checkDatasetName(options.dataset);
  const attack = chosenAttack(options);
  const first = options.first === undefined ? null : readInteger("--first", options.first, 1, MOST_IMAGES);
  const threads = readThreads(options.threads);
  const output = options.output === undefined ? null : resolve(options.output);
  const format = options.format ?? (output?.endsWith(".csv") ? "csv" : "json");
  const weights = await readWeights(options.weights);
  if (output !== null) await probeOutput(output);
  const { dataset, warning } = await obtainDataset(options.dataset, findPlaces(options, host.env), host);
  checkTarget(attack, dataset.classNames.length);
  const warn = () => {
    if (warning.length === 0) return;
    host.stderr.write(`${warningBox(warning, host.stderr.columns(), host.stderr.paint)}\n`);
  };
  warn();
  const { count } = dataset[options.split];
  if (first !== null && first > count) {
    host.stderr.write(
      `Note: --first is ${first}, but there are ${count} images; all of them are attacked.\n`,
    );
  }
  try {
    const environment = await startEnvironment(threads, code);
    const { summary, images } = await attackImages(weights, dataset[options.split], attack, {
      first,
      onProgress: progressLine(host),
      signal: host.signal,
    }).catch((error: unknown): AttackReport => {
      throw namingWeights(error, options.weights);
    });
    const settings = { attack, weightsSha256: sha256(weights), split: options.split };
    const report = { ...settings, dataset: summariseDataset(dataset), environment, summary };
    const text = format === "csv" ? csv(images) : `${prettyJson({ ...report, images })}\n`;
    if (output === null) host.stdout.write(text);
    else await replaceFile(output, new TextEncoder().encode(text));
    const whereTo = output === null ? "" : ` Written to ${shown(output)}`;
    host.stderr.write(`${host.stderr.isLive ? "\r\x1b[K" : ""}${describe(attack, images)}${whereTo}\n`);
    warn();
  } finally {
    await stopBackend();
  }
}

async function readWeights(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw fileError(`read ${path}`, error);
  }
}

/** Whatever stops an attack lies in the weights, or in how they and the images fit. */
function namingWeights(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !error.message.startsWith("Cannot ")) return error;
  return new Error(`${error.message} (weights: ${path})`, { cause: error });
}

async function probeOutput(path: string): Promise<void> {
  try {
    await probeFile(`${path}.partial`);
  } catch (error) {
    throw fileError(`write ${path}`, error);
  }
}

/** A line that is drawn over on a terminal; silence elsewhere, as attacks are short. */
function progressLine({ stderr }: CommandHost): (share: number) => void {
  if (!stderr.isLive) return () => undefined;
  return (share) => {
    stderr.write(`\rAttacking ${percent(share)}`);
  };
}

const COLUMNS = [
  "index",
  "label",
  "before",
  "after",
  "target",
  "fooled",
  "steps",
  "norm",
  "maxNorm",
  "rho",
] as const;

/** One image a line. Numbers only, so nothing needs quoting; what has no value is left empty. */
function csv(images: readonly AttackedImage[]): string {
  const line = (image: AttackedImage) =>
    COLUMNS.map((column) => {
      const value = image[column];
      return value === null ? "" : String(value);
    }).join(",");
  return `${[COLUMNS.join(","), ...images.map(line)].join("\n")}\n`;
}

function describe({ kind }: ChosenAttack, images: readonly AttackedImage[]): string {
  const fooled = images.filter((image) => image.fooled).length;
  const name = kind === "fgs" ? "FGS" : "DeepFool";
  return `${name} fooled ${fooled} of ${images.length} images.`;
}
