import { parseResult, type Result } from "@gambeson/contract";
import { expect, test } from "vitest";
import { gambeson, Running } from "./testing/gambeson.ts";
import { filesBelow } from "./testing/temporary-folder.ts";
import { tinyFolder } from "./testing/tiny-experiment.ts";

const RUN = ["run", "tiny.json", "--threads", "1", "--json"];
/** So many epochs that nobody waits for their end. */
const LONG = [...RUN, "--out", "long", "--set", "pretraining.epochs=1000"];

const withoutTimings = (path: string): Result => {
  const result = parseResult(JSON.parse(Deno.readTextFileSync(path)));
  return { ...result, timings: { startedAt: "", finishedAt: "", tasks: [] } };
};

test("killed with SIGKILL again and again, the same command ends with the bytes of an undisturbed run", async () => {
  const folder = tinyFolder();
  const undisturbed = await gambeson(folder, [...RUN, "--out", "undisturbed", "--state-dir", "other-state"]);
  expect(undisturbed).toMatchObject({ code: 0 });

  const killed = [...RUN, "--out", "killed"];
  const moments = [
    '"epoch":2',
    '"task":"seed-1/craft-test"',
    '"task":"seed-1/deep-defense/train","share":0.5',
    "sweep",
  ];
  for (const moment of moments) {
    const running = new Running(folder, killed);
    await running.until(moment);
    await running.crash();
    expect(() => Deno.statSync(`${folder}/killed`)).toThrow(Deno.errors.NotFound);
  }
  const last = await gambeson(folder, killed);
  expect(last).toMatchObject({ code: 0 });
  // It went on: pre-training, which the first kill had cut off, was finished by the second run.
  expect(last.stdout).toMatch(/"task":"seed-1\/pretrain".*"reused":true/);

  expect(withoutTimings(`${folder}/killed/result.json`)).toEqual(
    withoutTimings(`${folder}/undisturbed/result.json`),
  );
  const files = filesBelow(`${folder}/undisturbed`).filter((name) => !/\.(json|html)$/.test(name));
  expect(files.filter((name) => name.startsWith("weights/"))).toHaveLength(4);
  for (const name of files) {
    expect(Deno.readFileSync(`${folder}/killed/${name}`)).toEqual(
      Deno.readFileSync(`${folder}/undisturbed/${name}`),
    );
  }
});

test("a run that was cut off in an epoch goes on after the last whole one", async () => {
  const folder = tinyFolder();
  const running = new Running(folder, LONG);
  await running.until('"epoch":5');
  await running.crash();
  const again = new Running(folder, LONG);
  await again.until('"kind":"task-started"');
  const first = JSON.parse((await again.line())!) as { note: string };
  expect(first.note).not.toMatch(/epoch [1234]\//);
  await again.crash();
});

test.each<Deno.Signal>(["SIGINT", "SIGTERM"])(
  "%s stops within two seconds, and says how to go on",
  async (signal) => {
    const folder = tinyFolder();
    const running = new Running(folder, [...LONG, "--fresh", "--set", "title=It's long"]);
    await running.until('"epoch":1');
    const start = performance.now();
    running.child.kill(signal);
    const { code, stderr } = await running.end();
    expect(performance.now() - start).toBeLessThan(2000);
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /Stopped\. Finished tasks and the last epoch are kept; go on with:\n {2}npm run gambeson -- run /,
    );
    expect(stderr).toContain("--set pretraining.epochs=1000 --set 'title=It'\\''s long'\n");
    expect(stderr).not.toContain("--fresh");
    expect(() => Deno.statSync(`${folder}/long`)).toThrow(Deno.errors.NotFound);
  },
);

test("a second Ctrl-C ends it at once", async () => {
  const running = new Running(tinyFolder(), LONG);
  await running.until('"epoch":1');
  running.child.kill("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 350));
  try {
    running.child.kill("SIGINT");
  } catch {
    // It had stopped already.
  }
  expect((await running.end()).code).toBe(130);
});

test("a step that hears no signals is cut off within two seconds", async () => {
  const running = new Running(tinyFolder(), LONG);
  await running.until('"epoch":1');
  const deno = await ps("-o", "pid=", "--ppid", String(running.child.pid));
  Deno.kill(Number(deno), "SIGSTOP");
  const start = performance.now();
  running.child.kill("SIGINT");
  const { code, stderr } = await running.end();
  expect(performance.now() - start).toBeLessThan(2000);
  expect(code).toBe(130);
  expect(stderr).toContain(
    "Stopped. Finished tasks and the last epoch are kept; go on with:\n  npm run gambeson -- run",
  );
});

test("nothing is left running when the launcher alone is killed", async () => {
  const running = new Running(tinyFolder(), LONG);
  await running.until('"epoch":1');
  const deno = Number(await ps("-o", "pid=", "--ppid", String(running.child.pid)));
  expect(deno).toBeGreaterThan(1);
  running.child.kill("SIGKILL");
  const start = performance.now();
  await running.end(); // Its outputs close when Deno is gone, too.
  expect(performance.now() - start).toBeLessThan(5000);
  // Gone, or dead and waiting for somebody to ask how it ended.
  expect(await ps("-o", "stat=", "-p", String(deno))).toMatch(/^(Z.*)?$/);
});

async function ps(...args: readonly string[]): Promise<string> {
  const { stdout } = await new Deno.Command("ps", { args: [...args] }).output();
  return new TextDecoder().decode(stdout).trim();
}
