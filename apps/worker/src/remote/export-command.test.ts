import { expect, test } from "vitest";
import { sha256 } from "../disk/sha256.ts";
import { smallResult } from "../serve/testing/small-result.ts";
import { filesBelow, temporaryFolder } from "../testing/temporary-folder.ts";
import { exportCommand } from "./export-command.ts";
import { fakeHost, fakeRemote } from "./testing/fake-remote.ts";
import { ID } from "./testing/sample-run.ts";

const BYTES = new Uint8Array([1, 2, 3]);

function remote(weightsSha256: string) {
  const result = smallResult();
  const seeds = result.seeds.map((seed) => ({
    ...seed,
    models: seed.models.map((model) => ({ ...model, weightsSha256 })),
  }));
  const { address } = fakeRemote({
    [`GET /api/v1/runs/${ID}/result.json`]: { ...result, seeds },
    [`GET /api/v1/weights/${weightsSha256}.safetensors`]: () => new Response(BYTES),
  });
  return { address, result: { ...result, seeds } };
}

test("export writes what run would have written", async () => {
  const { address, result } = remote(sha256(BYTES));
  const { host, written } = fakeHost();
  const out = `${temporaryFolder()}/exported`;
  await exportCommand(ID, { server: address, out }, host);
  const files = filesBelow(out);
  expect(files).toEqual(
    expect.arrayContaining([
      "auc.csv",
      "config.json",
      "report.html",
      "result.json",
      "table.csv",
      "table.tex",
    ]),
  );
  const models = result.seeds.flatMap(({ seed, models }) =>
    models.map(({ id }) => (result.seeds.length === 1 ? id : `seed-${seed}-${id}`)),
  );
  expect(files.filter((name) => name.startsWith("weights/"))).toEqual(
    models.map((name) => `weights/${name}.safetensors`).sort(),
  );
  expect(Deno.readFileSync(`${out}/weights/${models[0]}.safetensors`)).toEqual(BYTES);
  expect(JSON.parse(Deno.readTextFileSync(`${out}/result.json`))).toEqual(result);
  expect(written.stdout).toMatch(/^Written to .*exported\n .*report\.html {2}to look at\n/);
});

test("weights that are not those of the result are refused, and nothing is written", async () => {
  const { address } = remote("ab".repeat(32));
  const folder = temporaryFolder();
  await expect(
    exportCommand(ID, { server: address, out: `${folder}/exported` }, fakeHost().host),
  ).rejects.toThrow(
    /^Cannot export the weights of .* as their SHA-256 must be (ab){32}: current value is 039058c6/,
  );
  expect(filesBelow(folder)).toEqual([]);
});

test("a folder that holds anything else is left alone", async () => {
  const { address } = remote(sha256(BYTES));
  const folder = temporaryFolder();
  Deno.writeTextFileSync(`${folder}/mine.txt`, "mine");
  await expect(exportCommand(ID, { server: address, out: folder }, fakeHost().host)).rejects.toThrow(
    /must be new, empty or an earlier result: current value holds "mine\.txt"$/,
  );
});
