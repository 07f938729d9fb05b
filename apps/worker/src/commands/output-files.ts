import type { Result } from "@gambeson/contract";
import { renderReport } from "@gambeson/report";
import type { OutputFile } from "../disk/output-folder.ts";
import { prettyJson } from "../terminal/pretty-json.ts";

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files of an output folder: the result, the report's page, tables and figures, and the trained models. */
export function outputFiles(result: Result, weights: readonly NamedBytes[]): readonly OutputFile[] {
  const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });
  return [
    text("result.json", `${prettyJson(result)}\n`),
    text("config.json", `${prettyJson(result.config)}\n`),
    ...renderReport(result).map((file) => text(file.name, file.text)),
    ...weights.map(({ name, bytes }) => ({ name: `weights/${name}.safetensors`, bytes })),
  ];
}
