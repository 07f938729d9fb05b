import { expect, test } from "vitest";
import { summariseDataset } from "./dataset.ts";

test("summariseDataset() keeps all but the pixels and labels", () => {
  const split = { images: new Uint8Array(2), labels: new Uint8Array(1), count: 1, height: 1, width: 2 };
  const summary = summariseDataset({
    name: "two",
    title: "Two",
    classNames: ["a", "b"],
    height: 1,
    width: 2,
    train: { ...split, imagesSha256: "ti", labelsSha256: "tl" },
    test: { ...split, imagesSha256: "ei", labelsSha256: "el" },
    synthetic: true,
    warning: "why",
  });
  expect(summary).toEqual({
    name: "two",
    title: "Two",
    classNames: ["a", "b"],
    height: 1,
    width: 2,
    synthetic: true,
    warning: "why",
    train: { count: 1, imagesSha256: "ti", labelsSha256: "tl" },
    test: { count: 1, imagesSha256: "ei", labelsSha256: "el" },
  });
});
