import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

export interface Bundles {
  /** Programs for Node, which reads no TypeScript. */
  readonly oursProcess: string;
  readonly drivePage: string;
  /** The folder of the page. */
  readonly page: string;
}

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Not among temporary files: programs there would not find what lies in node_modules. */
const DIST = join(ROOT, "dist");
let made: Promise<Bundles> | null = null;

/** Bundles ours for Node and for browsers; once. */
export function bundle(): Promise<Bundles> {
  return (made ??= make());
}

async function make(): Promise<Bundles> {
  const shared = { configFile: false, logLevel: "error" } as const;
  await build({
    ...shared,
    root: ROOT,
    ssr: { noExternal: true, external: ["playwright"] },
    build: {
      ssr: true,
      outDir: join(DIST, "node"),
      emptyOutDir: true,
      target: "node20",
      rolldownOptions: { input: [join(ROOT, "src/ours-process.ts"), join(ROOT, "src/page/drive-page.ts")] },
    },
  });
  await build({
    ...shared,
    root: join(ROOT, "src/page"),
    worker: { format: "es" },
    build: { outDir: join(DIST, "page"), emptyOutDir: true, target: "es2023", chunkSizeWarningLimit: 10_000 },
  });
  return {
    oursProcess: join(DIST, "node/ours-process.js"),
    drivePage: join(DIST, "node/drive-page.js"),
    page: join(DIST, "page"),
  };
}
