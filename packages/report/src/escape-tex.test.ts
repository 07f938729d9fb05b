import { expect, test } from "vitest";
import { escapeTex } from "./escape-tex.ts";

test("escapeTex() leaves no command, comment, maths or line break", () => {
  expect(escapeTex("50% & \\input{x} $y_1^2$ #~")).toBe(
    "50\\% \\& \\textbackslash{}input\\{x\\} \\$y\\_1\\textasciicircum{}2\\$ \\#\\textasciitilde{}",
  );
  expect(escapeTex("a\n\n\u0000b <c>")).toBe("a b \\textless{}c\\textgreater{}");
  expect(escapeTex("[2em]*")).toBe("{[}2em]{*}");
  expect(escapeTex("T-shirt/top é")).toBe("T-shirt/top é");
});
