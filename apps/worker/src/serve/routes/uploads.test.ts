import { gzipSync } from "node:zlib";
import {
  DATASET_PARTS,
  uploadedDatasetEntrySchema,
  uploadedWeightsListSchema,
  uploadedWeightsSchema,
} from "@gambeson/contract";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../disk/sha256.ts";
import { ownStore } from "../../disk/in-use.ts";
import { filesBelow } from "../../testing/temporary-folder.ts";
import { idx } from "../../testing/tiny-experiment.ts";
import { safetensorsOf, servedRun, WEIGHTS, type ServedRun } from "../testing/served-run.ts";

type Bytes = Uint8Array<ArrayBuffer>;
const HEADERS = { "content-type": "application/octet-stream" };

const send = (served: ServedRun, path: string, body: BodyInit, headers: Record<string, string> = HEADERS) =>
  // A stream needs `duplex`, which the types do not know.
  served.ask(path, { method: "POST", body, headers, duplex: "half" } as RequestInit);

/** A body that comes in pieces, and may break off. */
function pieces(parts: readonly Bytes[], breaksOff = false): ReadableStream<Bytes> {
  const left = [...parts];
  return new ReadableStream({
    pull: (controller) => {
      const part = left.shift();
      if (part !== undefined) controller.enqueue(part);
      else if (breaksOff) controller.error(new Error("connection reset"));
      else controller.close();
    },
  });
}

/** Sends what is to be refused: the answer, and that nothing is left of it. */
async function refused(served: ServedRun, path: string, body: BodyInit, headers?: Record<string, string>) {
  const before = filesBelow(served.folder);
  const response = await send(served, path, body, headers);
  const problem = (await response.json()) as { code: string; detail: string };
  expect(filesBelow(served.folder)).toEqual(before);
  expect(problem.detail).toMatch(/^Cannot /);
  return [response.status, problem.code, problem.detail] as const;
}

