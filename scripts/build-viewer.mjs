// Builds the viewer's files where they are missing or older than their sources.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./install.mjs";

const VIEWER = join(ROOT, "apps", "viewer");
const DIST = join(VIEWER, "dist");
const MARK = join(VIEWER, "node_modules", ".gambeson-built");
/** What the viewer is made of. */
const SOURCES = ["apps/viewer/src", "packages/client/src", "packages/contract/src", "packages/metrics/src"];

export function buildViewer() {
  const sources = hashOf(SOURCES.map((path) => join(ROOT, path)));
  if (existsSync(join(DIST, "index.html")) && existsSync(MARK) && readFileSync(MARK, "utf8") === sources)
    return;
  console.error("gambeson: building the viewer");
  const vite = join(VIEWER, "node_modules", "vite", "bin", "vite.js");
  // Into a folder of its own, so that others that start meanwhile find the old files or the new ones, never half of them.
  const own = `${DIST}-${process.pid}`;
  const args = [vite, "build", "--logLevel", "warn", "--outDir", own];
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: VIEWER,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) {
    console.error(`gambeson: Cannot build the viewer as Vite must succeed: ${stderr.trim()}`);
    process.exit(1);
  }
  rmSync(DIST, { recursive: true, force: true });
  try {
    renameSync(own, DIST);
  } catch {
    rmSync(own, { recursive: true, force: true }); // Another one was faster, with the same.
  }
  writeFileSync(MARK, sources);
}

function hashOf(folders) {
  const hash = createHash("sha256");
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
      if (!/\.(ts|css|html|svg)$/.test(name) || /\.test\.ts$|\btesting\b/.test(name)) continue;
      hash
        .update(`${name}\0`)
        .update(readFileSync(join(folder, name)))
        .update("\0");
    }
  }
  return hash.digest("hex");
}
