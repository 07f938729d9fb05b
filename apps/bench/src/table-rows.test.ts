import { describe, expect, test } from "vitest";
import { formatBytes, formatSeconds, tableRows } from "./table-rows.ts";
import { exampleRow } from "./testing/example-result.ts";

describe("tableRows()", () => {
  test("gives the median, the range, the ratio and the note", () => {
    const row = exampleRow({
      title: "Foolbox",
      seconds: [5, 6, 4],
      ratio: 12.3456,
      note: "margin 1e-4",
      peakMemoryBytes: 2 ** 20,
    });
    expect(tableRows({ rows: [row] })).toEqual([
      {
        part: "DeepFool on the test set",
        contender: "Foolbox",
        median: "5.00 s",
        range: "4.00 s .. 6.00 s",
        ratio: "12.3",
        note: "margin 1e-4; peak 1 MiB",
      },
    ]);
  });

  test("leaves out the range of a single measurement", () => {
    expect(tableRows({ rows: [exampleRow({ seconds: [5] })] })[0]?.range).toBe("");
  });

  test("shows a wrong answer in place of a time", () => {
    const row = exampleRow({ spread: null, ratio: null, disagreements: ["rho2 is 1 instead of 2"] });
    expect(tableRows({ rows: [row] })[0]).toMatchObject({
      median: "-",
      ratio: "-",
      note: "WRONG ANSWER: rho2 is 1 instead of 2",
    });
  });

  test("says why there is no time", () => {
    const row = exampleRow({ spread: null, ratio: null, problem: "it ended" });
    expect(tableRows({ rows: [row] })[0]).toMatchObject({ median: "-", note: "it ended" });
  });

  test.each([
    [10.399, "10.3"],
    [9.999, "9.99"],
    [0.2567, "0.256"],
    [1, "1.00"],
    [1234.9, "1230"],
  ])("rounds the ratio %s down", (ratio, expected) => {
    expect(tableRows({ rows: [exampleRow({ ratio })] })[0]?.ratio).toBe(expected);
  });
});

test("formatSeconds() gives three digits, in milliseconds below a second", () => {
  expect([0.00128, 0.0123456, 0.9994, 1, 83.21, 260.4, 1234.5].map(formatSeconds)).toEqual([
    "1.28 ms",
    "12.3 ms",
    "999 ms",
    "1.00 s",
    "83.2 s",
    "260 s",
    "1235 s",
  ]);
});

test("formatBytes() rounds up to MiB", () => {
  expect(formatBytes(1.5 * 2 ** 20)).toBe("2 MiB");
  expect(formatBytes(null)).toBe("-");
});
