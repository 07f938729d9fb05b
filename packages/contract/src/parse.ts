import * as v from "valibot";
import { experimentConfigSchema, type ExperimentConfig } from "./experiment-config.ts";
import { oneLine } from "./one-line.ts";
import { resultSchema, type Result } from "./result.ts";

/** What is wrong at one place; "" is the whole. */
interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Input from outside that does not fit its schema: `issues` says what, each with its path. */
export class ConfigError extends TypeError {
  readonly code = "CONFIG_INVALID";
  readonly issues: readonly Issue[];

  constructor(what: string, issues: readonly Issue[]) {
    super(
      `Cannot read the ${what} as ${issues.map(({ path, message }) => `${path || "it"} ${message}`).join("; ")}`,
    );
    this.name = "ConfigError";
    this.issues = issues;
  }
}

/**
 * Resolves a config: checks every key and writes every default out.
 *
 * @throws {ConfigError} If a key is unknown, missing or out of range; names each with its path.
 */
export function parseExperimentConfig(input: unknown): ExperimentConfig {
  return parse(experimentConfigSchema, input, "config");
}

/**
 * Reads a result back.
 *
 * @throws {ConfigError} If it is not a result of this schema version.
 */
export function parseResult(input: unknown): Result {
  return parse(resultSchema, input, "result");
}

function parse<S extends v.GenericSchema>(schema: S, input: unknown, what: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, input);
  const issues = parsed.success ? listsForObjects(input, parsed.output) : describeIssues(parsed.issues);
  if (parsed.success && issues.length === 0) return parsed.output;
  throw new ConfigError(what, issues);
}

/** Lists where objects should stand: to valibot a list is an object, and one without keys fits where no key is required. */
function listsForObjects(input: unknown, output: unknown, path: readonly string[] = []): Issue[] {
  if (typeof input !== "object" || input === null || typeof output !== "object" || output === null) return [];
  if (Array.isArray(input) && !Array.isArray(output)) {
    return [{ path: path.join("."), message: "must be Object: current value is Array" }];
  }
  return Object.entries(input).flatMap(([key, value]) =>
    listsForObjects(value, (output as Record<string, unknown>)[key], [...path, key]),
  );
}

/** More faults than these are only counted: a small body can have a hundred thousand. */
const MOST_ISSUES = 20;

/** Schema issues as our messages say them, each with its path and in one line, whatever was written. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): Issue[] {
  const all = flatten(issues);
  const described = all.slice(0, MOST_ISSUES).map(describe);
  const more = all.length - described.length;
  return more === 0 ? described : [...described, { path: "", message: `has ${more} more faults` }];
}

/** A variant that nothing fitted holds the issues of the branch that fitted best. */
function flatten(issues: readonly v.BaseIssue<unknown>[]): v.BaseIssue<unknown>[] {
  return issues.flatMap((issue) => (issue.issues ? flatten(issue.issues) : [issue]));
}

function describe(issue: v.BaseIssue<unknown>): Issue {
  const path = oneLine(v.getDotPath(issue) ?? "");
  return { path, message: messageOf(issue) };
}

function messageOf(issue: v.BaseIssue<unknown>): string {
  const { type, expected, received, message } = issue;
  if (type === "strict_object" && expected === "never") return "is not a known key";
  if (type === "min_length" || type === "max_length") return lengthMessage(issue);
  const value = `current value is ${oneLine(received)}`;
  if (type === "check" || type === "regex") return `${message}: ${value}`;
  if (type === "integer") return `must be an integer: ${value}`;
  return `must be ${expected ?? "valid"}: ${value}`;
}

/** Of a list or a text that is too short or too long. */
function lengthMessage({ type, input, requirement, received }: v.BaseIssue<unknown>): string {
  const [one, more] = typeof input === "string" ? ["character", "characters"] : ["entry", "entries"];
  const bound = `${type === "min_length" ? "at least" : "at most"} ${String(requirement)}`;
  return `must have ${bound} ${requirement === 1 ? one : more}: current value has ${received}`;
}
