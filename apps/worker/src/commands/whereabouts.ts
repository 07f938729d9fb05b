import { join } from "node:path";
import { shown } from "./places.ts";

/** Where the outputs are, for people. */
export function whereabouts(out: string): string {
  const at = (name: string) => shown(join(out, name));
  return `Written to ${shown(out)}\n  ${at("report.html")}  to look at\n  ${at("result.json")}  every number`;
}
