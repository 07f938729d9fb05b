import { describe, expect, test } from "vitest";
import { sha256 } from "../../disk/sha256.ts";
import { SEED } from "../testing/small-result.ts";
import { RUN, safetensorsOf, servedRun, WEIGHTS } from "../testing/served-run.ts";

const HASH = sha256(WEIGHTS);
const ADDRESSES = [`/weights/${HASH}.safetensors`, `/runs/${RUN}/weights/${SEED}/vanilla.safetensors`];
const SIZE = WEIGHTS.length;
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe.each(ADDRESSES)("GET %s", (address) => {
  test("gives the file, by its SHA-256", async () => {
    const response = await (await servedRun()).ask(address);
    expect(response.status).toBe(200);
    expect(await bytesOf(response)).toEqual(WEIGHTS);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "content-disposition": `attachment; filename="${HASH.slice(0, 16)}.safetensors"`,
      "content-length": `${SIZE}`,
      "content-type": "application/octet-stream",
      etag: `"${HASH}"`,
    });
    const isNamedByHash = address.startsWith("/weights");
    expect(response.headers.get("cache-control")).toBe(
      isNamedByHash ? "private, max-age=31536000, immutable" : "private, no-cache",
    );
  });

  test("HEAD tells the same without the file, whatever Range says", async () => {
    const { ask } = await servedRun();
    const head = await ask(address, { method: "HEAD", headers: { range: "bytes=0-0" } });
    expect([head.status, head.headers.get("content-length"), head.headers.get("etag")]).toEqual([
      200,
      `${SIZE}`,
      `"${HASH}"`,
    ]);
    expect(await head.text()).toBe("");
  });

  test.each([
    ["bytes=0-0", 0, 1],
    ["bytes=-5", SIZE - 5, SIZE],
    ["bytes=5-", 5, SIZE],
    ["bytes=8-15", 8, 16],
    [`bytes=${SIZE - 1}-${SIZE + 100}`, SIZE - 1, SIZE],
    [`bytes=-${SIZE + 1}`, 0, SIZE],
  ])("Range: %s gives that part", async (range, from, to) => {
    const response = await (await servedRun()).ask(address, { headers: { range } });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe(`bytes ${from}-${to - 1}/${SIZE}`);
    expect(response.headers.get("content-length")).toBe(`${to - from}`);
    expect(await bytesOf(response)).toEqual(WEIGHTS.subarray(from, to));
  });

  test.each(["bytes=0-1,3-4", "bytes=5-2", "items=0-1", "bytes=", "bytes=-", "bytes=a-b", "bytes 0-1"])(
    "Range: %s gives the whole",
    async (range) => {
      const response = await (await servedRun()).ask(address, { headers: { range } });
      expect(response.status).toBe(200);
      expect(await bytesOf(response)).toEqual(WEIGHTS);
    },
  );

  test.each([`bytes=${SIZE}-`, `bytes=${SIZE + 5}-${SIZE + 9}`, "bytes=-0"])(
    "Range: %s is refused",
    async (range) => {
      const response = await (await servedRun()).ask(address, { headers: { range } });
      expect(response.status).toBe(416);
      expect(response.headers.get("content-range")).toBe(`bytes */${SIZE}`);
      expect(await response.json()).toMatchObject({ code: "RANGE_NOT_SATISFIABLE" });
    },
  );

  test.each([
    [`"${HASH}"`, 206],
    ['"other"', 200],
    [`W/"${HASH}"`, 200],
    ["Wed, 21 Oct 2026 07:28:00 GMT", 200],
  ])("If-Range: %s", async (ifRange, status) => {
    const response = await (
      await servedRun()
    ).ask(address, { headers: { range: "bytes=0-0", "if-range": ifRange } });
    expect(response.status).toBe(status);
    await response.body?.cancel();
  });

  test.each([`"${HASH}"`, `W/"${HASH}"`, `"a", "${HASH}"`, "*"])(
    "If-None-Match: %s answers 304",
    async (known) => {
      const response = await (
        await servedRun()
      ).ask(address, { headers: { "if-none-match": known, range: "bytes=0-0" } });
      expect([response.status, await response.text()]).toEqual([304, ""]);
    },
  );

  test("says that the file is missing or damaged", async () => {
    const served = await servedRun();
    const path = `${served.folder}/artefacts/${HASH.slice(0, 2)}/${HASH}`;
    await Deno.writeFile(path, WEIGHTS.with(SIZE - 1, 1));
    expect((await served.ask(address)).status).toBe(410);
    await Deno.remove(path);
    const response = await served.ask(address);
    expect([response.status, await response.json()]).toMatchObject([410, { code: "ARTEFACT_MISSING" }]);
  });
});

