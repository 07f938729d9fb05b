import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
import { loadIdxFolder } from "./load-idx-folder.ts";
import { imageBytes, labelBytes } from "./testing/idx-bytes.ts";
import { createMemoryFiles } from "./testing/memory-files.ts";

const TRAIN_LABELS = labelBytes([0, 2, 1]);

const MINE = {
  "my/set/train-images-idx3-ubyte.gz": Uint8Array.from(gzipSync(imageBytes([3, 1, 2], [1, 2, 3, 4, 5, 6]))),
  "my/set/train-labels.idx1-ubyte": TRAIN_LABELS,
  "my/set/t10k-images.idx3-ubyte.gz": Uint8Array.from(gzipSync(imageBytes([1, 1, 2], [5, 6]))),
  "my/set/t10k-labels-idx1-ubyte": labelBytes([1]),
};

const names = (text: string) => ({ "my/set/classes.txt": new TextEncoder().encode(text) });

describe("loadIdxFolder()", () => {
  test("reads gzipped and plain files under either spelling, and numbers the classes", async () => {
    const dataset = await loadIdxFolder("my/set/", createMemoryFiles(MINE));
    expect(dataset).toMatchObject({
      name: "set",
      title: "IDX folder set",
      classNames: ["class 0", "class 1", "class 2"],
      height: 1,
      width: 2,
      synthetic: false,
      warning: null,
    });
    expect([...dataset.train.images]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...dataset.test.labels]).toEqual([1]);
    expect(dataset.train.labelsSha256).toBe(createHash("sha256").update(TRAIN_LABELS).digest("hex"));
  });

  test("takes the classes from classes.txt", async () => {
    const { classNames } = await loadIdxFolder(
      "my/set",
      createMemoryFiles({ ...MINE, ...names("cat\r\ndog\ncow\nowl\n") }),
    );
    expect(classNames).toEqual(["cat", "dog", "cow", "owl"]);
  });

  test.each([
    ["training", { "my/set/train-labels.idx1-ubyte": labelBytes([0, 250, 1]) }, 250, 2],
    ["test", { "my/set/t10k-labels-idx1-ubyte": labelBytes([4]) }, 4, 3],
  ])(
    "refuses a stray %s label unless classes.txt names the empty classes",
    async (_, changed, largest, empty) => {
      const files = { ...MINE, ...changed };
      await expect(loadIdxFolder("my/set", createMemoryFiles(files))).rejects.toThrow(
        new RangeError(
          `Cannot use my/set as every class from 0 to its largest label, ${largest}, must have a training image: ` +
            `current value has none of class ${empty} (where that is meant, a classes.txt must name every class, the empty ones too)`,
        ),
      );
      const named = createMemoryFiles({ ...files, ...names("x\n".repeat(largest + 1)) });
      expect((await loadIdxFolder("my/set", named)).classNames).toHaveLength(largest + 1);
    },
  );

  test("refuses a label that classes.txt does not name", async () => {
    await expect(
      loadIdxFolder("my/set", createMemoryFiles({ ...MINE, ...names("cat\ndog") })),
    ).rejects.toThrow(
      "Cannot use the training images of my/set as every label must be 0 to 1: current value is 2 at position 1",
    );
  });

  test.each([
    ["an empty line", "cat\n\ndog"],
    ["a control character", "cat\nd\u0007og"],
    ["a very long name", `cat\n${"o".repeat(101)}`],
  ])("refuses %s in classes.txt", async (_, text) => {
    await expect(loadIdxFolder("my/set", createMemoryFiles({ ...MINE, ...names(text) }))).rejects.toThrow(
      /current value of line 2 is not$/,
    );
  });

  test("refuses more classes than labels can tell apart", async () => {
    const files = createMemoryFiles({ ...MINE, ...names("x\n".repeat(257)) });
    await expect(loadIdxFolder("my/set", files)).rejects.toThrow("at most 256 classes: current value is 257");
  });

  test.each(Object.keys(MINE))("says which file is missing: %s", async (missing) => {
    const files = createMemoryFiles(MINE);
    files.entries.delete(missing);
    const failure = loadIdxFolder("my/set", files);
    await expect(failure).rejects.toThrow(DatasetUnavailableError);
    await expect(failure).rejects.toThrow(missing.slice("my/set/".length));
  });

  test.each([
    ["unequal counts", { "my/set/train-labels.idx1-ubyte": labelBytes([0, 1]) }, RangeError],
    ["unequal sizes", { "my/set/t10k-images.idx3-ubyte.gz": imageBytes([1, 2, 1], [5, 6]) }, RangeError],
    ["a truncated file", { "my/set/t10k-labels-idx1-ubyte": labelBytes([1]).slice(0, -1) }, SyntaxError],
    [
      "a truncated gzip",
      { "my/set/train-images-idx3-ubyte.gz": MINE["my/set/train-images-idx3-ubyte.gz"].slice(0, 12) },
      SyntaxError,
    ],
    ["a wrong magic", { "my/set/t10k-labels-idx1-ubyte": imageBytes([1, 1, 1], [1]) }, SyntaxError],
    [
      "a single class",
      {
        "my/set/train-labels.idx1-ubyte": labelBytes([0, 0, 0]),
        "my/set/t10k-labels-idx1-ubyte": labelBytes([0]),
      },
      RangeError,
    ],
  ])("refuses %s with one line that names the folder", async (_, changed, kind) => {
    const failure = loadIdxFolder("my/set", createMemoryFiles({ ...MINE, ...changed }));
    await expect(failure).rejects.toThrow(kind);
    await expect(failure).rejects.toThrow(/^Cannot [^\n]*my\/set[^\n]+: current value is [^\n]+$/);
  });
});
