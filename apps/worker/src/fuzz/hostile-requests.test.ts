import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { examineFiles } from "../crash/examine-state.ts";
import { freePort, type Service } from "../crash/service.ts";
import { ask } from "../crash/submit-tiny.ts";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";
import { answerFaults } from "./answer-faults.ts";
import { fuzzedService } from "./fuzzed-service.ts";
import { hostileRequests, type ApiDocument, type HostileRequest } from "./hostile-requests.ts";
import { exchange, type RawAnswer } from "./raw-http.ts";

const REQUESTS = 1000;
const MOST_MS = 1000;
/** Of a server whose heap is kept small, so that what it holds on to shows; while all requests are made once more. */
const MOST_GROWN_BYTES = 8 * 1024 * 1024;

test("a thousand hostile requests are answered or refused as documented, at once, and leave no trace", async () => {
  const folder = temporaryFolder();
  const port = freePort();
  const { service, run, target } = await fuzzedService(folder, port);
  onTestFinished(() => service.killAll());
  const document = (await ask(service, "/openapi.json")) as ApiDocument;
  const requests = fc.sample(hostileRequests(document, target), { numRuns: REQUESTS, seed: 20_180_803 });
  const { pid } = (await service.processes()).find(({ kind }) => kind === "serve")!;
  const result = await ask(service, `/api/v1/runs/${run}/result.json`);
  const filesBefore = filesOutside(folder);

  const { faults, statuses } = await askAll(port, requests, folder);
  expect(faults).toEqual([]);
  const bytes = residentBytes(pid);
  expect((await askAll(port, requests, folder)).faults).toEqual([]);
  expect(residentBytes(pid) - bytes).toBeLessThan(MOST_GROWN_BYTES);

  // Hostile enough to be refused in every way, and not so that nothing gets through.
  expect([...statuses]).toEqual(
    expect.arrayContaining([200, 201, 204, 400, 403, 404, 405, 409, 413, 415, 421, 422, 503]),
  );
  expect(new Set(requests.map(({ operation }) => operation)).size).toBe(operationsOf(document));

  expect(await ask(service, "/healthz")).toMatchObject({ status: "ok" });
  expect((await service.processes()).map((process) => process.pid)).toContain(pid);
  expect(await ask(service, `/api/v1/runs/${run}/result.json`)).toEqual(result);
  await untilNoStreams(service);
  await service.stop();
  expect(filesOutside(folder)).toEqual(filesBefore);
  expect(examineFiles(service.stateFolder)).toEqual({ wrongFiles: [], leftovers: [] });
  expect(filesBelow(service.stateFolder).filter((path) => path.endsWith(".partial"))).toEqual([]);
}, 180_000);

/** What is wrong with the answers, and which there were. */
async function askAll(port: number, requests: readonly HostileRequest[], secret: string) {
  const faults: string[] = [];
  const statuses = new Set<number>();
  for (const request of requests) {
    const answer = await askPatiently(port, request);
    if (answer !== null) statuses.add(answer.status);
    const slow = answer !== null && answer.ms > MOST_MS ? [`${answer.ms} ms`] : [];
    for (const fault of [...slow, ...answerFaults(request, answer, [secret])])
      faults.push(describe(request, fault));
  }
  return { faults, statuses };
}

/** Asks again where an answer was slow: a machine with other work to do is not slow three times at the same request. */
async function askPatiently(port: number, request: HostileRequest): Promise<RawAnswer | null> {
  for (let more = 2; ; more--) {
    const answer = await exchange(port, request.bytes);
    if (answer === null || answer.ms <= MOST_MS || more === 0) return answer;
  }
}

function describe({ ways, bytes }: HostileRequest, fault: string): string {
  return `${fault} (${ways.join(", ")}) to ${new TextDecoder().decode(bytes.subarray(0, 300))}`;
}

function operationsOf(document: ApiDocument): number {
  return Object.values(document.paths).reduce((count, methods) => count + Object.keys(methods).length, 0);
}

/** Of the process, by Linux' word. */
function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) * 1024;
}

function filesOutside(folder: string): string[] {
  return filesBelow(folder).filter((path) => !path.startsWith("state/"));
}

/** Streams whose clients have gone are closed. */
async function untilNoStreams(service: Service): Promise<void> {
  const open = async () => {
    const text = await (await fetch(`${service.address}/metrics`)).text();
    return Number(/^gambeson_event_streams_open (\d+)$/m.exec(text)?.[1]);
  };
  await expect.poll(open, { timeout: 5000 }).toBe(0);
}
