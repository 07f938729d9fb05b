import { constants, setPriority } from "node:os";
import { parseArgs } from "node:util";
import { freePort, Service } from "../crash/service.ts";
import { measureCancel } from "./measure-cancel.ts";
import { loadTest, runSeconds, type LoadReport } from "./load-test.ts";
import { missedPromises } from "./missed-promises.ts";

/** `npm run test:load -- --rounds 4`: the same run with and without clients, in turn; prints what docs/reliability.md shows. */
const { values } = parseArgs({
  args: Deno.args,
  options: { rounds: { type: "string", default: "4" }, streams: { type: "string", default: "200" } },
});
const rounds = Number(values.rounds);
const streams = Number(values.streams);
if (![rounds, streams].every((value) => Number.isInteger(value) && value > 0)) {
  console.error("Cannot begin as --rounds and --streams must be whole numbers: current value is not");
  Deno.exit(2);
}
const dataDir = Deno.env.get("GAMBESON_DATA_DIR") ?? "";
const folder = Deno.makeTempDirSync({ prefix: "gambeson-load-" });
const data = dataDir === "" ? [] : ["--data-dir", dataDir];
const service = new Service({ folder, port: freePort(), args: data });
service.start();
await service.ready();
// In earnest the clients are on other machines: here they get what the service leaves of the processor.
setPriority(constants.priority.PRIORITY_LOW);

/** A run of some seconds: the report's path with fewer epochs. */
const CONFIG = {
  dataset: { name: dataDir === "" ? "synthetic" : "fashion-mnist" },
  pretraining: { epochs: 6 },
  regimes: [
    { kind: "vanilla", epochs: 3 },
    { kind: "deep-defense", epochs: 3 },
  ],
};

async function submit(config: object = CONFIG): Promise<string> {
  const response = await fetch(`${service.address}/api/v1/runs`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ config, fresh: true }),
  });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { id: string }).id;
}

/** A run that clients watch. */
async function watch(finished: string): Promise<{ readonly seconds: number; readonly report: LoadReport }> {
  let seconds = NaN;
  const report = await loadTest(service, {
    streams,
    readers: 50,
    reconnects: streams,
    finished,
    work: async () => {
      seconds = await runSeconds(service, await submit());
    },
  });
  return { seconds, report };
}

// One of each goes unmeasured: the first of its kind compiles what the others find.
const finished = await submit();
await runSeconds(service, finished);
await watch(finished);
const alone: number[] = [];
const watched: number[] = [];
const reports: LoadReport[] = [];
for (let round = 1; round <= rounds; round++) {
  alone.push(await runSeconds(service, await submit()));
  const { seconds, report } = await watch(finished);
  watched.push(seconds);
  reports.push(report);
  console.error(`round ${round}: ${alone.at(-1)} s alone, ${seconds} s watched; ${JSON.stringify(report)}`);
}
const cancelMs = await measureCancel(service, () => submit({ ...CONFIG, pretraining: { epochs: 500 } }), 10);
await service.stop();
Deno.removeSync(folder, { recursive: true });
const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const figures = {
  secondsAlone: alone,
  secondsWatched: watched,
  slowdown: median(watched) / median(alone) - 1,
  p99DelayMs: Math.max(...reports.map(({ delayMs }) => delayMs.p99)),
  faults: reports.flatMap(({ faults }) => faults),
  failedReads: reports.flatMap(({ failedReads }) => failedReads),
  reconnects: reports.reduce((sum, report) => sum + report.reconnects, 0),
  deliveries: reports.reduce((sum, report) => sum + report.deliveries, 0),
  p99ReadMs: Math.max(...reports.map(({ readMs }) => readMs.p99)),
  mostCancelMs: Math.max(...cancelMs),
  cleanUpMs: Math.max(...reports.map(({ cleanUpMs }) => cleanUpMs)),
};
console.log(JSON.stringify(figures, null, 2));
const missed = missedPromises(figures);
for (const line of missed) console.error(line);
Deno.exit(missed.length === 0 ? 0 : 1);
