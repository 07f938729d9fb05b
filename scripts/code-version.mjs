// Which code made a number: the hash of every source that has a say in it. Results carry it, and finished work is
// reused only where it is the same.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

const SOURCES = ["runtime", "kernels", "datasets", "models", "attacks", "training", "metrics", "experiment"];

/** @returns The first 12 hexadecimal digits of the SHA-256 over paths and contents, tests left out. */
export function codeVersion(root) {
  const hash = createHash("sha256");
  for (const path of SOURCES.flatMap((name) => sourcesOf(root, `packages/${name}/src`)).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(`${root}/${path}`))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 12);
}

function sourcesOf(root, folder) {
  let names;
  try {
    names = readdirSync(`${root}/${folder}`, { recursive: true });
  } catch {
    return []; // A package that is still to come.
  }
  return names
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.includes("/testing/"));
}
