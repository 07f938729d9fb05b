import { startBackend, stopBackend } from "@gambeson/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBatch } from "./image-source.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterAll(stopBackend);

test("readBatch() scales uint8 pixels by 1/255 and keeps the order asked for", () => {
  const source = {
    count: 3,
    imageSize: 2,
    labels: Uint8Array.of(7, 8, 9),
    pixels: Uint8Array.of(0, 255, 51, 1, 2, 128),
  };
  const { images, labels } = readBatch(source, Uint32Array.of(2, 0, 2));
  expect([...images.dataSync()]).toEqual([2 / 255, 128 / 255, 0, 1, 2 / 255, 128 / 255].map(Math.fround));
  expect([...labels]).toEqual([9, 7, 9]);
  images.dispose();
});

test("readBatch() takes float32 pixels as they are", () => {
  const source = {
    count: 2,
    imageSize: 2,
    labels: Uint8Array.of(0, 1),
    pixels: Float32Array.of(-0.5, 1.5, 3, 4),
  };
  const { images } = readBatch(source, Uint32Array.of(1, 0));
  expect([...images.dataSync()]).toEqual([3, 4, -0.5, 1.5]);
  images.dispose();
});
