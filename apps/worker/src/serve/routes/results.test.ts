import { parseResult } from "@gambeson/contract";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { FORMULA, SEED, smallResult } from "../testing/small-result.ts";
import { RUN, servedRun } from "../testing/served-run.ts";

const base = `/runs/${RUN}`;

async function parquetRows(response: Response): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: await response.arrayBuffer() });
}

describe("GET /runs/:id/result.json", () => {
  test("gives the kept result with the run's timings, the queue's own tasks left out", async () => {
    const { ask } = await servedRun();
    const response = await ask(`${base}/result.json`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(parseResult(await response.json())).toEqual({
      ...smallResult(),
      timings: {
        startedAt: "2026-01-01T00:00:01.000Z",
        finishedAt: "2026-01-01T00:00:09.000Z",
        tasks: [
          { id: `seed-${SEED}/pretrain`, kind: "pretrain", seconds: 2, reused: false },
          { id: `seed-${SEED}/vanilla/train`, kind: "train", seconds: 3.5, reused: true },
        ],
      },
    });
  });

  test("refuses before the run has finished", async () => {
    const served = await servedRun();
    served.run = { ...served.run, state: "running", resultSha256: null };
    const response = await served.ask(`${base}/result.json`);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: "RESULT_NOT_READY",
      detail: expect.stringMatching(/current value is running$/) as string,
    });
  });

  test.each([
    ["another run", "/runs/r0000000000000000002/result.json", 404, "RUN_NOT_FOUND"],
    ["no run's id", "/runs/..%2F..%2Fetc/result.json", 404, "NOT_FOUND"],
  ])("refuses %s", async (_, path, status, code) => {
    const response = await (await servedRun()).ask(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });

  test("is read once, and not given once its file is gone", async () => {
    const served = await servedRun();
    const hash = served.run.resultSha256!;
    let reads = 0;
    const { artefacts } = served.context;
    const { read } = artefacts;
    Object.assign(artefacts, {
      read: (...args: Parameters<typeof read>) => {
        reads++;
        return read(...args);
      },
    });
    const first = await (await served.ask(`${base}/result.json`)).text();
    expect(await (await served.ask(`${base}/result.json`)).text()).toBe(first);
    for (const path of ["curves.json", "report.html"])
      expect((await served.ask(`${base}/${path}`)).status).toBe(200);
    expect(reads).toBe(1);
    await Deno.remove(`${served.folder}/artefacts/${hash.slice(0, 2)}/${hash}`);
    for (const path of [
      "result.json",
      "curves.json",
      "roc.csv",
      "table.tex",
      "report.html",
      "files/rho2.svg",
    ])
      expect((await served.ask(`${base}/${path}`)).status).toBe(410);
  });

  test("is another one once the run has finished anew", async () => {
    const served = await servedRun();
    await served.ask(`${base}/result.json`);
    served.run = { ...served.run, finishedAt: "2026-01-02T00:00:00.000Z" };
    const { timings } = parseResult(await (await served.ask(`${base}/result.json`)).json());
    expect(timings.finishedAt).toBe("2026-01-02T00:00:00.000Z");
  });

  test("tells of a damaged file", async () => {
    const served = await servedRun();
    const hash = served.run.resultSha256!;
    Deno.writeTextFileSync(`${served.folder}/artefacts/${hash.slice(0, 2)}/${hash}`, "{}");
    const response = await served.ask(`${base}/result.json`);
    expect(response.status).toBe(410);
    expect(await response.json()).toMatchObject({ code: "ARTEFACT_MISSING" });
  });
});

