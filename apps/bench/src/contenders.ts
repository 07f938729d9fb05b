import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.ts";
import type { ContenderName } from "./contender-names.ts";
import type { Command } from "./contender-process.ts";
import type { Work } from "./job.ts";
import type { JobPartName } from "./part-names.ts";
import type { Deviation } from "./part-job.ts";
import { pythonPath } from "./python.ts";

export interface Contender {
  readonly title: string;
  /**
   * @param inputs The inputs folder.
   * @param signal Ends what must be installed first.
   * @throws {Error} If it cannot run here; the message is shown in its place.
   */
  command(inputs: string, signal: AbortSignal): Promise<Command>;
  /** What it can do. */
  readonly works: readonly Work[];
  readonly deviations: Readonly<Partial<Record<JobPartName, Deviation>>>;
}

const ALL: readonly Work[] = ["train", "deepfool", "deep-defense", "fgs-curves"];
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const DENO_FLAGS = ["run", "-A", "--no-lock", "--no-remote"];

export const CONTENDERS: Readonly<Record<ContenderName, Contender>> = {
  "ours-deno": {
    title: "ours, Deno, all cores",
    command: (inputs) => Promise.resolve(deno("ours-process.ts", inputs, "kernels", "all")),
    works: ALL,
    deviations: {},
  },
  "ours-deno-1": {
    title: "ours, Deno, 1 thread",
    command: (inputs) => Promise.resolve(deno("ours-process.ts", inputs, "kernels", "1")),
    works: ALL,
    deviations: {},
  },
  "ours-node": {
    title: "ours, Node",
    command: async (inputs) => ({
      program: "node",
      args: [(await bundle()).oursProcess, inputs, "kernels", "all"],
    }),
    works: ALL,
    deviations: {},
  },
  "ours-chromium": {
    title: "ours, Chromium",
    command: async (inputs) => {
      const chromium = chromiumPath();
      const { drivePage, page } = await bundle();
      return { program: "node", args: [drivePage, chromium, page, inputs] };
    },
    works: ALL,
    deviations: {},
  },
  "ours-tfjs": {
    title: "ours, Deno, without kernels",
    command: (inputs) => Promise.resolve(deno("ours-process.ts", inputs, "tfjs", "all")),
    works: ALL,
    deviations: {},
  },
  "stock-tfjs": {
    title: "TensorFlow.js WASM, Deno",
    command: (inputs) => Promise.resolve(deno("stock-tfjs.ts", inputs)),
    works: ["train", "fgs-curves"],
    deviations: { "fgs-curves": { epsilons: 12 } },
  },
  pytorch: {
    title: "PyTorch",
    command: (inputs, signal) => python("pytorch_peer.py", inputs, signal),
    works: ["train", "deep-defense", "fgs-curves"],
    deviations: { "deep-defense": { note: "official formulation" } },
  },
  "pytorch-first-layer": {
    title: "PyTorch, our first-layer DeepFool",
    command: (inputs, signal) => python("pytorch_first_layer_peer.py", inputs, signal),
    works: ["deepfool", "deep-defense"],
    deviations: {},
  },
  foolbox: {
    title: "Foolbox, PyTorch",
    command: (inputs, signal) => python("foolbox_peer.py", inputs, signal),
    works: ["deepfool"],
    deviations: { deepfool: { deepFool: { margin: 1e-4 }, note: "margin 1e-4" } },
  },
  torchattacks: {
    title: "torchattacks, PyTorch",
    command: (inputs, signal) => python("torchattacks_peer.py", inputs, signal),
    works: ["deepfool"],
    deviations: { deepfool: { images: 500 } },
  },
  art: {
    title: "ART, PyTorch",
    command: (inputs, signal) => python("art_peer.py", inputs, signal),
    works: ["deepfool", "fgs-curves"],
    deviations: {
      deepfool: { deepFool: { convention: "after-crossing" }, note: "overshoot after crossing" },
      "fgs-curves": { epsilons: 6 },
    },
  },
};

function deno(script: string, ...args: readonly string[]): Command {
  return { program: Deno.execPath(), args: [...DENO_FLAGS, here(script), ...args] };
}

async function python(script: string, inputs: string, signal: AbortSignal): Promise<Command> {
  const peers = here("../peers/");
  return {
    program: await pythonPath(signal),
    args: [`${peers}${script}`, inputs],
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  };
}

/** Where Chromium lies: CHROMIUM_PATH, or where distributions and installers put it. */
function chromiumPath(): string {
  const asked = process.env.CHROMIUM_PATH;
  const usual = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ];
  const found = (asked === undefined ? usual : [asked]).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `Cannot start Chromium as CHROMIUM_PATH must name it: current value is ${asked ?? "none, and it is in no usual place"}`,
  );
}
