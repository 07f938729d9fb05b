import { describe, expect, test } from "vitest";
import { HELP, parseOptions } from "./options.ts";
import { UsageError } from "./usage-error.ts";

const noEnv = () => undefined;

describe("parseOptions()", () => {
  test("measures everything in full by default", () => {
    expect(parseOptions([], noEnv)).toEqual({
      help: false,
      only: [
        "training-step",
        "training-epoch",
        "deepfool",
        "deep-defense",
        "fgs-curves",
        "report",
        "kernels",
      ],
      contenders: [
        "ours-deno",
        "ours-deno-1",
        "ours-node",
        "ours-chromium",
        "ours-tfjs",
        "stock-tfjs",
        "pytorch",
        "pytorch-first-layer",
        "foolbox",
        "torchattacks",
        "art",
      ],
      quick: false,
      rounds: null,
      dataDir: null,
      out: "bench.json",
      markdown: null,
    });
  });

  test("reads lists with commas and repeated options, in the order of the parts", () => {
    const { only } = parseOptions(["--only", "deepfool,training-step", "--only=fgs-curves"], noEnv);
    expect(only).toEqual(["training-step", "deepfool", "fgs-curves"]);
  });

  test("always measures ours in Deno, with which all are compared", () => {
    expect(parseOptions(["--contenders", "foolbox"], noEnv).contenders).toEqual(["ours-deno", "foolbox"]);
  });

  test("takes the data folder from the option before the environment, and an empty variable for none", () => {
    const env = (value: string) => (name: string) => (name === "GAMBESON_DATA_DIR" ? value : undefined);
    expect(parseOptions([], env("/data")).dataDir).toBe("/data");
    expect(parseOptions(["--data-dir", "/mine"], env("/data")).dataDir).toBe("/mine");
    expect(parseOptions([], env("")).dataDir).toBeNull();
  });

  test("reads the rest", () => {
    const args = ["--quick", "--rounds", "7", "--out", "a.json", "--markdown", "b.md", "--help"];
    expect(parseOptions(args, noEnv)).toMatchObject({
      quick: true,
      rounds: 7,
      out: "a.json",
      markdown: "b.md",
      help: true,
    });
  });

  test.each([
    [["--only", "training"], "--only"],
    [["--contenders", "keras"], "--contenders"],
    [["--only", ""], "--only"],
    [["--rounds", "0"], "--rounds"],
    [["--rounds", "2.5"], "--rounds"],
    [["--fast"], "--fast"],
    [["deepfool"], "deepfool"],
    [["--out"], "--out"],
  ])("refuses %j", (args, named) => {
    expect(() => parseOptions(args, noEnv)).toThrow(UsageError);
    expect(() => parseOptions(args, noEnv)).toThrow(named);
  });
});

test("HELP fits a terminal", () => {
  expect(Math.max(...HELP.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
});
