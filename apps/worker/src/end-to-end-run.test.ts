import { parseExperimentConfig, parseResult, type Result } from "@gambeson/contract";
import { readSafetensors, writeSafetensors } from "@gambeson/models";
import { expect, test } from "vitest";
import { gambeson, LAUNCHER } from "./testing/gambeson.ts";
import { filesBelow } from "./testing/temporary-folder.ts";
import { TINY, tinyFolder } from "./testing/tiny-experiment.ts";

const readResult = (path: string): Result => parseResult(JSON.parse(Deno.readTextFileSync(path)));

test("run writes results, tables, figures and weights; the written config gives the same again, without work", async () => {
  const folder = tinyFolder();
  const first = await gambeson(folder, ["run", "tiny.json", "--out", "first", "--threads", "1"]);
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toMatch(/Acc\. %\s+rho2\s+@0\.2\s+@0\.5\s+@1\n/);
  expect(first.stdout).toMatch(/Deep Defense +\d+\.\d\d {2}\d\.\d\de[-+]\d+/);
  expect(first.stdout).toContain("first/report.html");
  expect(first.stderr).toContain("] Pre-training: ");
  expect(first.stderr).not.toContain("\x1b");

  const files = filesBelow(`${folder}/first`);
  const weights = ["pretrained", "vanilla", "fine-tuned", "deep-defense"].map(
    (id) => `weights/${id}.safetensors`,
  );
  expect(files).toEqual(
    expect.arrayContaining(["config.json", "report.html", "result.json", "table.csv", "table.tex"]),
  );
  expect(files.filter((name) => name.startsWith("weights/"))).toEqual(weights.sort());
  expect(files.filter((name) => name.endsWith(".svg")).length).toBeGreaterThanOrEqual(4);
  const { tensors } = readSafetensors(Deno.readFileSync(`${folder}/first/weights/vanilla.safetensors`));
  expect(tensors.get("dense0.weight")?.shape).toEqual([144, 16]);

  const result = readResult(`${folder}/first/result.json`);
  expect(result.config).toEqual(parseExperimentConfig(TINY));
  expect(result.config).toEqual(
    parseExperimentConfig(JSON.parse(Deno.readTextFileSync(`${folder}/first/config.json`))),
  );
  expect(result.environment).toMatchObject({
    version: "0.1.0",
    code: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
    runtime: `deno ${Deno.version.deno}`,
    backend: { threads: 1 },
  });
  expect(result.timings.tasks.some(({ reused }) => reused)).toBe(false);

  const second = await gambeson(folder, ["run", "first/config.json", "--out", "second", "--threads", "1"]);
  expect(second.code).toBe(0);
  const again = readResult(`${folder}/second/result.json`);
  expect(again.timings.tasks.every(({ reused }) => reused)).toBe(true);
  expect({ ...again, timings: null }).toEqual({ ...result, timings: null });
  for (const name of filesBelow(`${folder}/first`).filter((name) => name.startsWith("weights/"))) {
    expect(Deno.readFileSync(`${folder}/second/${name}`)).toEqual(
      Deno.readFileSync(`${folder}/first/${name}`),
    );
  }
});

test("run computes with our kernels, or with TensorFlow.js' alone: the result names them, and the numbers agree", async () => {
  const folder = tinyFolder();
  const args = [
    "run",
    "tiny.json",
    "--threads",
    "1",
    "--set",
    "regimes.1.epochs=1",
    "--set",
    "regimes.2.epochs=1",
  ];
  const fast = await gambeson(folder, [...args, "--out", "fast"]);
  expect(fast).toMatchObject({ code: 0 });
  expect(fast.stderr.replaceAll(/\s+/g, " ")).toMatch(/kernels gambeson (relaxed-simd(\+fma)?|simd)/);
  const slow = await gambeson(folder, [...args, "--kernels", "tfjs", "--out", "slow"]);
  expect(slow).toMatchObject({ code: 0 });
  const [a, b] = ["fast", "slow"].map((name) => readResult(`${folder}/${name}/result.json`)) as [
    Result,
    Result,
  ];
  expect(a.environment.backend.kernels).toMatch(/^gambeson (relaxed-simd(\+fma)?|simd)$/);
  expect(b.environment.backend.kernels).toBe("tfjs");
  // Nothing of the one is taken for the other's work.
  expect(b.timings.tasks.some(({ reused }) => reused)).toBe(false);
  a.seeds[0]!.models.forEach(({ id, robustness, accuracy }, index) => {
    const other = b.seeds[0]!.models[index]!;
    expect(other.id).toBe(id);
    // Some dozen steps apart in rounding: a percent of rho2, and a few images.
    expect(robustness.rho2 / other.robustness.rho2).toBeCloseTo(1, 2);
    expect(Math.abs(accuracy.count - other.accuracy.count)).toBeLessThanOrEqual(0.02 * accuracy.of);
  });
});

