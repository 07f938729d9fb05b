import { expect, test } from "vitest";
import { renderMarkdown } from "./render-markdown.ts";
import { renderText } from "./render-text.ts";
import { exampleResult, exampleRow } from "./testing/example-result.ts";

const RESULT = exampleResult({
  rows: [
    exampleRow({ seconds: [0.5, 0.4, 0.6] }),
    exampleRow({ title: "Foolbox", seconds: [5.5, 5, 6], ratio: 11, note: "a | b" }),
  ],
});

test("renderText() sets columns side by side and names a part once", () => {
  const lines = renderText(RESULT).split("\n");
  expect(lines[0]).toBe("2 cores of a CPU, 8 GiB, linux x86_64; 2026-11-22; npm run bench");
  expect(lines.slice(3, 6)).toEqual([
    "                                      median        min .. max  x ours",
    "DeepFool on the test set  ours, Deno  500 ms  400 ms .. 600 ms    1.00",
    "                          Foolbox     5.50 s  5.00 s .. 6.00 s    11.0  a | b",
  ]);
  expect(lines.slice(7, 10)).toEqual([
    "            threads  peak memory",
    "ours, Deno        2        2 MiB  deno 2.9.6",
    "Foolbox           -            -  there is no python3",
  ]);
});

test("renderText() passes on what is wrong with the data, and that a quick run is no measurement", () => {
  const dataset = { name: "Drawn", train: 1, test: 1, warning: "NOT Fashion-MNIST" };
  const text = renderText(exampleResult({ dataset, mode: "quick" }));
  expect(text).toContain("NOT Fashion-MNIST");
  expect(text).toContain("QUICK");
});

test("renderMarkdown() gives the same as tables, with its bars escaped", () => {
  const lines = renderMarkdown(RESULT).split("\n");
  expect(lines.slice(0, 4)).toEqual([
    "| work | who | median | min .. max | x ours | |",
    "| --- | --- | ---: | ---: | ---: | --- |",
    "| **DeepFool on the test set** | ours, Deno | 500 ms | 400 ms .. 600 ms | 1.00 |  |",
    "|  | Foolbox | 5.50 s | 5.00 s .. 6.00 s | 11.0 | a \\| b |",
  ]);
  expect(lines[7]).toBe("| ours, Deno | 2 | 2 MiB | deno 2.9.6 |");
});
