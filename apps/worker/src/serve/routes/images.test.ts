import { inflateSync } from "node:zlib";
import { imageListSchema, type ImageList } from "@gambeson/contract";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { SEED } from "../testing/small-result.ts";
import { DEEP_FOOL, IMAGES, RUN, servedRun, type ServedRun } from "../testing/served-run.ts";

const base = `/runs/${RUN}/images`;

async function list(query: string): Promise<ImageList> {
  const response = await (await servedRun()).ask(`${base}?${query}`);
  expect(response.status).toBe(200);
  return v.parse(imageListSchema, await response.json());
}

describe("GET /runs/:id/images", () => {
  test("shows how the first model took each image", async () => {
    const { images, total, next } = await list("");
    expect([total, next, images.map(({ index }) => index)]).toEqual([3, null, [0, 1, 2]]);
    expect(images[0]).toEqual({
      ...{ seed: SEED, model: "pretrained", index: 0, label: 0, predicted: 0, probability: 0.5 },
      deepFool: { predicted: 1, probability: 0.625, fooled: true, steps: 1, norm: 0.5, rho: 0.25 },
      fgs: { predicted: 1, probability: 0.5 },
    });
    // A blank image has no relative norm.
    expect(images[1]!.deepFool.rho).toBeNull();
  });

  test.each([
    ["class=1", [1, 2]],
    ["class=2", []],
    ["fooled=true", [0, 1]],
    ["fooled=false", [2]],
    ["correct=true", [0, 1]],
    ["correct=false", [2]],
    ["class=1&fooled=true&correct=true", [1]],
    [`model=vanilla&seed=${SEED}&class=0`, [0]],
  ])("filters by %s", async (query, indices) => {
    const { images, total } = await list(query);
    expect(images.map(({ index }) => index)).toEqual(indices);
    expect(total).toBe(indices.length);
    for (const { model } of images) expect(model).toBe(query.startsWith("model") ? "vanilla" : "pretrained");
  });

  test("pages", async () => {
    const first = await list("limit=2");
    expect([first.images.length, first.total, first.next]).toEqual([2, 3, 2]);
    const second = await list("limit=2&from=2");
    expect([second.images.map(({ index }) => index), second.total, second.next]).toEqual([[2], 3, null]);
    // The image that a page ends before fits the filters.
    expect((await list("limit=1&class=1")).next).toBe(2);
    expect((await list("from=3")).images).toEqual([]);
  });

  test.each(["limit=0", "limit=1001", "from=-1", "class=256", "fooled=yes", "model=A", "x=1"])(
    "refuses ?%s",
    async (query) => {
      const response = await (await servedRun()).ask(`${base}?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "REQUEST_INVALID" });
    },
  );

  test.each([
    ["model=other", 404, "NOT_FOUND"],
    ["seed=2", 404, "NOT_FOUND"],
  ])("knows no ?%s", async (query, status, code) => {
    const response = await (await servedRun()).ask(`${base}?${query}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });

  test("refuses as long as the model has not been attacked", async () => {
    const served = await servedRun();
    served.outputs.delete(`seed-${SEED}/pretrained/evaluate images`);
    served.run = { ...served.run, state: "running" };
    const response = await served.ask(base);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: "RESULT_NOT_READY",
      detail: expect.stringMatching(
        /task seed-4000000000\/pretrained\/evaluate must have finished/,
      ) as string,
    });
  });
});