describe("weights' addresses", () => {
  test.each([
    `/weights/${"0".repeat(64)}.safetensors`,
    `/weights/${HASH.slice(1)}.safetensors`,
    `/weights/${HASH}0.safetensors`,
    `/weights/${HASH}`,
    `/weights/${HASH.toUpperCase()}.safetensors`,
    `/weights/..%2f${HASH}.safetensors`,
    `/weights/${"0".repeat(64)}/model.json`,
    `/weights/${"0".repeat(64)}/weights.bin`,
    "/weights/x/model.json",
    `/runs/${RUN}/weights/1/vanilla.safetensors`,
    `/runs/${RUN}/weights/${SEED}/other.safetensors`,
    `/runs/r0000000000000000002/weights/${SEED}/vanilla.safetensors`,
  ])("%s is none", async (path) => {
    expect((await (await servedRun()).ask(path)).status).toBe(404);
  });

  test("give no other artefact of a run", async () => {
    const { ask, outputs } = await servedRun();
    for (const hash of outputs.values()) {
      expect((await ask(`/weights/${hash}.safetensors`)).status).toBe(hash === HASH ? 200 : 404);
    }
  });

  test("of a model that is not trained yet say so", async () => {
    const response = await (await servedRun()).ask(`/runs/${RUN}/weights/${SEED}/pretrained.safetensors`);
    expect([response.status, await response.json()]).toMatchObject([409, { code: "RESULT_NOT_READY" }]);
  });
});

// That TensorFlow.js 4.22 loads this and computes what loadMlp does was tried; what it needs is pinned here.
describe("the layers model", () => {
  test("model.json is a Sequential of Dense layers", async () => {
    const response = await (await servedRun()).ask(`/weights/${HASH}/model.json`);
    expect(response.headers.get("content-type")).toBe("application/json");
    const dense = { trainable: true, dtype: "float32", use_bias: true };
    expect(await response.json()).toEqual({
      ...{ format: "layers-model", generatedBy: "gambeson", convertedBy: null },
      modelTopology: {
        ...{ class_name: "Sequential", keras_version: "tfjs-layers 4.22.0", backend: "tensor_flow.js" },
        config: {
          name: "mlp",
          layers: [
            {
              class_name: "Dense",
              config: {
                ...dense,
                name: "dense0",
                batch_input_shape: [null, 2],
                units: 2,
                activation: "relu",
              },
            },
            { class_name: "Dense", config: { ...dense, name: "dense1", units: 1, activation: "linear" } },
          ],
        },
      },
      weightsManifest: [
        {
          paths: ["weights.bin"],
          weights: [
            { name: "dense0/kernel", shape: [2, 2], dtype: "float32" },
            { name: "dense0/bias", shape: [2], dtype: "float32" },
            { name: "dense1/kernel", shape: [2, 1], dtype: "float32" },
            { name: "dense1/bias", shape: [1], dtype: "float32" },
          ],
        },
      ],
    });
  });

  test("weights.bin has them in that order", async () => {
    const response = await (await servedRun()).ask(`/weights/${HASH}/weights.bin`);
    expect([...new Float32Array(await response.arrayBuffer())]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("does without a bias where the file has none", async () => {
    const served = await servedRun();
    const sha = await served.context.artefacts.keep(
      safetensorsOf({
        "dense0.weight": [
          [2, 1],
          [1, 2],
        ],
      }),
    );
    served.weights.push({ sha256: sha, name: "w", bytes: 1, sizes: [2, 1], uploadedAt: "" });
    expect(await (await served.ask(`/weights/${sha}/model.json`)).json()).toMatchObject({
      modelTopology: { config: { layers: [{ config: { use_bias: false, activation: "linear" } }] } },
      weightsManifest: [{ weights: [{ name: "dense0/kernel", shape: [2, 1], dtype: "float32" }] }],
    });
    const bin = await served.ask(`/weights/${sha}/weights.bin`);
    expect([...new Float32Array(await bin.arrayBuffer())]).toEqual([1, 2]);
  });

  test.each(["model.json", "weights.bin"])("%s answers HEAD and If-None-Match", async (name) => {
    const { ask } = await servedRun();
    const head = await ask(`/weights/${HASH}/${name}`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const again = await ask(`/weights/${HASH}/${name}`, {
      headers: { "if-none-match": head.headers.get("etag")! },
    });
    expect(again.status).toBe(304);
  });
});
