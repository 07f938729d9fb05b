import type { ErrorCode } from "@gambeson/contract";
import { MEDIA_TYPE_OF, type TableFormat } from "./data-table.ts";
import { entityTag } from "./entity-tag.ts";
import { file } from "./route-docs.ts";
import type { FileFacts } from "./send-file.ts";

/** What may be wrong with any file of a run. */
export const RESULT_REFUSALS: readonly ErrorCode[] = [
  "RUN_NOT_FOUND",
  "RESULT_NOT_READY",
  "ARTEFACT_MISSING",
];

/** A table's headers. @param versions All that decides its content, the server's version among it. */
export function tableFacts(name: string, format: TableFormat, versions: readonly string[]): FileFacts {
  return {
    mediaType: MEDIA_TYPE_OF[format],
    tag: entityTag(name, format, ...versions),
    ...(format === "json" ? {} : { saveAs: `${name}.${format}` }),
  };
}

/** The same for the OpenAPI document. */
export function tableAnswer(format: TableFormat) {
  return { 200: file("The table", MEDIA_TYPE_OF[format].split(";")[0]!) };
}
