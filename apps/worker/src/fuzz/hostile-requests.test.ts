import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../crash/service.ts";
import { ask } from "../crash/submit-tiny.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { answerFaults } from "./answer-faults.ts";
import { fuzzedService } from "./fuzzed-service.ts";
import { hostileRequests, type ApiDocument } from "./hostile-requests.ts";
import { exchange } from "./raw-http.ts";

test("explore", async () => {
  const folder = temporaryFolder();
  const port = freePort();
  const { service, target } = await fuzzedService(folder, port);
  onTestFinished(() => service.killAll());
  const document = (await ask(service, "/openapi.json")) as ApiDocument;
  const requests = fc.sample(hostileRequests(document, target), { numRuns: 1000, seed: Number(Deno.env.get("SEED") ?? 4) });
  const pid = (await service.processes()).find((p) => p.kind === "serve")!.pid;
  const statuses = new Map<string, number>();
  const times: number[] = [];
  const rss = () => /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))![1];
  const mem: string[] = [];
  for (const [i, r] of requests.entries()) {
    const a = await exchange(port, r.bytes).catch((e: Error) => e);
    if (i % 50 === 0) mem.push(rss()!);
    if (a instanceof Error) { console.log("ERR", a.message, r.operation, r.ways, new TextDecoder().decode(r.bytes.subarray(0, 300))); continue; }
    const faults = answerFaults(r, a, [folder]);
    if (faults.length > 0) console.log(i, faults, r.operation, r.ways, new TextDecoder().decode(r.bytes.subarray(0, 400)));
    const key = `${a?.status ?? "none"}${a?.headers.has("x-request-id") ? "" : "*"}`;
    statuses.set(key, (statuses.get(key) ?? 0) + 1);
    if (a !== null) { times.push(a.ms); if (a.ms > 300) console.log("SLOW", a.ms, r.operation, r.ways, r.bytes.length); }
  }
  times.sort((a, b) => a - b);
  console.log([...statuses].sort(), times[500], times[990], times.at(-1), mem.join(" "));
  console.log(new Set((await service.processes()).map((p) => p.pid)).has(pid));
  expect(await ask(service, "/healthz")).toMatchObject({ status: "ok" });
});