describe("the report's files", () => {
  test("report.html is a page under a policy of its own", async () => {
    const { ask } = await servedRun();
    const response = await ask(`${base}/report.html`);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src data:/,
    );
    expect(await response.text()).toMatch(/^<!doctype html>/i);
    expect(await (await ask(`${base}/files/report.html`)).text()).toMatch(/^<!doctype html>/i);
  });

  test.each([
    ["table.csv", "text/csv; charset=utf-8", /^model_id,/],
    ["auc.csv", "text/csv; charset=utf-8", /^model_id,/],
    ["table.tex", "application/x-tex; charset=utf-8", /\\begin\{table\}/],
    ["rho2.svg", "image/svg+xml", /^<svg /],
    ["roc-class-0.svg", "image/svg+xml", /^<svg /],
  ])("files/%s is there", async (name, mediaType, text) => {
    const { ask } = await servedRun();
    const response = await ask(`${base}/files/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(mediaType);
    expect(await response.text()).toMatch(text);
    const saveAs = response.headers.get("content-disposition");
    expect(saveAs).toBe(mediaType === "image/svg+xml" ? null : `attachment; filename="${name}"`);
  });

  test.each(["roc-class-1.svg", "result.json", "..%2fresult.json", "table.csv%00", "TABLE.CSV"])(
    "files/%s is not",
    async (name) => {
      const { ask } = await servedRun();
      const response = await ask(`${base}/files/${name}`);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("NOT_FOUND");
    },
  );

  test("table.tex is a table, too", async () => {
    const response = await (await servedRun()).ask(`${base}/table.tex`);
    expect(await response.text()).toMatch(/\\begin\{table\}/);
  });
});

describe("the tables", () => {
  const main = {
    model_id: "vanilla",
    model: FORMULA,
    dataset: "synthetic",
    seeds: 1,
    test_images: 3,
    accuracy_mean: 2 / 3,
    accuracy_sd: null,
    rho2_mean: 0.125,
    rho2_correct_mean: null,
    accuracy_at_1_epsilon_reference_mean: 1 / 3,
  };

  test("table as JSON, Parquet and CSV", async () => {
    const { ask } = await servedRun();
    const { rows } = (await (await ask(`${base}/table.json`)).json()) as { rows: object[] };
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject(main);
    const parquet = await ask(`${base}/table.parquet`);
    expect(parquet.headers.get("content-type")).toBe("application/vnd.apache.parquet");
    expect((await parquetRows(parquet))[1]).toMatchObject({ ...main, seeds: 1n, test_images: 3n });
    const csv = await (await ask(`${base}/table.csv`)).text();
    expect(csv).toBe(await (await ask(`${base}/files/table.csv`)).text());
    // The label would run as a formula.
    expect(csv).toContain("\r\nvanilla,'=1+1,synthetic,1,3,0.6666666666666666,,0.125,,");
  });

  test("auc has a row a model, image set and class", async () => {
    const { ask } = await servedRun();
    const { rows } = (await (await ask(`${base}/auc.json`)).json()) as { rows: object[] };
    expect(rows).toHaveLength(2 * 3 * 2);
    expect(rows[0]).toEqual({
      ...{ model_id: "pretrained", model: "Pre-trained", dataset: "synthetic", images: "benign" },
      ...{ class: 0, class_name: "bag", auc_mean: 0.5, auc_sd: null },
    });
    expect(await parquetRows(await ask(`${base}/auc.parquet`))).toHaveLength(12);
    expect((await (await ask(`${base}/auc.csv`)).text()).trimEnd().split("\r\n")).toHaveLength(13);
  });

  test("curves has a row a point, of models that have a curve", async () => {
    const { ask } = await servedRun();
    const { rows } = (await (await ask(`${base}/curves.json`)).json()) as { rows: object[] };
    const expected = [
      { seed: SEED, model: "vanilla", epsilon: 0, correct: 2, of: 3 },
      { seed: SEED, model: "vanilla", epsilon: 0.5, correct: 1, of: 3 },
    ];
    expect(rows).toEqual(expected);
    expect(await (await ask(`${base}/curves.csv`)).text()).toBe(
      "seed,model,epsilon,correct,of\r\n4000000000,vanilla,0,2,3\r\n4000000000,vanilla,0.5,1,3\r\n",
    );
    expect(await parquetRows(await ask(`${base}/curves.parquet`))).toEqual(
      expected.map(({ seed, model, epsilon, correct, of }) => ({
        ...{ seed: BigInt(seed), model, epsilon, correct: BigInt(correct), of: BigInt(of) },
      })),
    );
  });

  test("roc has each curve once as JSON, and a row a vertex otherwise", async () => {
    const { ask } = await servedRun();
    const { curves } = (await (await ask(`${base}/roc.json?model=vanilla&class=1&seed=${SEED}`)).json()) as {
      curves: object[];
    };
    const curve = { auc: 1, positives: 2, negatives: 1, falsePositives: [0, 0, 1], truePositives: [0, 1, 2] };
    expect(curves).toEqual(
      ["benign", "transferred", "own"].map((images) => ({
        seed: SEED,
        model: "vanilla",
        images,
        class: 1,
        ...curve,
      })),
    );
    expect(
      (await (await ask(`${base}/roc.csv?class=0&model=pretrained`)).text()).split("\r\n").slice(0, 4),
    ).toEqual([
      "seed,model,images,class,falsePositives,truePositives,negatives,positives",
      "4000000000,pretrained,benign,0,0,0,2,1",
      "4000000000,pretrained,benign,0,0,1,2,1",
      "4000000000,pretrained,benign,0,2,1,2,1",
    ]);
    // Two models, three image sets, two classes, three vertices.
    const rows = await parquetRows(await ask(`${base}/roc.parquet`));
    expect(rows).toHaveLength(2 * 3 * 2 * 3);
    expect(rows.at(-1)).toEqual({
      ...{ seed: BigInt(SEED), model: "vanilla", images: "own", class: 1n },
      ...{ falsePositives: 1n, truePositives: 2n, negatives: 1n, positives: 2n },
    });
    expect(await (await ask(`${base}/roc.json?class=9`)).json()).toEqual({ curves: [] });
  });

  test.each(["class=-1", "class=1e3", "model=../x", "seed=x", "other=1"])(
    "roc refuses ?%s",
    async (query) => {
      const response = await (await servedRun()).ask(`${base}/roc.csv?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "REQUEST_INVALID" });
    },
  );

  test("images has a row a model and image", async () => {
    const { ask } = await servedRun();
    const csv = (await (await ask(`${base}/images.csv`)).text()).trimEnd().split("\r\n");
    expect(csv).toHaveLength(1 + 2 * 3);
    expect(csv[0]).toBe(
      "seed,model,index,label,predicted,probability,deepfool_predicted,deepfool_probability,deepfool_fooled,deepfool_steps,deepfool_norm,deepfool_rho,fgs_predicted,fgs_probability",
    );
    expect(csv[1]).toBe("4000000000,pretrained,0,0,0,0.5,1,0.625,true,1,0.5,0.25,1,0.5");
    expect(csv[6]).toBe("4000000000,vanilla,2,1,0,0.875,0,0.75,false,6,3,2,0,0.75");
    const rows = await parquetRows(await ask(`${base}/images.parquet`));
    expect(rows).toHaveLength(6);
    expect(rows[1]).toEqual({
      ...{ seed: BigInt(SEED), model: "pretrained", index: 1n, label: 1n, predicted: 1n, probability: 0.75 },
      ...{ deepfool_predicted: 0n, deepfool_probability: 0.5, deepfool_fooled: true, deepfool_steps: 2n },
      ...{ deepfool_norm: 0.25, deepfool_rho: null, fgs_predicted: 1n, fgs_probability: 0.625 },
    });
  });

  test("images says before it begins that a file is missing, or not there yet", async () => {
    const served = await servedRun();
    const hash = served.outputs.get(`seed-${SEED}/vanilla/sweep fgs`)!;
    Deno.removeSync(`${served.folder}/artefacts/${hash.slice(0, 2)}/${hash}`);
    expect((await served.ask(`${base}/images.csv`)).status).toBe(410);
    served.outputs.delete(`seed-${SEED}/vanilla/sweep fgs`);
    const response = await served.ask(`${base}/images.parquet`);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: "RESULT_NOT_READY" });
  });
});

