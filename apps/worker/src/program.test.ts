import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { createProgram } from "./program.ts";

async function helpOf(...args: readonly string[]): Promise<string> {
  let written = "";
  const terminal = {
    write: (text: string) => {
      written += text;
    },
    columns: () => 80,
    isLive: false,
    paint: (_: string, text: string) => text,
  };
  const { signal } = new AbortController();
  const program = createProgram({
    stdout: terminal,
    stderr: terminal,
    env: () => undefined,
    signal,
    now: () => 0,
  });
  await expect(program.parseAsync([...args, "--help"], { from: "user" })).rejects.toThrow(CommanderError);
  return written;
}

const REMOTE = ["submit", "list", "show", "watch", "cancel", "retry", "delete", "export"];
const COMMANDS = [
  ["run"],
  ["attack"],
  ["datasets"],
  ["presets"],
  ["presets", "show"],
  ...REMOTE.map((name) => [name]),
];

test.each([[[]], ...COMMANDS.map((args) => [args])])("the help of %j fits into 80 columns", async (args) => {
  const help = await helpOf(...args);
  expect(help).toContain("Usage: gambeson");
  for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
});

test("the help of attack says the defaults, which are the report's", async () => {
  const help = (await helpOf("attack")).replaceAll(/\s+/g, " ");
  expect(help).toContain("(default: 0.05)");
  expect(help).toContain("most steps for an image (default: 6)");
  expect(help).toContain("how far past the boundary (default: 0.02)");
  expect(help).toContain("(default: in-loop)");
});
