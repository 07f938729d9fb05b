import { DatabaseSync } from "node:sqlite";
import type { Run, RunList, ServerEvent } from "@gambeson/contract";
import { sha256 } from "../disk/sha256.ts";
import { differences, followEvents, type EventFollower } from "./follow-events.ts";
import { isAlive, type Service } from "./service.ts";
import type { Submissions } from "./submissions.ts";
import { ask } from "./submit-tiny.ts";

/** What is wrong after a crash test; every list empty when nothing is. */
export interface Findings {
  /** Acknowledged runs without a result, or with another one than an undisturbed run's. */
  readonly wrongRuns: readonly string[];
  /** Keys that gave more than one run, runs that nobody asked for, and runs that are gone. */
  readonly wrongKeys: readonly string[];
  /** Tasks that were told finished more than once, as "run task". */
  readonly doneTwice: readonly string[];
  /** Gaps, repetitions, wrong order or other content than was stored: of who watched all the time, and of a replay. */
  readonly wrongEvents: readonly string[];
  /** Files under final names whose bytes are not what their name says. */
  readonly wrongFiles: readonly string[];
  /** Other files that should not be there once all is done. */
  readonly leftovers: readonly string[];
  /** Processes that outlived the service. */
  readonly orphans: readonly number[];
  /** SQLite's own word. */
  readonly integrity: string;
}

/** Looks at a service whose runs have all ended; stops it. */
export async function examineState(
  service: Service,
  {
    asked,
    follower,
    expected,
  }: {
    readonly asked: Submissions;
    /** It watches since the first event. */
    readonly follower: EventFollower;
    /** SHA-256 of the result for each seed. */
    readonly expected: ReadonlyMap<number, string>;
  },
): Promise<Findings> {
  const wrongRuns: string[] = [];
  for (const { id, seed } of asked.runs()) {
    const wrong = await wrongRun(service, id, expected.get(seed)!);
    if (wrong !== null) wrongRuns.push(`${id} ${wrong}`);
  }
  const wrongKeys = [...(await asked.wrongKeys()), ...(await wrongIds(service, asked))];
  const { eventId } = (await ask(service, "/api/v1/runs?limit=1")) as RunList;
  const followed = await follower.readTo(eventId);
  const replayed = await followEvents(service).readTo(eventId);
  await service.processes();
  await service.stop();
  const { integrity, events } = readDatabase(`${service.stateFolder}/gambeson.db`);
  return {
    wrongRuns,
    wrongKeys,
    doneTwice: repeated(events),
    wrongEvents: [...differences("watched", followed, events), ...differences("replayed", replayed, events)],
    ...examineFiles(service.stateFolder),
    orphans: [...service.seen].filter(isAlive),
    integrity,
  };
}

/** @returns What is wrong; null where nothing is. */
async function wrongRun(service: Service, id: string, result: string): Promise<string | null> {
  const run = (await get(service, `/api/v1/runs/${id}`)) as Run | null;
  if (run?.state !== "finished") return `is ${run?.state ?? "not there"}: ${run?.error ?? ""}`;
  if (run.resultSha256 !== result) return `has the result ${run.resultSha256 ?? "none"}, not ${result}`;
  const shown = await get(service, `/api/v1/runs/${id}/result.json`);
  return shown === null ? "has no result to read" : null;
}

/** The server's list of runs, page by page, beside those that were asked for. */
async function wrongIds(service: Service, asked: Submissions): Promise<string[]> {
  const listed: string[] = [];
  let page: RunList;
  let cursor = "";
  do {
    page = (await ask(service, `/api/v1/runs?limit=50${cursor}`)) as RunList;
    listed.push(...page.runs.map(({ id }) => id));
    cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
  } while (cursor !== "");
  const { total } = page;
  const known = new Set(asked.runs().map(({ id }) => id));
  return [
    ...listed.filter((id) => !known.has(id)).map((id) => `${id} was asked for by no key`),
    ...[...known].filter((id) => !listed.includes(id)).map((id) => `${id} is gone`),
    ...(total === known.size && listed.length === total
      ? []
      : [`${total} runs are counted and ${listed.length} listed, not ${known.size}`]),
  ];
}

function readDatabase(path: string): { integrity: string; events: readonly ServerEvent[] } {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const integrity = db
      .prepare("PRAGMA integrity_check")
      .all()
      .map((row) => String(Object.values(row)[0]))
      .join("; ");
    const rows = db.prepare("SELECT id, run, at, kind, body FROM events ORDER BY id").all();
    const events = rows.map((row) => ({
      ...(JSON.parse(String(row.body)) as object),
      id: Number(row.id),
      at: new Date(Number(row.at)).toISOString(),
      run: String(row.run),
      kind: String(row.kind),
    }));
    return { integrity, events: events as unknown as ServerEvent[] };
  } finally {
    db.close();
  }
}

function repeated(events: readonly ServerEvent[]): string[] {
  const count = new Map<string, number>();
  for (const event of events) {
    if (event.kind !== "task-finished") continue;
    const name = `${event.run} ${event.task}`;
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  return [...count].flatMap(([name, times]) => (times > 1 ? [name] : []));
}

/** The files of a state folder whose service has stopped. */
export function examineFiles(folder: string): Pick<Findings, "wrongFiles" | "leftovers"> {
  const wrongFiles: string[] = [];
  const leftovers: string[] = [];
  for (const path of filesBelow(folder)) {
    const parts = path.split("/");
    const top = parts[0]!;
    const name = parts.at(-1)!;
    if (path.endsWith(".partial")) continue; // Never under a final name; swept later.
    const bytes = () => Deno.readFileSync(`${folder}/${path}`);
    if (top === "artefacts" && sha256(bytes()) !== name) wrongFiles.push(path);
    else if (top === "runs" && name.endsWith(".json")) {
      const text = new TextDecoder().decode(bytes());
      if (sha256(new TextEncoder().encode(text.slice(65))) !== text.slice(0, 64)) wrongFiles.push(path);
    } else if (
      top === "tasks" &&
      (JSON.parse(new TextDecoder().decode(bytes())) as { key: string }).key !== name.slice(0, -5)
    ) {
      wrongFiles.push(path);
    } else if (top === "checkpoints") leftovers.push(path);
  }
  return { wrongFiles, leftovers };
}

function* filesBelow(folder: string, prefix = ""): Generator<string> {
  for (const { name, isDirectory } of Array.from(Deno.readDirSync(`${folder}/${prefix}`))) {
    if (isDirectory) yield* filesBelow(folder, `${prefix}${name}/`);
    else yield `${prefix}${name}`;
  }
}

async function get(service: Service, path: string): Promise<unknown> {
  const response = await fetch(`${service.address}${path}`);
  if (response.ok) return response.json();
  await response.body?.cancel();
  return null;
}
