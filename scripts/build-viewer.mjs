// Builds the viewer's files where they are missing or older than their sources.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./install.mjs";

const VIEWER = join(ROOT, "apps", "viewer");
const DIST = join(VIEWER, "dist");
const MARK = join(VIEWER, "node_modules", ".gambeson-built");
/** What the viewer is made of, and by. */
const SOURCES = [
  "apps/viewer/src",
  "apps/viewer/package.json",
  "apps/viewer/vite.config.ts",
  "packages/attacks/src",
  "packages/client/src",
  "packages/contract/src",
  "packages/elements/src",
  "packages/kernels/src",
  "packages/metrics/src",
  "packages/models/src",
  "packages/report/src",
  "packages/runtime/src",
  "pnpm-lock.yaml",
];

export function buildViewer() {
  const sources = hashOf(SOURCES);
  if (existsSync(join(DIST, "index.html")) && existsSync(MARK) && readFileSync(MARK, "utf8") === sources)
    return;
  console.error("gambeson: building the viewer");
  removeLeftovers();
  const vite = join(VIEWER, "node_modules", "vite", "bin", "vite.js");
  // Into a folder of its own, so that others that start meanwhile find the old files or the new ones, never half of them.
  const own = `${DIST}-${process.pid}`;
  const args = [vite, "build", "--logLevel", "warn", "--outDir", own];
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: VIEWER,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) {
    console.error(`gambeson: Cannot build the viewer as Vite must succeed: ${stderr.trim()}`);
    process.exit(1);
  }
  replaceDist(own);
  writeFileSync(MARK, sources);
}

/** A server that runs on the old files misses them for a moment alone: between two renames. */
function replaceDist(own) {
  const old = `${own}-old`;
  if (existsSync(DIST)) renameAway(DIST, old);
  try {
    renameSync(own, DIST);
  } catch {
    rmSync(own, { recursive: true, force: true }); // Another one was faster, with the same.
  }
  rmSync(old, { recursive: true, force: true });
}

function renameAway(from, to) {
  try {
    renameSync(from, to);
  } catch {
    // Another one has taken it.
  }
}

/** Folders of builds that were killed. */
function removeLeftovers() {
  for (const name of readdirSync(VIEWER)) {
    const pid = /^dist-(\d+)(-old)?$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(VIEWER, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM"; // It is somebody else's.
  }
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesOf)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** A file itself; of a folder all that ends up on the page. */
function filesOf(path) {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path), { recursive: true })
    .map((name) => `${path}/${String(name).replaceAll("\\", "/")}`)
    .filter((name) => /\.(ts|css|html|svg)$/.test(name) && !/\.test\.ts$|\btesting\b/.test(name))
    .sort();
}
