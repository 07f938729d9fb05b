import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv } from "./csv.ts";
import { parseCsv } from "./testing/parse-csv.ts";

describe("csv()", () => {
  test("quotes what must be quoted and ends lines with CR LF", () => {
    expect(
      csv([
        ["a", 'say "x"', "b,c"],
        [0.1, null, -2],
      ]),
    ).toBe('a,"say ""x""","b,c"\r\n0.1,,-2\r\n');
  });

  test.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\n=1",
    "\ttext",
    "\rtext",
    "\ntext",
    "＝1",
    "＠A1",
  ])("does not let %j start a formula", (text) => {
    expect(csv([[text]])).toMatch(/^"?'/);
  });

  test("leaves negative numbers numbers", () => {
    expect(csv([[-1.5e-7]])).toBe("-1.5e-7\r\n");
  });

  test("reads back as it was, numbers to the last digit", () => {
    const text = fc.string().map((s) => `t${s}`);
    fc.assert(
      fc.property(text, fc.double({ noNaN: true }), (label, value) => {
        const [row] = parseCsv(
          csv([
            ["label", "value"],
            [label, value],
          ]),
        );
        expect(row?.label).toBe(label);
        expect(Number(row?.value)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