test("run says that TensorFlow.js computed a model that our kernels do not know", async () => {
  const folder = tinyFolder();
  const run = await gambeson(folder, [
    "run",
    "tiny.json",
    "--out",
    "deep",
    "--threads",
    "1",
    "--set",
    "model.hidden=[8,6]",
  ]);
  expect(run).toMatchObject({ code: 0 });
  expect(readResult(`${folder}/deep/result.json`).environment.backend.kernels).toBe("tfjs");
});

test("run --json writes events, and where everything is; overrides reach the result", async () => {
  const folder = tinyFolder();
  const args = [
    "--seeds",
    "2",
    "--set",
    "regimes.2.lambda=3",
    "--set",
    "title=Two seeds",
    "--threads=1",
    "--json",
  ];
  const { code, stdout, stderr } = await gambeson(folder, ["run", "./tiny.json", ...args]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { kind: string });
  expect(new Set(events.map(({ kind }) => kind))).toEqual(
    new Set([
      "run-started",
      "task-started",
      "task-progress",
      "epoch-finished",
      "task-finished",
      "run-finished",
    ]),
  );
  expect(events[0]).toMatchObject({
    kind: "run-started",
    dataset: { name: "data", synthetic: false },
    warning: null,
    backend: { variant: "simd", fallback: null },
    threads: 1,
    seeds: [1, 2],
    out: expect.stringContaining(`${folder}/out/tiny-`) as string,
  });
  const last = events.at(-1) as unknown as { kind: string; out: string; result: string };
  expect(last.kind).toBe("run-finished");
  expect(last.out).toMatch(new RegExp(`^${folder}/out/tiny-\\d{8}-\\d{6}$`));
  const { config, seeds } = readResult(last.result);
  expect(config).toMatchObject({ title: "Two seeds", seeds: [1, 2], regimes: [{}, {}, { lambda: 3 }] });
  expect(seeds.map(({ seed }) => seed)).toEqual([1, 2]);
});

test("attack writes every image, as JSON and as CSV", async () => {
  const folder = tinyFolder();
  await gambeson(folder, ["run", "tiny.json", "--out", "run", "--threads", "1"]);
  const common = ["--weights", "run/weights/vanilla.safetensors", "--dataset", "./data", "--threads", "1"];

  const deepFool = await gambeson(folder, ["attack", ...common, "--attack", "deepfool", "--first", "10"]);
  expect(deepFool.code).toBe(0);
  const report = JSON.parse(deepFool.stdout) as {
    images: { index: number; label: number }[];
    attack: object;
    dataset: object;
  };
  expect(report.images.map(({ index, label }) => [index, label])).toEqual(
    Array.from({ length: 10 }, (_, index) => [index, index % 4]),
  );
  expect(report).toMatchObject({
    attack: { kind: "deepfool", maxSteps: 6, convention: "in-loop" },
    split: "test",
  });

  const target = ["--attack", "fgs", "--epsilon", "0.1", "--split", "train", "--output", "fgs.csv"];
  const fgs = await gambeson(folder, ["attack", ...common, ...target]);
  expect(fgs).toMatchObject({ code: 0, stdout: "" });
  expect(fgs.stderr).toMatch(/^FGS fooled \d+ of 200 images\. Written to fgs\.csv\n$/);
  const [head, ...rows] = Deno.readTextFileSync(`${folder}/fgs.csv`).trimEnd().split("\n");
  expect(head).toBe("index,label,before,after,target,fooled,steps,norm,maxNorm,rho");
  expect(rows).toHaveLength(200);
  expect(fgs.stderr).not.toContain("Note:");
  const tooMany = await gambeson(folder, ["attack", ...common, "--attack", "fgs", "--first", "41"]);
  expect(tooMany.stderr).toContain(
    "Note: --first is 41, but there are 40 images; all of them are attacked.\n",
  );
  // Each of 144 pixels moves by 0.1, unless its gradient is zero: |Dx| = 0.1 * sqrt(144).
  const [, , , , , , , norm, maxNorm] = rows[0]!.split(",").map(Number);
  expect(maxNorm).toBeCloseTo(0.1, 6);
  expect(norm).toBeCloseTo(1.2, 5);
});