describe("what is kept ready", () => {
  const rows = `seed-${SEED}/pretrained/evaluate images`;
  const fgs = `seed-${SEED}/pretrained/sweep fgs`;
  const pathOf = ({ folder, outputs }: ServedRun, output: string) => {
    const hash = outputs.get(output)!;
    return `${folder}/artefacts/${hash.slice(0, 2)}/${hash}`;
  };

  test("rows are read once, an image's file for its own bytes alone", async () => {
    const served = await servedRun();
    const reads: number[] = [];
    const { artefacts } = served.context;
    const { read } = artefacts;
    Object.assign(artefacts, {
      read: async (...args: Parameters<typeof read>) => {
        const bytes = await read(...args);
        reads.push(bytes.length);
        return bytes;
      },
    });
    const first = await (await served.ask(base)).text();
    expect(reads.length).toBeGreaterThan(0);
    reads.length = 0;
    expect(await (await served.ask(base)).text()).toBe(first);
    expect(await (await served.ask(`${base}?class=1`)).json()).toMatchObject({ total: 2 });
    expect(reads).toEqual([]);

    const image = await (await served.ask(`${base}/0.f32`)).arrayBuffer();
    reads.length = 0;
    expect(await (await served.ask(`${base}/0.f32`)).arrayBuffer()).toEqual(image);
    expect(reads).toEqual([6]); // A byte a pixel.
  });

  test.each([
    ["", rows],
    ["", fgs],
    ["/0.png", "prepare testImages"],
    ["/0.png?view=deepfool", "prepare testImages"],
    ["/0.png?view=deepfool", `seed-${SEED}/pretrained/evaluate deepfool`],
    ["/0.png?view=fgs", fgs],
  ])("but %s is not given once %s is damaged, or gone; and again when it is whole", async (path, output) => {
    const served = await servedRun();
    const file = pathOf(served, output);
    const whole = await Deno.readFile(file);
    expect((await served.ask(`${base}${path}`)).status).toBe(200);
    await Deno.writeFile(file, whole.with(whole.length - 1, whole.at(-1)! ^ 1));
    const response = await served.ask(`${base}${path}`);
    expect([response.status, await response.json()]).toMatchObject([
      410,
      { code: "ARTEFACT_MISSING", detail: expect.stringMatching(/; retry the run/) as string },
    ]);
    await Deno.remove(file);
    expect((await served.ask(`${base}${path}`)).status).toBe(410);
    await Deno.writeFile(file, whole);
    expect((await served.ask(`${base}${path}`)).status).toBe(200);
  });
});

