import type { Route } from "./routes.ts";

export interface Page {
  /** Of the browser's tab. */
  readonly title: string;
  /** The element that is the page, once `load` has resolved. */
  readonly tag: string;
  readonly load: () => Promise<unknown>;
}

/** Each page's own part of the program, loaded when it is first shown. */
export const PAGES: Readonly<Record<Exclude<Route["page"], "unknown">, Page>> = {
  runs: {
    title: "Runs",
    tag: "gambeson-runs-panel",
    load: () => import("../panels/gambeson-runs-panel.ts"),
  },
  new: {
    title: "Start a run",
    tag: "gambeson-start-run-panel",
    load: () => import("../panels/gambeson-start-run-panel.ts"),
  },
  run: { title: "Run", tag: "gambeson-run-panel", load: () => import("../panels/gambeson-run-panel.ts") },
  compare: {
    title: "Compare",
    tag: "gambeson-compare-panel",
    load: () => import("../panels/gambeson-compare-panel.ts"),
  },
  play: {
    title: "Playground",
    tag: "gambeson-playground-panel",
    load: () => import("../panels/gambeson-playground-panel.ts"),
  },
};