const FORMATS = ["csv", "json", "parquet"];
const PATHS = [
  ...["result.json", "report.html", "files/rho2.svg", "table.tex", "images.csv", "images.parquet"],
  ...["table", "auc", "curves", "roc"].flatMap((name) => FORMATS.map((format) => `${name}.${format}`)),
];

test.each(PATHS)("%s has a strong tag that answers 304, and HEAD without a body", async (path) => {
  const { ask } = await servedRun();
  const got = await ask(`${base}/${path}`);
  const tag = got.headers.get("etag")!;
  expect(tag).toMatch(/^"[0-9a-f]{32}"$/);
  expect((await got.arrayBuffer()).byteLength).toBeGreaterThan(0);

  const again = await ask(`${base}/${path}`, { headers: { "if-none-match": `"other", W/${tag}` } });
  expect(again.status).toBe(304);
  expect(again.headers.get("etag")).toBe(tag);
  expect(await again.text()).toBe("");

  const head = await ask(`${base}/${path}`, { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(head.headers.get("etag")).toBe(tag);
  expect(head.headers.get("content-type")).toBe(got.headers.get("content-type"));
  expect(await head.text()).toBe("");

  expect((await ask(`${base}/${path}`, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
});

test("no two files have one tag", async () => {
  const { ask } = await servedRun();
  const tags = await Promise.all(
    PATHS.map(async (path) => (await ask(`${base}/${path}`)).headers.get("etag")),
  );
  expect(new Set(tags).size).toBe(PATHS.length);
  const filtered = await ask(`${base}/roc.csv?class=1`);
  expect(tags).not.toContain(filtered.headers.get("etag"));
});
