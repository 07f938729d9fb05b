import { writeSafetensors } from "@gambeson/models";
import { describe, expect, test } from "vitest";
import { gambeson, LAUNCHER, ROOT } from "./testing/gambeson.ts";
import { filesBelow } from "./testing/temporary-folder.ts";
import { idx, tinyFolder } from "./testing/tiny-experiment.ts";

/** What a wrong input gives: its exit code and one line on standard error; no output folder, and no stack. */
async function expectRefusal(
  folder: string,
  args: readonly string[],
  code: number,
  message: RegExp,
): Promise<void> {
  const finished = await gambeson(folder, args);
  const complaint = finished.stderr.split("\n").filter((line) => line.startsWith("gambeson: "));
  expect(complaint).toEqual([expect.stringMatching(message)]);
  expect(complaint[0]).toMatch(/^gambeson: Cannot /);
  expect(finished.stderr).not.toMatch(/\n\s+at /);
  expect(finished).toMatchObject({ code, stdout: "" });
  expect(filesBelow(folder).filter((name) => name.startsWith("out/"))).toEqual([]);
}

describe("wrong usage ends with 2", () => {
  test.each<[string, RegExp]>([
    ["fly", /unknown command 'fly'/],
    ["run", /missing required argument 'experiment'/],
    ["run tiny.json --sed 1", /unknown option '--sed' \(Did you mean .*--seed/],
    ["run tiny.json more", /too many arguments/],
    [
      "run reprot",
      /the preset .* must be one of report, paper-mlp-mnist, quick .*"reprot"; did you mean report\?/,
    ],
    ["run quikc", /"quikc"; did you mean quick\?/],
    ["presets show nope", /the preset as its name must be one of/],
    ["run tiny.json --seed -1", /--seed/],
    ["run tiny.json --seed 1 --seeds 2", /--seed and --seeds must not both be given/],
    ["run tiny.json --seeds 0", /--seeds as it must be a whole number from 1 to 100: current value is "0"/],
    ["run tiny.json --threads 9", /--threads as it must be a whole number from 1 to 8: current value is "9"/],
    ["run tiny.json --out=", /Cannot read --out as it must be a path: current value is ""/],
    ["run tiny.json --set dataset.name=mnist --data-dir=", /Cannot read --data-dir as it must be a path/],
    ["run tiny.json --out a,b", /the output folder as it must hold no comma: current value is ".*\/a,b"$/],
    ["datasets --data-dir a,b", /the data folder as it must hold no comma: current value is ".*\/a,b"$/],
    ["run ./a,b.json", /the config file as it must hold no comma: current value is ".*\/a,b\.json"$/],
    ["presets quikc", /after presets must come nothing.*"quikc"; did you mean presets show quick\?/],
    ["run tiny.json --dataset fashon-mnist", /must be one of auto, .*did you mean fashion-mnist\?/],
    ["run tiny.json --set epochs", /--set as it must be path=value/],
    ["run tiny.json --set pretraning.epochs=1", /config as pretraning is not a known key/],
    ["run tiny.json --set regimes.0.epocs=1", /regimes\.0\.epocs is not a known key/],
    ["run tiny.json --set pretraining.epochs=-1", /pretraining\.epochs must be >=0: current value is -1/],
    ["attack --weights w.safetensors", /required option '--attack <kind>' not specified/],
    ["attack --weights w --attack bim", /Allowed choices are deepfool, fgs/],
    [
      "attack --weights w --attack fgs --epsilon -0.1",
      /--epsilon as it must be a number, 0 or more: current value is "-0\.1"/,
    ],
  ])("%s", async (line, message) => {
    await expectRefusal(tinyFolder(), line.split(" "), 2, message);
  });
});

describe("a bad config file ends with 1", () => {
  test.each<[string, string | null, RegExp]>([
    ["missing", null, /read bad\.json as it must exist/],
    ["no JSON", "{name: 1}", /read bad\.json as it must be JSON/],
    ["no object", "[]", /config as it must be Object: current value is Array/],
    ["an unknown key", '{"model":{"depth":3}}', /model\.depth is not a known key/],
    ["an unknown data set", '{"dataset":{"name":"nope"}}', /must be one of auto, .*current value is "nope"/],
    ["an unknown regime", '{"regimes":[{"kind":"magic"}]}', /regimes\.0\.kind/],
    [
      "a folder that is not there",
      '{"dataset":{"name":"./nowhere"}}',
      /load the data set in \.\/nowhere as it must exist: /,
    ],
    [
      "a file for a folder",
      '{"dataset":{"name":"./tiny.json"}}',
      /load the data set in \.\/tiny\.json as it must be a folder: current value is a file/,
    ],
    [
      "ROC curves of classes that are not there",
      '{"dataset":{"name":"./data"},"evaluation":{"rocClasses":[1,4]}}',
      /evaluation\.rocClasses must be classes of IDX folder data, 0 to 3: current value is 4/,
    ],
    [
      "a file of the system",
      '{"dataset":{"name":"/proc"}}',
      /load the data set in \/proc as it must be an ordinary file or folder: current value is one of the system's own/,
    ],
  ])("%s", async (_, content, message) => {
    const folder = tinyFolder();
    if (content !== null) Deno.writeTextFileSync(`${folder}/bad.json`, content);
    await expectRefusal(folder, ["run", "bad.json"], 1, message);
  });
});

describe("a data folder that is not as it must be ends with 1, and nothing is drawn in its place", () => {
  test.each<[string, readonly string[], RegExp]>([
    ["missing", ["--data-dir", "nope"], /look for data sets in .*\/nope \(--data-dir\) as it must exist: /],
    ["a file", ["--data-dir", "tiny.json"], /tiny\.json \(--data-dir\) as it must be a folder/],
    ["too deep", ["--data-dir", "data"], /the data folder must be the one above fashion-mnist\/: /],
  ])("%s", async (_, args, message) => {
    const run = ["run", "tiny.json", "--dataset", "auto", ...args];
    await expectRefusal(tinyFolder(), run, 1, message);
  });

  test("GAMBESON_DATA_DIR too, and for `datasets`", async () => {
    const folder = tinyFolder();
    const { code, stderr } = await gambeson(folder, ["datasets"], { GAMBESON_DATA_DIR: "nope" });
    expect(stderr).toMatch(
      /^gambeson: Cannot look for data sets in .*\/nope \(GAMBESON_DATA_DIR\) as it must exist: .*\n$/,
    );
    expect(code).toBe(1);
  });

  test("with some of the files", async () => {
    const folder = tinyFolder();
    Deno.renameSync(`${folder}/data`, `${folder}/fashion-mnist`);
    Deno.removeSync(`${folder}/fashion-mnist/t10k-labels-idx1-ubyte`);
    const message =
      /fashion-mnist must hold all four of its files: current value lacks t10k-labels-idx1-ubyte$/;
    await expectRefusal(folder, ["run", "quick", "--data-dir", "."], 1, message);
    const { code, stdout } = await gambeson(folder, ["datasets", "--data-dir", "."]);
    expect(code).toBe(0);
    expect(stdout).toContain("must hold all four of its files: current value lacks t10k-labels-idx1-ubyte\n");
  });
});

test("a program that the launcher did not start refuses to work", async () => {
  const main = `${ROOT}apps/worker/src/main.ts`;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-lock", main, "run", "quick"],
    env: { GAMBESON_CODE: "", GAMBESON_LAUNCHED: "" },
  }).output();
  expect(new TextDecoder().decode(stderr)).toBe(
    "gambeson: Cannot start as GAMBESON_CODE must be set: current value is none; start it with npm run gambeson\n",
  );
  expect(code).toBe(2);
});

