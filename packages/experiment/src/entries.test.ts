import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** `import ... from "x"`, `export ... from "x"` and `import("x")`, but none that is there for its types alone. */
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^"';]*?\bfrom\s+)?"([^"]+)";|\bimport\("([^"]+)"\)/gm;
const PACKAGES = fileURLToPath(new URL("../../", import.meta.url));

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
}

/** Everything that importing `start` loads: files of the project, and the names of packages from elsewhere. */
function loadedBy(start: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const follow = (path: string) => {
    if (files.has(path)) return;
    files.add(path);
    for (const [, from, dynamic] of readFileSync(path, "utf8").matchAll(IMPORT)) {
      const target = from ?? dynamic!;
      if (target.startsWith(".")) follow(fileURLToPath(new URL(target, `file://${path}`)));
      else if (target.startsWith("@gambeson/")) follow(entryOf(target));
      else packages.add(target);
    }
  };
  follow(start);
  return { files, packages };
}

function entryOf(name: string): string {
  const [, folder, ...rest] = name.split("/");
  const { exports } = JSON.parse(readFileSync(`${PACKAGES}${folder!}/package.json`, "utf8")) as Manifest;
  const entry = exports[[".", ...rest].join("/")];
  return fileURLToPath(new URL(entry ?? "missing", `file://${PACKAGES}${folder!}/`));
}

const ELSEWHERE = ["valibot"];

test.each(["files", "plan", "presets"])(
  "@gambeson/experiment/%s loads neither TensorFlow.js nor the kernels",
  (name) => {
    const { files, packages } = loadedBy(entryOf(`@gambeson/experiment/${name}`));
    expect([...packages].filter((each) => !ELSEWHERE.includes(each))).toEqual([]);
    expect([...files].filter((path) => /\/packages\/(?:kernels|runtime|training)\//.test(path))).toEqual([]);
  },
);

test("what the walk looks for is found where it is", () => {
  const { files, packages } = loadedBy(entryOf("@gambeson/experiment"));
  expect([...packages].some((name) => name.startsWith("@tensorflow/"))).toBe(true);
  expect([...files].some((path) => path.includes("/packages/kernels/src/generated/programs.ts"))).toBe(true);
});