async function exact(path: string): Promise<number[]> {
  const response = await (await servedRun()).ask(`${base}/${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("x-gambeson-shape")).toBe("2,3");
  const bytes = await response.arrayBuffer();
  expect(bytes.byteLength).toBe(24);
  return Array.from({ length: 6 }, (_, i) => new DataView(bytes).getFloat32(4 * i, true));
}

const float = (values: readonly number[]) => values.map(Math.fround);

describe("GET /runs/:id/images/:index.f32", () => {
  test("gives the image as the models see it", async () => {
    expect(await exact("0.f32")).toEqual(float([0, 51 / 255, 102 / 255, 153 / 255, 204 / 255, 1]));
    expect(await exact("2.f32")).toEqual(float(Array.from(IMAGES.subarray(12), (value) => value / 255)));
  });

  test("gives DeepFool's image to the last bit", async () => {
    expect(await exact("2.f32?view=deepfool&model=vanilla")).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await exact("0.f32?view=deepfool")).toEqual([...DEEP_FOOL.subarray(0, 6)]);
  });

  test("moves the image by epsilon along FGS's signs", async () => {
    // By default the config's epsilon, 0.25; signs 0 + - 0 + -.
    expect(await exact("0.f32?view=fgs")).toEqual(
      float([
        0,
        Math.fround(51 / 255) + 0.25,
        Math.fround(102 / 255) - 0.25,
        153 / 255,
        Math.fround(204 / 255) + 0.25,
        0.75,
      ]),
    );
    expect(await exact("1.f32?view=fgs&epsilon=0.5")).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(await exact("1.f32?view=fgs&epsilon=0")).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("clips FGS's image where the config does", async () => {
    const served = await servedRun();
    const { config } = served.run;
    served.run = {
      ...served.run,
      config: { ...config, evaluation: { ...config.evaluation, fgs: { clip: true } } },
    };
    const bytes = await (await served.ask(`${base}/1.f32?view=fgs&epsilon=3`)).arrayBuffer();
    expect([...new Float32Array(bytes)]).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

/** The pixels of an 8-bit grey PNG whose rows are not filtered, and its sizes. */
function decodePng(bytes: Uint8Array): { width: number; height: number; pixels: number[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  expect([...bytes.subarray(24, 29)]).toEqual([8, 0, 0, 0, 0]);
  expect(new TextDecoder().decode(bytes.subarray(37, 41))).toBe("IDAT");
  const rows = inflateSync(bytes.subarray(41, 41 + view.getUint32(33)));
  const pixels = Array.from({ length: height }, (_, y) => {
    expect(rows[y * (width + 1)]).toBe(0);
    return [...rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))];
  });
  return { width, height, pixels: pixels.flat() };
}

async function png(path: string) {
  const response = await (await servedRun()).ask(`${base}/${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("image/png");
  return decodePng(new Uint8Array(await response.arrayBuffer()));
}

describe("GET /runs/:id/images/:index.png", () => {
  test("draws the image", async () => {
    expect(await png("0.png")).toEqual({ width: 3, height: 2, pixels: [...IMAGES.subarray(0, 6)] });
  });

  test("draws each pixel as a square", async () => {
    expect(await png("0.png?scale=2")).toEqual({
      ...{ width: 6, height: 4 },
      pixels: [
        ...[0, 0, 51, 51, 102, 102],
        ...[0, 0, 51, 51, 102, 102],
        ...[153, 153, 204, 204, 255, 255],
        ...[153, 153, 204, 204, 255, 255],
      ],
    });
  });

  test("clamps and rounds what an attack led beyond black and white", async () => {
    // -0.5, 0, 0.25, 0.5, 0.75, 1.5; 63.75, 127.5, 191.25
    expect((await png("0.png?view=deepfool")).pixels).toEqual([0, 0, 64, 128, 191, 255]);
  });

  test("refuses a picture of more than 4,194,304 pixels", async () => {
    const served = await servedRun();
    const { writeSafetensors } = await import("@gambeson/models/safetensors");
    const large = writeSafetensors([
      { name: "images", dtype: "U8", shape: [1, 512, 512], data: new Uint8Array(512 * 512) },
    ]);
    served.outputs.set("prepare testImages", await served.context.artefacts.keep(large));
    expect((await served.ask(`${base}/0.png?scale=4`)).status).toBe(200);
    const response = await served.ask(`${base}/0.png?scale=5`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "REQUEST_INVALID" });
  });
});

describe("an image's address", () => {
  test.each([
    ["3.png", 404, "NOT_FOUND"],
    ["9999999999.f32?view=deepfool", 404, "NOT_FOUND"],
    ["99999999999.png", 404, "NOT_FOUND"],
    ["0.png?model=other", 404, "NOT_FOUND"],
    ["0.png?scale=0", 400, "REQUEST_INVALID"],
    ["0.png?scale=33", 400, "REQUEST_INVALID"],
    ["0.png?view=other", 400, "REQUEST_INVALID"],
    ["0.f32?epsilon=-1", 400, "REQUEST_INVALID"],
    ["0.f32?epsilon=101", 400, "REQUEST_INVALID"],
    ["0.f32?epsilon=1e3", 400, "REQUEST_INVALID"],
  ])("%s is refused", async (path, status, code) => {
    const response = await (await servedRun()).ask(`${base}/${path}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });

  test.each(["x.png", "0.gif", "-1.png", "0.png.f32"])("%s is none", async (path) => {
    expect((await (await servedRun()).ask(`${base}/${path}`)).status).toBe(404);
  });

  test("never changes what it gives, so that it is asked once", async () => {
    const { ask } = await servedRun();
    const tags = new Set<string>();
    const paths = [
      ...["0.png", "0.f32", "1.png", "0.png?scale=2", "0.png?view=deepfool", "0.png?view=fgs"],
      "0.png?view=fgs&epsilon=0.5",
    ];
    for (const path of paths) {
      const response = await ask(`${base}/${path}`);
      expect(response.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
      const tag = response.headers.get("etag")!;
      tags.add(tag);
      const again = await ask(`${base}/${path}`, { headers: { "if-none-match": tag } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
      const head = await ask(`${base}/${path}`, { method: "HEAD" });
      expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, tag, ""]);
      expect(head.headers.get("content-length")).toBe(`${(await response.arrayBuffer()).byteLength}`);
    }
    expect(tags.size).toBe(paths.length);
  });

  test.each(["0.png", "0.f32"])("may change as long as the run goes on: %s", async (path) => {
    const served = await servedRun();
    served.run = { ...served.run, state: "running" };
    const response = await served.ask(`${base}/${path}`);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "private, no-cache"]);
  });

  test("reads a few bytes of large files only", async () => {
    const served = await servedRun();
    let most = 0;
    const { artefacts } = served.context;
    const { read } = artefacts;
    Object.assign(artefacts, {
      read: async (...args: Parameters<typeof read>) => {
        const bytes = await read(...args);
        most = Math.max(most, bytes.length);
        return bytes;
      },
    });
    const { writeSafetensors } = await import("@gambeson/models/safetensors");
    const count = 50_000;
    const file = writeSafetensors([
      { name: "images", dtype: "U8", shape: [count, 2, 3], data: new Uint8Array(6 * count).fill(255) },
    ]);
    served.outputs.set("prepare testImages", await artefacts.keep(file));
    const response = await served.ask(`${base}/${count - 1}.f32`);
    expect([...new Float32Array(await response.arrayBuffer())]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(file.length).toBeGreaterThan(300_000);
    expect(most).toBeLessThanOrEqual(16 * 1024);
  });
});
