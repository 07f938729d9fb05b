import { parseArgs } from "node:util";
import { writeTinyData } from "../testing/tiny-experiment.ts";
import { crashTest } from "./crash-test.ts";
import { freePort } from "./service.ts";

/** `npm run test:crash -- --kills 500 --seed 1`: what `npm test` does with 25 kills. */
const { values } = parseArgs({
  args: Deno.args,
  options: { kills: { type: "string", default: "25" }, seed: { type: "string", default: "1" } },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error(
    "Cannot begin as --kills must be 1 or more and --seed 0 or more: current value is not a whole number",
  );
  Deno.exit(2);
}
const folder = Deno.makeTempDirSync({ prefix: "gambeson-crash-" });
writeTinyData(`${folder}/data`);
const report = await crashTest({
  kills,
  seed,
  folder,
  port: freePort(),
  onProgress: (line) => {
    console.error(line);
  },
});
console.log(JSON.stringify(report, null, 2));
const { wrongRuns, wrongKeys, doneTwice, wrongEvents, wrongFiles, leftovers, orphans, integrity } = report;
const wrong = [wrongRuns, wrongKeys, doneTwice, wrongEvents, wrongFiles, leftovers, orphans].flat().length;
if (wrong === 0 && integrity === "ok") Deno.removeSync(folder, { recursive: true });
else console.error(`Something is wrong; look into ${folder}`);
Deno.exit(wrong === 0 && integrity === "ok" ? 0 : 1);