describe("bad image files end with 1", () => {
  const IMAGES = "data/t10k-images-idx3-ubyte";
  const LABELS = "data/t10k-labels-idx1-ubyte";
  const gzip = async (bytes: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(
      await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
    );
  const replaceByGzip = async (folder: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array) => {
    const zipped = await gzip(Deno.readFileSync(`${folder}/${IMAGES}`));
    Deno.removeSync(`${folder}/${IMAGES}`);
    Deno.writeFileSync(`${folder}/${IMAGES}.gz`, change(zipped));
  };
  test.each<[string, (folder: string) => void | Promise<void>, RegExp]>([
    [
      "cut off",
      (folder) => {
        Deno.truncateSync(`${folder}/${IMAGES}`, 5000);
      },
      /t10k-images/,
    ],
    [
      "empty",
      (folder) => {
        Deno.truncateSync(`${folder}/${IMAGES}`, 0);
      },
      /t10k-images/,
    ],
    [
      "of another kind",
      (folder) => {
        Deno.copyFileSync(`${folder}/${LABELS}`, `${folder}/${IMAGES}`);
      },
      /first four bytes must be 0x00000803/,
    ],
    [
      "too few labels",
      (folder) => {
        Deno.writeFileSync(`${folder}/${LABELS}`, idx(1, [39], new Uint8Array(39)));
      },
      /39/,
    ],
    [
      "a label without a class",
      (folder) => {
        Deno.writeTextFileSync(`${folder}/data/classes.txt`, "one\ntwo\n");
      },
      /label/,
    ],
    ["gzip cut off", (folder) => replaceByGzip(folder, (bytes) => bytes.slice(0, 500)), /t10k-images.*gz/],
    [
      "gzip damaged",
      (folder) => replaceByGzip(folder, (bytes) => bytes.fill(7, 200, 300)),
      /t10k-images.*gz/,
    ],
    [
      "missing",
      (folder) => {
        Deno.removeSync(`${folder}/${LABELS}`);
      },
      /t10k-labels-idx1-ubyte/,
    ],
  ])("%s", async (_, damage, message) => {
    const folder = tinyFolder();
    await damage(folder);
    await expectRefusal(folder, ["run", "tiny.json"], 1, message);
  });

  test("not the official ones", async () => {
    const folder = tinyFolder();
    Deno.renameSync(`${folder}/data`, `${folder}/fashion-mnist`);
    const args = ["run", "tiny.json", "--dataset", "fashion-mnist", "--data-dir", "."];
    await expectRefusal(folder, args, 1, /Cannot use .*fashion-mnist.*SHA-256|fashion-mnist/);
  });
});

describe("bad weights end with 1", () => {
  const file = (changed: { dtype?: string; first?: number; outputs?: number }): Uint8Array => {
    const { first = 0.1, outputs = 4 } = changed;
    const weights = new Float32Array(144 * outputs).fill(0.1);
    weights[0] = first;
    return writeSafetensors([{ name: "dense0.weight", dtype: "F32", shape: [144, outputs], data: weights }]);
  };
  const text = (content: string) => new TextEncoder().encode(content);
  test.each<[string, Uint8Array | null, RegExp]>([
    ["missing", null, /read w\.safetensors as it must exist/],
    ["empty", new Uint8Array(), /safetensors file .* at least 8 bytes long.* \(weights: w\.safetensors\)$/],
    [
      "another kind of file",
      text("PK\u0003\u0004 this is a zip file"),
      /the header's length must be at most/,
    ],
    [
      "cut off",
      file({}).slice(0, -1),
      /the data must be as long as its tensors, 2304 bytes: current value is 2303/,
    ],
    [
      "NaN",
      file({ first: Number.NaN }),
      /every value of dense0\.weight must be finite: current value is NaN/,
    ],
    [
      "other names",
      writeSafetensors([{ name: "x", dtype: "U8", shape: [], data: Uint8Array.of(1) }]),
      /dense0\.weight/,
    ],
    ["too few classes", file({ outputs: 2 }), /every label must be one of the weights' 2 classes/],
  ])("%s", async (_, bytes, message) => {
    const folder = tinyFolder();
    if (bytes !== null) Deno.writeFileSync(`${folder}/w.safetensors`, bytes);
    const args = [
      "attack",
      "--weights",
      "w.safetensors",
      "--attack",
      "fgs",
      "--dataset",
      "./data",
      "--output",
      "o.csv",
    ];
    await expectRefusal(folder, args, 1, message);
    expect(filesBelow(folder).filter((name) => name.startsWith("o.csv"))).toEqual([]);
  });

  test("weights for images of another size", async () => {
    const folder = tinyFolder();
    Deno.writeFileSync(
      `${folder}/w.safetensors`,
      writeSafetensors([
        { name: "dense0.weight", dtype: "F32", shape: [784, 10], data: new Float32Array(7840) },
      ]),
    );
    const args = ["attack", "--weights", "w.safetensors", "--attack", "deepfool", "--dataset", "./data"];
    await expectRefusal(
      folder,
      args,
      1,
      /the images must have the 784 pixels the weights take: current value is 144/,
    );
  });

  test("a target that is no class", async () => {
    const folder = tinyFolder();
    Deno.writeFileSync(`${folder}/w.safetensors`, file({}));
    const args = ["attack", "--weights", "w.safetensors", "--dataset", "./data"];
    const target = ["--attack", "deepfool", "--target", "4"];
    await expectRefusal(
      folder,
      [...args, ...target],
      2,
      /--target as it must be 0 to 3: current value is 4$/,
    );
  });
});

describe("outputs that cannot be written end with 1, before the work", () => {
  test.each<[string, readonly string[], RegExp]>([
    ["--out through a file", ["--out", "tiny.json/out"], /write into .*tiny\.json\/out as/],
    [
      "--out with other things in it",
      ["--out", "data"],
      /write into .*data as it must be new, empty or an earlier result/,
    ],
    [
      "--state-dir through a file",
      ["--state-dir", "tiny.json/state"],
      /keep finished work in .*tiny\.json\/state as/,
    ],
  ])("%s", async (_, args, message) => {
    const folder = tinyFolder();
    const before = filesBelow(`${folder}/data`);
    await expectRefusal(folder, ["run", "tiny.json", ...args], 1, message);
    expect(filesBelow(`${folder}/data`)).toEqual(before);
  });

  test("attack --output into a folder that is not there", async () => {
    const folder = tinyFolder();
    const weights = writeSafetensors([
      { name: "dense0.weight", dtype: "F32", shape: [144, 4], data: new Float32Array(576) },
    ]);
    Deno.writeFileSync(`${folder}/w.safetensors`, weights);
    const args = ["attack", "--weights", "w.safetensors", "--attack", "fgs", "--output", "nowhere/o.csv"];
    await expectRefusal(folder, args, 1, /write .*nowhere\/o\.csv as its folder must exist/);
  });

  test("a disk that fills up says so, and the same command goes on once there is room", async () => {
    const folder = tinyFolder();
    Deno.mkdirSync(`${folder}/small`);
    // A file system of 20 kB in a mount namespace of its own: room for some finished tasks, not for all.
    const script = `mount -t tmpfs -o size=20k none small && exec node "$0" run tiny.json --threads 1 --state-dir small/state`;
    const env = { GAMBESON_CACHE_DIR: `${folder}/cache`, GAMBESON_DATA_DIR: "", npm_lifecycle_event: "" };
    const namespace = new Deno.Command("unshare", {
      args: ["-Urm", "sh", "-c", script, LAUNCHER],
      cwd: folder,
      env,
    });
    const { code, stderr } = await namespace.output().catch(() => ({ code: 127, stderr: new Uint8Array() }));
    const said = new TextDecoder().decode(stderr);
    if (said.includes("gambeson: ")) {
      expect(said).toMatch(
        /gambeson: Cannot write .*small\/state\/.* as the disk must have room: current value is "No space left/,
      );
      expect(code).toBe(1);
    } else {
      console.warn(
        `no small disk could be mounted here (${said.trim()}): full disks are tested in open-store.test.ts only`,
      );
    }
    expect(filesBelow(folder).filter((name) => name.startsWith("out/"))).toEqual([]);
    const again = await gambeson(folder, [
      "run",
      "tiny.json",
      "--threads",
      "1",
      "--state-dir",
      "small/state",
    ]);
    expect(again.code).toBe(0);
  });
});
