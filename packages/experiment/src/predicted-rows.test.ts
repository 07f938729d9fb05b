import { expect, test } from "vitest";
import { predictedRows } from "./predicted-rows.ts";

test("predictedRows() gives each row's largest, the first of equals", () => {
  expect([...predictedRows(Float32Array.from([1, 3, 2, -1, -1, -5, 0, 0, 7]), 3)]).toEqual([1, 0, 2]);
});