describe("POST /weights", () => {
  const path = "/weights?name=my%20model";
  const fresh = safetensorsOf({
    "dense0.weight": [
      [3, 2],
      [1, 2, 3, 4, 5, 6],
    ],
    "dense0.bias": [[2], [0, 1]],
  });

  test("keeps them, lists them, gives them back", async () => {
    const served = await servedRun();
    const response = await send(served, path, pieces([fresh.slice(0, 5), fresh.slice(5)]));
    expect(response.status).toBe(201);
    const hash = sha256(fresh);
    const entry = v.parse(uploadedWeightsSchema, await response.json());
    expect(entry).toEqual({
      ...{
        sha256: hash,
        name: "my model",
        bytes: fresh.length,
        sizes: [3, 2],
        uploadedAt: "1970-01-01T00:00:00.000Z",
      },
    });
    expect(v.parse(uploadedWeightsListSchema, await (await served.ask("/weights")).json()).weights).toEqual([
      entry,
    ]);
    const location = response.headers.get("location")!;
    expect(location).toBe(`/api/v1/weights/${hash}.safetensors`);
    const back = await served.ask(location.slice("/api/v1".length));
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(fresh);
    expect(filesBelow(`${served.folder}/uploads`)).toEqual([]);
  });

  test("takes what is there already", async () => {
    const served = await servedRun();
    const before = filesBelow(served.folder);
    expect((await send(served, path, WEIGHTS)).status).toBe(201);
    expect(filesBelow(served.folder)).toEqual(before);
  });

  test("mends a damaged file", async () => {
    const served = await servedRun();
    const hash = sha256(WEIGHTS);
    Deno.writeTextFileSync(`${served.folder}/artefacts/${hash.slice(0, 2)}/${hash}`, "damaged");
    expect((await served.ask(`/weights/${hash}.safetensors`)).status).toBe(410);
    expect((await send(served, path, WEIGHTS)).status).toBe(201);
    const back = await served.ask(`/weights/${hash}.safetensors`);
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(WEIGHTS);
  });

  test.each([
    ["nothing", new Uint8Array(), "must be at least 8 bytes long"],
    ["a picture", new Uint8Array(100).fill(0xff), "the header's length must be"],
    ["half a file", WEIGHTS.slice(0, WEIGHTS.length - 1), "the data must be as long as its tensors"],
    ["a header of 2 MB", headerOf(2 ** 21), "its header must have at most 1048576 bytes"],
    ["other tensors", safetensorsOf({ "conv.weight": [[1], [1]] }), 'current value is "conv.weight"'],
    ["no layer", safetensorsOf({ "dense0.bias": [[1], [1]] }), "current value is"],
    ["an empty layer", safetensorsOf({ "dense0.weight": [[0, 4], []] }), "not empty"],
    [
      "layers that do not fit",
      safetensorsOf({
        "dense0.weight": [
          [1, 2],
          [1, 2],
        ],
        "dense1.weight": [
          [3, 1],
          [1, 2, 3],
        ],
      }),
      "the shape of dense1.weight must be [2, 1]: current value is [3, 1]",
    ],
    [
      "a bias that does not fit",
      safetensorsOf({
        "dense0.weight": [
          [1, 2],
          [1, 2],
        ],
        "dense0.bias": [[1], [1]],
      }),
      "the shape of dense0.bias must be [2]",
    ],
    [
      "NaN",
      safetensorsOf({
        "dense0.weight": [
          [1, 2],
          [1, Number.NaN],
        ],
      }),
      "current value is NaN at position 1",
    ],
    [
      "infinity",
      safetensorsOf({ "dense0.weight": [[1, 1], [-Infinity]] }),
      "current value is -Infinity at position 0",
    ],
  ])("refuses %s", async (_, body, sentence) => {
    const [status, code, detail] = await refused(await servedRun(), path, body);
    expect([status, code]).toEqual([422, "FILE_INVALID"]);
    expect(detail).toContain(sentence);
  });

  test("refuses more weights than a model may have", async () => {
    const served = await servedRun({ modelWeights: 8 });
    expect((await send(served, path, fresh)).status).toBe(201);
    const [status, code, detail] = await refused(served, path, WEIGHTS);
    expect([status, code]).toEqual([422, "FILE_INVALID"]);
    expect(detail).toContain("there must be at most 8: current value is 9");
  });

  test("refuses what is too large, told or not", async () => {
    const served = await servedRun({ uploadBytes: fresh.length });
    expect((await send(served, path, fresh)).status).toBe(201);
    const large = [413, "BODY_TOO_LARGE"];
    expect((await refused(served, path, pieces([WEIGHTS]))).slice(0, 2)).toEqual(large);
    const told = { ...HEADERS, "content-length": `${fresh.length + 1}` };
    expect((await refused(served, path, pieces([fresh]), told)).slice(0, 2)).toEqual(large);
  });

  test("stops reading a body without end", async () => {
    const served = await servedRun({ uploadBytes: 1000 });
    let [sent, cancelled] = [0, false];
    const endless = new ReadableStream<Bytes>({
      pull: (controller) => {
        sent += 100;
        controller.enqueue(new Uint8Array(100));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    expect((await refused(served, path, endless))[1]).toBe("BODY_TOO_LARGE");
    expect(cancelled).toBe(true);
    expect(sent).toBeLessThan(2000);
  });

  test("leaves nothing of a body that is cut off", async () => {
    const [status, code] = await refused(await servedRun(), path, pieces([fresh.slice(0, 50)], true));
    expect([status, code]).toEqual([400, "REQUEST_INVALID"]);
  });

  test.each(["application/json", "multipart/form-data; boundary=x", ""])(
    "refuses content of type %j",
    async (type) => {
      const [status, code] = await refused(await servedRun(), path, WEIGHTS, { "content-type": type });
      expect([status, code]).toEqual([415, "MEDIA_TYPE"]);
    },
  );

  test.each([
    "/weights",
    "/weights?name=",
    "/weights?name=%20",
    `/weights?name=${"x".repeat(201)}`,
    "/weights?name=a&x=1",
  ])("refuses %s", async (at) => {
    expect((await refused(await servedRun(), at, WEIGHTS)).slice(0, 2)).toEqual([400, "REQUEST_INVALID"]);
  });

  test("a name is text, whatever it looks like", async () => {
    const served = await servedRun();
    const name = '=cmd|"../../<script>\u0000';
    expect((await send(served, `/weights?name=${encodeURIComponent(name)}`, fresh)).status).toBe(201);
    expect(served.weights[0]!.name).toBe(name);
  });
});

/** Whether `gc` could begin just now. */
async function isFree({ locks }: ServedRun): Promise<boolean> {
  const store = await ownStore(locks, 0);
  store?.close();
  return store !== null;
}

describe("gc beside uploads", () => {
  const file = safetensorsOf({ "dense0.weight": [[1, 1], [7]] });
  const images = () => FILES["train-images"];
  const isAnswered = (answer: Promise<Response>) =>
    Promise.race([answer.then(() => true), new Promise((resolve) => setTimeout(resolve, 50, false))]);

  test.each([
    ["/weights?name=a", () => file],
    ["/artefacts?kind=idx", images],
  ])("%s holds it off from the first byte on", async (path, content) => {
    const served = await servedRun();
    let goOn = (): void => undefined;
    const stalled = new ReadableStream<Bytes>({
      start: (controller) => {
        controller.enqueue(content().slice(0, 9));
        goOn = () => {
          controller.enqueue(content().slice(9));
          controller.close();
        };
      },
    });
    const answer = send(served, path, stalled);
    expect(await isAnswered(answer)).toBe(false);
    expect(await isFree(served)).toBe(false);
    goOn();
    expect((await answer).status).toBe(201);
    expect(await isFree(served)).toBe(true);
  });

  test.each(["/weights?name=a", "/artefacts?kind=idx", "/datasets"])("%s waits for it", async (path) => {
    const served = await servedRun();
    const parts = await upload(served);
    const store = (await ownStore(served.locks, 1000))!;
    const answer =
      path === "/datasets"
        ? post(served, { title: "Mine", parts })
        : send(served, path, path.startsWith("/weights") ? file : images());
    expect(await isAnswered(answer)).toBe(false);
    store.close();
    expect((await answer).status).toBe(201);
  });

  test("is held off until what was kept is referred to, and not by what is refused", async () => {
    const served = await servedRun();
    const { library } = served.context.state;
    const free: boolean[] = [];
    for (const name of ["addWeights", "addDataset"] as const)
      Object.assign(library, { [name]: async () => void free.push(await isFree(served)) });
    expect((await send(served, "/weights?name=a", file)).status).toBe(201);
    expect((await post(served, { title: "Mine", parts: await upload(served) })).status).toBe(201);
    expect(free).toEqual([false, false]);
    await refused(served, "/weights?name=a", file.slice(1));
    await refused(served, "/artefacts?kind=idx", images().slice(1));
    expect(await isFree(served)).toBe(true);
  });

  test("spares by its age what was there already and is sent again", async () => {
    const served = await servedRun();
    const hash = sha256(WEIGHTS);
    const path = `${served.folder}/artefacts/${hash.slice(0, 2)}/${hash}`;
    await Deno.utime(path, 1, 1);
    const before = Date.now();
    expect((await send(served, "/weights?name=a", WEIGHTS)).status).toBe(201);
    // Files' times may be kept to the second.
    expect((await Deno.stat(path)).mtime!.getTime()).toBeGreaterThanOrEqual(before - 1000);
    expect(await served.context.artefacts.read(hash)).toEqual(WEIGHTS);
  });
});

/** A safetensors file whose header is so long. */
function headerOf(length: number): Bytes {
  const bytes = new Uint8Array(8 + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(new TextEncoder().encode("{}"), 8);
  return bytes;
}

const PIXELS = Uint8Array.from({ length: 4 * 2 * 3 }, (_, i) => i);
const FILES = {
  "train-images": bytes(idx(3, [4, 2, 3], PIXELS)),
  "train-labels": bytes(idx(1, [4], Uint8Array.of(0, 1, 2, 0))),
  "test-images": bytes(idx(3, [2, 2, 3], PIXELS.subarray(12))),
  "test-labels": bytes(idx(1, [2], Uint8Array.of(2, 1))),
};
type Parts = Partial<Record<keyof typeof FILES, Bytes>>;

function bytes(from: Uint8Array): Bytes {
  return new Uint8Array(from);
}

describe("POST /artefacts", () => {
  const path = "/artefacts?kind=idx";

  test.each([
    ["plain", (file: Bytes) => [file]],
    ["gzipped", (file: Bytes) => [bytes(gzipSync(file))]],
    [
      "gzipped, byte by byte",
      (file: Bytes) => Array.from(bytes(gzipSync(file)), (byte) => Uint8Array.of(byte)),
    ],
  ])("keeps IDX that is %s, uncompressed", async (_, sent) => {
    const served = await servedRun();
    for (const [part, file] of Object.entries(FILES)) {
      const response = await send(served, path, pieces(sent(file)));
      expect(response.status).toBe(201);
      const images = part.endsWith("images");
      const count = part.startsWith("train") ? 4 : 2;
      expect(await response.json()).toEqual({
        sha256: sha256(file),
        holds: images ? "images" : "labels",
        sizes: images ? [count, 2, 3] : [count],
      });
      expect(await served.context.artefacts.read(sha256(file))).toEqual(file);
    }
    expect(filesBelow(`${served.folder}/uploads`)).toEqual([]);
  });

  const images = FILES["train-images"];
  test.each([
    ["nothing", new Uint8Array(), "must have 16 bytes: current value is 0"],
    ["one byte of gzip", Uint8Array.of(0x1f), "must have 16 bytes: current value is 1"],
    ["another file", WEIGHTS, "its first four bytes must be"],
    ["a file cut short", images.slice(0, -1), "is truncated"],
    ["a file that goes on", bytes(Uint8Array.of(...images, 0)), "has trailing bytes"],
    ["no image", bytes(idx(3, [0, 2, 3], new Uint8Array())), "its count must be at least 1"],
    ["a huge image", bytes(idx(3, [1, 4097, 1], new Uint8Array(4097))), "its height must be 1 to 4096"],
    ["floats", bytes(images.with(2, 0x0d)), "its first four bytes must be"],
    ["gzip cut short", bytes(gzipSync(images)).slice(0, -9), "must be a whole gzip file"],
    ["gzip with a flipped bit", flipped(bytes(gzipSync(images))), "must be a whole gzip file"],
    ["gzip of something else", bytes(gzipSync("hello, hello, hello")), "its first four bytes must be"],
  ])("refuses %s", async (_, body, sentence) => {
    const [status, code, detail] = await refused(await servedRun(), path, body);
    expect([status, code]).toEqual([422, "FILE_INVALID"]);
    expect(detail).toContain(sentence);
  });

  test("refuses a gzip bomb before it has filled memory or disk", async () => {
    const served = await servedRun({ uploadBytes: 100_000 });
    const bomb = bytes(gzipSync(new Uint8Array(64_000_000)));
    expect(bomb.length).toBeLessThan(100_000);
    let written = 0;
    const { open } = Deno;
    Deno.open = async (...args) => {
      const file = await open(...args);
      const write = file.write.bind(file);
      file.write = async (chunk) => {
        written += chunk.length;
        return write(chunk);
      };
      return file;
    };
    try {
      expect((await refused(served, path, bomb)).slice(0, 2)).toEqual([413, "BODY_TOO_LARGE"]);
    } finally {
      Deno.open = open;
    }
    expect(written).toBeLessThanOrEqual(100_000);
  });

  test("refuses what is too large as it is sent", async () => {
    const served = await servedRun({ uploadBytes: 30 });
    expect((await refused(served, path, images)).slice(0, 2)).toEqual([413, "BODY_TOO_LARGE"]);
  });

  test.each([[images], [bytes(gzipSync(images))]])(
    "leaves nothing of a body that is cut off",
    async (file) => {
      const [status, code] = await refused(await servedRun(), path, pieces([file.slice(0, 25)], true));
      expect([status, code]).toEqual([400, "REQUEST_INVALID"]);
    },
  );

  test.each(["/artefacts", "/artefacts?kind=other", "/artefacts?kind=idx&path=/etc"])(
    "refuses %s",
    async (at) => {
      expect((await refused(await servedRun(), at, images)).slice(0, 2)).toEqual([400, "REQUEST_INVALID"]);
    },
  );

  test("refuses another type", async () => {
    const json = { "content-type": "application/json" };
    expect((await refused(await servedRun(), path, images, json)).slice(0, 2)).toEqual([415, "MEDIA_TYPE"]);
  });
});

function flipped(file: Bytes): Bytes {
  const at = file.length - 6; // In the checksum.
  return file.with(at, file[at]! ^ 1);
}

async function upload(served: ServedRun, changes: Parts = {}): Promise<Record<string, string>> {
  const parts: Record<string, string> = {};
  for (const [part, file] of Object.entries({ ...FILES, ...changes })) {
    const response = await send(served, "/artefacts?kind=idx", file);
    parts[part] = ((await response.json()) as { sha256: string }).sha256;
  }
  return parts;
}
const post = (served: ServedRun, body: unknown) =>
  send(served, "/datasets", JSON.stringify(body), { "content-type": "application/json" });

describe("POST /datasets", () => {
  test("makes a data set that its files name", async () => {
    const served = await servedRun();
    const parts = await upload(served);
    const response = await post(served, { title: " Mine ", parts });
    expect(response.status).toBe(201);
    const joined = new TextEncoder().encode(DATASET_PARTS.map((part) => sha256(FILES[part])).join(""));
    const entry = {
      ...{ name: `upload-${sha256(joined).slice(0, 16)}`, title: "Mine" },
      ...{ train: 4, test: 2, height: 2, width: 3, classCount: 3 },
    };
    expect(v.parse(uploadedDatasetEntrySchema, await response.json())).toEqual(entry);
    expect(served.datasets).toEqual([{ ...entry, parts }]);
  });

  test.each<readonly [string, Parts, string]>([
    ["images for labels", { "train-labels": FILES["train-images"] }, "train-labels must hold labels"],
    ["labels for images", { "test-images": FILES["test-labels"] }, "test-images must hold images"],
    ["a label too few", { "test-labels": bytes(idx(1, [1], Uint8Array.of(1))) }, "2 images, 1 labels"],
    [
      "another size",
      { "test-images": bytes(idx(3, [2, 3, 2], PIXELS.subarray(12))) },
      "must have one size: current value is 2x3 and 3x2",
    ],
    [
      "a class without a training image",
      { "test-labels": bytes(idx(1, [2], Uint8Array.of(0, 4))) },
      "none of 3",
    ],
    [
      "one class",
      {
        "train-labels": bytes(idx(1, [4], new Uint8Array(4))),
        "test-labels": bytes(idx(1, [2], new Uint8Array(2))),
      },
      "at least two classes",
    ],
  ])("refuses %s", async (_, changes, sentence) => {
    const served = await servedRun();
    const parts = await upload(served, changes);
    const response = await post(served, { title: "Mine", parts });
    const problem = (await response.json()) as { detail: string };
    expect([response.status, problem]).toMatchObject([422, { code: "FILE_INVALID" }]);
    expect(problem.detail).toContain(sentence);
    expect(served.datasets).toEqual([]);
  });

  test("refuses files that were not uploaded, and other artefacts", async () => {
    const served = await servedRun();
    const parts = await upload(served);
    for (const hash of ["0".repeat(64), sha256(WEIGHTS)]) {
      const response = await post(served, { title: "Mine", parts: { ...parts, "train-images": hash } });
      expect([response.status, await response.json()]).toMatchObject([422, { code: "FILE_INVALID" }]);
    }
  });

  test.each([
    ["no title", (parts: object) => ({ parts })],
    ["a blank title", (parts: object) => ({ title: " ", parts })],
    ["a part missing", (parts: object) => ({ title: "x", parts: { ...parts, "test-labels": undefined } })],
    [
      "a path for a part",
      (parts: object) => ({ title: "x", parts: { ...parts, "test-labels": "../../etc/passwd" } }),
    ],
    ["an unknown key", (parts: object) => ({ title: "x", parts, path: "/etc" })],
    ["no object", () => 7],
  ])("refuses %s", async (_, body) => {
    const served = await servedRun();
    const response = await post(served, body(await upload(served)));
    expect([response.status, await response.json()]).toMatchObject([400, { code: "REQUEST_INVALID" }]);
  });

  test("refuses a body that is too large, or no JSON", async () => {
    const served = await servedRun({ jsonBytes: 100 });
    expect((await post(served, { title: "x".repeat(200) })).status).toBe(413);
    const json = { "content-type": "application/json" };
    expect((await send(served, "/datasets", "{", json)).status).toBe(400);
    expect((await send(served, "/datasets", "{}")).status).toBe(415);
  });
});
