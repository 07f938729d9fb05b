import { Refusal } from "../state/refusal.ts";
import { entityTag } from "./entity-tag.ts";
import type { RunResult } from "./run-results.ts";
import type { FileFacts } from "./send-file.ts";

/** The page and figures bring their own style and pictures, and ask nobody for anything. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** What a browser shows; the others it saves. */
const SHOWN = ["text/html", "image/svg+xml"];

/** One of a report's files, as it is sent. @throws {Refusal} NOT_FOUND if it has no such file; ARTEFACT_MISSING. */
export async function reportFile(
  result: RunResult,
  name: string,
): Promise<{ readonly facts: FileFacts; readonly text: string }> {
  const report = await result.report();
  const found = report.find((each) => each.name === name);
  if (found === undefined) {
    const names = report.map((each) => each.name).join(", ");
    throw new Refusal(
      "NOT_FOUND",
      `Cannot find the file as it must be one of ${names}: current value is ${name}`,
    );
  }
  const { mediaType, text } = found;
  const facts = {
    mediaType: mediaType === "image/svg+xml" ? mediaType : `${mediaType}; charset=utf-8`,
    tag: entityTag(text),
    headers: { "content-security-policy": POLICY },
    ...(SHOWN.includes(mediaType) ? {} : { saveAs: found.name }),
  };
  return { facts, text };
}
