import { DatabaseSync } from "node:sqlite";
import type { Run, ServerEvent } from "@gambeson/contract";
import { sha256 } from "../disk/sha256.ts";
import { isAlive, type Service } from "./service.ts";

/** What is wrong after a crash test; every list empty when nothing is. */
export interface Findings {
  /** Acknowledged runs without a result, or with another one than an undisturbed run's. */
  readonly wrongRuns: readonly string[];
  /** Tasks that were told finished more than once, as "run task". */
  readonly doneTwice: readonly string[];
  /** Events that are out of order or missing on replay. */
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
    runs,
    expected,
  }: { readonly runs: ReadonlyMap<string, number>; readonly expected: ReadonlyMap<number, string> },
): Promise<Findings> {
  const wrongRuns: string[] = [];
  for (const [id, seed] of runs) {
    const run = (await get(service, `/api/v1/runs/${id}`)) as Run;
    const result = expected.get(seed);
    if (run.state !== "finished") wrongRuns.push(`${id} is ${run.state}: ${run.error ?? ""}`);
    else if (run.resultSha256 !== result)
      wrongRuns.push(`${id} has the result ${run.resultSha256 ?? "none"}, not ${result}`);
    else if ((await get(service, `/api/v1/runs/${id}/result.json`)) === null)
      wrongRuns.push(`${id} has no result to read`);
  }
  await service.processes();
  await service.stop();
  const { integrity, events } = readDatabase(`${service.stateFolder}/gambeson.db`);
  const files = examineFiles(service.stateFolder);
  return {
    wrongRuns,
    doneTwice: repeated(events),
    wrongEvents: events.flatMap(({ id }, at) =>
      at > 0 && id <= events[at - 1]!.id ? [`event ${id} is out of order`] : [],
    ),
    ...files,
    orphans: [...service.seen].filter(isAlive),
    integrity,
  };
}

function readDatabase(path: string): { integrity: string; events: readonly ServerEvent[] } {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const integrity = db
      .prepare("PRAGMA integrity_check")
      .all()
      .map((row) => String(Object.values(row)[0]))
      .join("; ");
    const rows = db.prepare("SELECT id, run, kind, body FROM events ORDER BY rowid").all();
    const events = rows.map((row) => ({
      ...(JSON.parse(String(row.body)) as object),
      id: Number(row.id),
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
