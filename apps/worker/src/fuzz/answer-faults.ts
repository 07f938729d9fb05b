import { problemSchema } from "@gambeson/contract";
import * as v from "valibot";
import { STATUS_OF } from "../serve/http-errors.ts";
import type { HostileRequest } from "./hostile-requests.ts";
import type { RawAnswer } from "./raw-http.ts";

/** What the server's HTTP library, before our code has it, says of a request that is no HTTP. */
const NO_HTTP = [400, 414, 431];

/**
 * What is wrong with an answer to a hostile request; empty where nothing is.
 *
 * @param secrets Text that no answer may tell, such as the state folder's path.
 */
export function answerFaults(
  request: HostileRequest,
  answer: RawAnswer | null,
  secrets: readonly string[],
): string[] {
  if (answer === null) return ["no answer"];
  const { status, headers, body } = answer;
  const id = headers.get("x-request-id");
  if (id === undefined)
    return NO_HTTP.includes(status) && body.length === 0 ? [] : [`${status} that is not ours`];
  const text = new TextDecoder().decode(body);
  const faults = secrets.filter((secret) => text.includes(secret)).map((secret) => `it tells ${secret}`);
  if (headers.get("x-content-type-options") !== "nosniff") faults.push("no security headers");
  if ([...headers.keys()].some((name) => name.startsWith("access-control-")))
    faults.push("it lets others read");
  if (status < 400) return faults;
  // Not a refusal: it says that no worker is there.
  if (status === 503 && request.operation === "GET /readyz") return faults;
  if (status >= 500) faults.push(`${status}: ${text.slice(0, 300)}`);
  if (status === 405 && !headers.has("allow")) faults.push("405 without Allow");
  if (status === 416 && !headers.has("content-range")) faults.push("416 without Content-Range");
  return [...faults, ...problemFaults(request, { status, id, mediaType: headers.get("content-type"), text })];
}

function problemFaults(
  { method }: HostileRequest,
  answer: {
    readonly status: number;
    readonly id: string;
    readonly mediaType: string | undefined;
    readonly text: string;
  },
): string[] {
  const { status, id, mediaType, text } = answer;
  if (mediaType !== "application/problem+json") return [`${status} as ${mediaType ?? "nothing"}`];
  if (method === "HEAD") return text === "" ? [] : ["a body to HEAD"];
  const parsed = v.safeParse(problemSchema, jsonOf(text));
  if (!parsed.success) return [`${status} that is no problem: ${text.slice(0, 200)}`];
  const { code, detail, requestId, status: told } = parsed.output;
  const faults: string[] = [];
  if (told !== status || STATUS_OF[code] !== status) faults.push(`${code} with ${status}`);
  if (requestId !== id) faults.push("another request's id");
  if (!/^Cannot [^\p{Cc}\u2028\u2029]+$/u.test(detail))
    faults.push(`not one line: ${JSON.stringify(detail.slice(0, 300))}`);
  if (text.length > 20_000) faults.push(`a refusal of ${text.length} characters: ${text.slice(0, 100)}`);
  return faults;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
