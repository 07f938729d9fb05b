import { join, resolve } from "node:path";
import { kernelCoverage, runExperiment } from "@gambeson/experiment";
import type { Environment, ExperimentConfig } from "@gambeson/contract";
import { stopBackend } from "@gambeson/runtime";
import type { CommandHost } from "./command-host.ts";
import { configForDataset } from "./config-for-dataset.ts";
import { requireCode } from "../require-code.ts";
import { experimentConfig } from "./experiment-source.ts";
import { limitDataset } from "./limit-dataset.ts";
import { finishedEvent, startedEvent } from "../terminal/json-events.ts";
import { createJsonReporter } from "../terminal/json-reporter.ts";
import { createLiveReporter } from "../terminal/live-reporter.ts";
import { checkDatasetName, obtainDataset } from "./obtain-dataset.ts";
import { shareStore } from "../disk/in-use.ts";
import { outputFiles } from "./output-files.ts";
import { openOutputFolder } from "../disk/output-folder.ts";
import { openStore } from "../disk/open-store.ts";
import { findPlaces, type PlaceOptions } from "./places.ts";
import { createPlainReporter } from "../terminal/plain-reporter.ts";
import { readThreads } from "./read-number.ts";
import { readSeeds } from "./read-seeds.ts";
import type { Reporter } from "../terminal/reporter.ts";
import { resultTable } from "../terminal/result-table.ts";
import { startEngine } from "../start-engine.ts";
import type { KernelChoice } from "./kernel-choice.ts";
import { warningBox, wrap } from "../terminal/warning-box.ts";
import { whereabouts } from "./whereabouts.ts";

/** As the command line gives them. */
export interface RunOptions extends PlaceOptions {
  readonly dataset?: string;
  readonly seed?: string;
  readonly seeds?: string;
  readonly threads?: string;
  readonly kernels: KernelChoice;
  readonly set?: readonly string[];
  readonly out?: string;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

/** `gambeson run`: config -> data set -> experiment -> output folder. */
export async function runCommand(source: string, options: RunOptions, host: CommandHost): Promise<void> {
  const code = requireCode(host.env);
  checkDatasetName(options.dataset);
  const seeds = readSeeds(options);
  const wanted = await experimentConfig(source, {
    ...(options.dataset === undefined ? {} : { dataset: options.dataset }),
    ...(seeds === undefined ? {} : { seeds }),
    settings: options.set ?? [],
  });
  const threads = readThreads(options.threads);
  const places = findPlaces(options, host.env);
  const out = resolve(options.out ?? join("out", `${wanted.name}-${timestamp(host.now())}`));
  const reporter = createReporter(options.json === true, host);
  const store = await openStore(places.state, {
    onDamage: (message) => {
      reporter.line(`Note: ${message}`);
    },
    fresh: options.fresh === true,
    now: host.now,
  });
  const folder = await openOutputFolder(out);
  const share = await shareStore(places.state);
  let stopEngine = () => Promise.resolve();
  try {
    const { dataset: whole, warning } = await obtainDataset(wanted.dataset.name, places, host);
    const config = configForDataset(wanted, whole);
    const dataset = limitDataset(whole, config.dataset);
    const { engine, environment, stop } = await startEngine({
      kernels: options.kernels,
      threads,
      code,
      coverage: kernelCoverage(config),
    });
    stopEngine = stop;
    const warn = () => {
      if (warning.length > 0) reporter.line(warningBox(warning, host.stderr.columns(), host.stderr.paint));
    };
    if (options.json === true)
      host.stdout.write(`${JSON.stringify(startedEvent(config, dataset, environment, out))}\n`);
    warn();
    const intro = introduction(config, dataset.title, environment);
    for (const line of wrap(intro, host.stderr.columns() - 1)) reporter.line(line);
    const { result, weights } = await runExperiment(config, {
      dataset,
      store,
      environment,
      engine,
      clock: host.now,
      onEvent: reporter.event,
      signal: host.signal,
    });
    host.signal.throwIfAborted();
    await folder.write(outputFiles(result, weights));
    reporter.close();
    if (options.json === true) host.stdout.write(`${JSON.stringify(finishedEvent(result, out))}\n`);
    else host.stdout.write(`\n${resultTable(result)}\n\n${whereabouts(out)}\n`);
    warn();
  } finally {
    reporter.close();
    share.close();
    try {
      await stopEngine();
    } finally {
      await stopBackend();
    }
  }
}

function createReporter(json: boolean, { stdout, stderr, now }: CommandHost): Reporter {
  if (json) return createJsonReporter(stdout.write, stderr.write);
  return stderr.isLive ? createLiveReporter(stderr, now) : createPlainReporter(stderr.write, now);
}

function introduction({ title, seeds }: ExperimentConfig, dataset: string, { backend }: Environment): string {
  const threads = backend.threads === 1 ? "1 thread" : `${backend.threads} threads`;
  const why = backend.fallback === null ? "" : `; not faster, because ${backend.fallback}`;
  const seedList = seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds`;
  return `${title} · ${dataset} · ${seedList} · WebAssembly ${backend.variant}, ${threads}, kernels ${backend.kernels}${why}`;
}

/** YYYYMMDD-HHMMSS, in the user's own time. */
function timestamp(nowMs: number): string {
  const date = new Date(nowMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}