test("attack without a network says at once whom it asks, and that it attacks drawn images, and why", async () => {
  const folder = tinyFolder();
  const weights = {
    name: "dense0.weight",
    dtype: "F32",
    shape: [784, 10],
    data: new Float32Array(7840),
  } as const;
  Deno.writeFileSync(`${folder}/w.safetensors`, writeSafetensors([weights]));
  const args = ["attack", "--weights", "w.safetensors", "--attack", "fgs", "--first", "2", "--threads", "1"];
  const namespace = new Deno.Command("unshare", {
    args: ["-rn", "node", LAUNCHER, ...args],
    cwd: folder,
    env: { GAMBESON_CACHE_DIR: `${folder}/cache`, GAMBESON_DATA_DIR: "", npm_lifecycle_event: "" },
  });
  const none = {
    code: 127,
    stdout: new Uint8Array(),
    stderr: new TextEncoder().encode("unshare: no such program"),
  };
  const { code, stdout, stderr } = await namespace.output().catch(() => none);
  const [said, written] = [stderr, stdout].map((bytes) => new TextDecoder().decode(bytes));
  if (said!.startsWith("unshare")) {
    console.warn(`no network could be taken away here (${said!.trim()}): see obtain-dataset.test.ts`);
    return;
  }
  expect(said).toMatch(/^Looking for Fashion-MNIST: raw\.githubusercontent\.com \.\.\.\n/);
  expect(said).toMatch(
    /WARNING[^]*NOT Fashion-MNIST[^]*Looked in cache\/data\/fashion-mnist\. Cannot download/,
  );
  expect(JSON.parse(written!)).toMatchObject({ dataset: { synthetic: true }, summary: { count: 2 } });
  expect(code).toBe(0);
});

test("Deno takes a path with any other odd character in it", async () => {
  const folder = tinyFolder();
  const odd = `it's = "odd"; 100 % $HOME é:*?`;
  Deno.renameSync(`${folder}/data`, `${folder}/${odd}`);
  const args = [
    "--dataset",
    `./${odd}`,
    "--out",
    `${odd}/out`,
    "--set",
    "pretraining.epochs=1",
    "--threads",
    "1",
  ];
  expect(await gambeson(folder, ["run", "tiny.json", ...args])).toMatchObject({ code: 0 });
  expect(readResult(`${folder}/${odd}/out/result.json`).dataset.name).toBe(odd);
});

test("datasets and presets say what there is", async () => {
  const folder = tinyFolder();
  const datasets = await gambeson(folder, ["datasets"]);
  expect(datasets.code).toBe(0);
  expect(datasets.stdout).toMatch(
    /fashion-mnist {2}Fashion-MNIST\n.*\n.*\n {2}Not here; 31 MB would be downloaded to cache\/data\//,
  );
  const presets = await gambeson(folder, ["presets"]);
  expect(presets.stdout).toMatch(/^report {2}/);
  const shown = await gambeson(folder, ["presets", "show", "quick"]);
  expect(parseExperimentConfig(JSON.parse(shown.stdout)).name).toBe("quick");
});
