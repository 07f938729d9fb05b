// Fails on an import that points up or sideways: the house's levels, as a script.
import { readdirSync, readFileSync } from "node:fs";
import { ROOT } from "./install.mjs";

/** What each place may import from the project and from TensorFlow.js. Other packages' needs are their own package.json's matter. */
const BELOW = {
  "packages/contract": [],
  "packages/metrics": [],
  "packages/kernels": [],
  "packages/client": ["contract"],
  "packages/report": ["contract", "metrics"],
  "packages/elements": ["contract", "metrics", "report"],
  "packages/runtime": ["tensorflow", "kernels"],
  "packages/datasets": ["contract", "metrics", "kernels", "runtime"],
  "packages/models": ["contract", "metrics", "kernels", "runtime"],
  "packages/attacks": ["contract", "metrics", "kernels", "runtime", "datasets", "models"],
  "packages/training": ["contract", "metrics", "kernels", "runtime", "datasets", "models", "attacks"],
  "packages/experiment": [
    "contract",
    "metrics",
    "kernels",
    "runtime",
    "datasets",
    "models",
    "attacks",
    "training",
  ],
  "apps/worker": [
    "client",
    "report",
    "contract",
    "metrics",
    "kernels",
    "runtime",
    "datasets",
    "models",
    "attacks",
    "training",
    "experiment",
  ],
  "apps/viewer": [
    "contract",
    "metrics",
    "client",
    "report",
    "elements",
    // Attacks in the page: in a Web Worker of their own.
    "tensorflow",
    "runtime",
    "models",
    "attacks",
  ],
  "apps/bench": [
    "tensorflow",
    "contract",
    "metrics",
    "kernels",
    "runtime",
    "datasets",
    "models",
    "attacks",
    "training",
    "experiment",
  ],
};

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']/g;
const wrong = [];
for (const group of ["packages", "apps"]) {
  for (const name of readdirSync(`${ROOT}/${group}`)) {
    const place = `${group}/${name}`;
    const allowed = BELOW[place];
    if (allowed === undefined) {
      wrong.push(`${place}: has no level; add it to scripts/levels.mjs`);
      continue;
    }
    const declared = Object.keys(
      JSON.parse(readFileSync(`${ROOT}/${place}/package.json`, "utf8")).dependencies ?? {},
    );
    for (const dependency of declared) check(place, dependency, "package.json", allowed);
    for (const file of sources(`${ROOT}/${place}/src`)) {
      for (const [, imported] of readFileSync(file, "utf8").matchAll(IMPORT)) {
        check(place, imported, file.slice(ROOT.length), allowed);
      }
    }
  }
}
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log("levels: every import points down");

function check(place, imported, where, allowed) {
  const target = imported.startsWith("@gambeson/")
    ? imported.split("/")[1]
    : imported.startsWith("@tensorflow/")
      ? "tensorflow"
      : undefined;
  if (target === undefined || place === `packages/${target}` || allowed.includes(target)) return;
  wrong.push(`${where}: ${place} may not import ${imported}`);
}

function sources(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`);
}
