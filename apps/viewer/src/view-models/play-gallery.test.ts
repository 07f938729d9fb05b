import { exampleResult } from "@gambeson/report/testing/example-result";
import { expect, test } from "vitest";
import { playGallery } from "./play-gallery.ts";

test("playGallery() has the images of a seed's report, each with its place and its class", () => {
  const { dataset, seeds } = exampleResult();
  const gallery = playGallery(
    { dataset: { ...dataset, height: 1, width: 2, classNames: ["cat"] } },
    // Bytes 0, 255, 51, 102.
    { samples: { ...seeds[0]!.samples, indices: [7, 1234], labels: [0, 1], original: "AP8zZg==" } },
  );
  expect(gallery.names).toEqual(["Test image 7: cat", `Test image ${(1234).toLocaleString()}: 1`]);
  expect(gallery.indices).toEqual([7, 1234]);
  expect(gallery.images.map((image) => [...image])).toEqual([
    [0, 1],
    [Math.fround(0.2), Math.fround(0.4)],
  ]);
});
