import process from "node:process";
import { afterEach, describe, expect, test } from "vitest";
import { startContender, type ContenderProcess } from "./contender-process.ts";

const started: ContenderProcess[] = [];
const { signal } = new AbortController();

/** A contender whose program is given; `line` is what it was asked. */
async function contender(onLine: string, stop: AbortSignal = signal): Promise<ContenderProcess> {
  const program = `require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => { ${onLine} })`;
  const child = await startContender({ program: process.execPath, args: ["-e", program] }, stop);
  started.push(child);
  return child;
}

afterEach(async () => {
  for (const child of started.splice(0)) await child.close();
});

describe("startContender()", () => {
  test("hands on requests and replies, line by line", async () => {
    const child = await contender(
      `console.log(JSON.stringify({ seconds: 2, answer: { rho2: line.length } }))`,
    );
    // {"do":"hello"} has 14 characters.
    expect(await child.ask({ do: "hello" })).toEqual({ seconds: 2, answer: { rho2: 14 } });
    expect(await child.ask({ do: "hello" })).toEqual({ seconds: 2, answer: { rho2: 14 } });
  });

  test("throws what the contender says it cannot do", async () => {
    const child = await contender(`console.log(JSON.stringify({ error: "too large" }))`);
    await expect(child.ask({ do: "hello" })).rejects.toThrow("too large");
  });

  test("gives the last words of a contender that dies", async () => {
    const child = await contender(`console.error("out of memory"); process.exit(3)`);
    await expect(child.ask({ do: "hello" })).rejects.toThrow(/exit status 3.*out of memory/);
  });

  test("ends a contender at work when it is stopped", async () => {
    const stop = new AbortController();
    const child = await contender("", stop.signal);
    const waiting = child.ask({ do: "hello" });
    stop.abort();
    await expect(waiting).rejects.toThrow("the process must live");
  });

  test("says that a program is missing", async () => {
    const command = { program: "no-such-program", args: [] };
    await expect(startContender(command, signal)).rejects.toThrow("Cannot start no-such-program");
  });
});
