import { describe, expect, test } from "vitest";
import type { ContenderName } from "./contender-names.ts";
import type { Answer, Job } from "./job.ts";
import { measurePart } from "./measure-part.ts";
import type { RunningContender } from "./running-contender.ts";

const JOB: Job = {
  work: "deepfool",
  weights: "trained.safetensors",
  images: 1000,
  maxSteps: 6,
  overshoot: 0.02,
  convention: "in-loop",
  margin: 0,
};
const WARM_UP: Job = { ...JOB, images: 10 };

/** Asked in this order, warm-ups left out. */
const asked: string[] = [];

/** A contender that answers the same each time and takes the given seconds in turn. */
function fake(name: ContenderName, seconds: number[], answer: (job: Job) => Answer): RunningContender {
  let at = 0;
  return {
    name,
    problem: null,
    run: (job) => {
      if (job.work === "deepfool" && job.images === 10) return Promise.resolve({ seconds: 99, answer: {} });
      asked.push(name);
      return Promise.resolve({ seconds: seconds[at++ % seconds.length]!, answer: answer(job) });
    },
    describe: () => Promise.reject(new Error("not asked for")),
    close: () => Promise.resolve(),
  };
}

const entry = (contender: RunningContender, job = JOB, factor = 1) => ({
  contender,
  job,
  warmUp: WARM_UP,
  factor,
  note: "",
});
const options = { rounds: 3, restMs: 1, testImages: 1000, say: () => undefined };

describe("measurePart()", () => {
  test("gives medians of the rounds, warm-ups left out, and ratios to ours in Deno", async () => {
    const rows = await measurePart(
      "deepfool",
      [
        entry(fake("ours-deno", [2, 1, 3], () => ({ rho2: 0.04 }))),
        entry(
          fake("foolbox", [4, 6, 5], () => ({ rho2: 0.04 })),
          JOB,
          10,
        ),
      ],
      options,
    );
    expect(rows.map(({ spread, ratio, seconds }) => [spread?.median, ratio, seconds])).toEqual([
      [2, 1, [2, 1, 3]],
      [50, 25, [4, 6, 5]],
    ]);
  });

  test("begins each round with another contender", async () => {
    asked.length = 0;
    const same = () => ({ rho2: 1 });
    await measurePart(
      "deepfool",
      [entry(fake("ours-deno", [1], same)), entry(fake("art", [1], same)), entry(fake("foolbox", [1], same))],
      options,
    );
    expect(asked.join(" ")).toBe("ours-deno art foolbox art foolbox ours-deno foolbox ours-deno art");
  });

  test("takes no time from a wrong answer", async () => {
    const [, wrong] = await measurePart(
      "deepfool",
      [
        entry(fake("ours-deno", [1], () => ({ rho2: 0.04 }))),
        entry(fake("foolbox", [0.1], () => ({ rho2: 0.05 }))),
      ],
      options,
    );
    expect(wrong).toMatchObject({
      spread: null,
      ratio: null,
      disagreements: ["rho2 is 0.05 instead of 0.04"],
    });
  });

  test("checks a contender with a job of its own against ours doing that job", async () => {
    // Both double rho2 with the margin: the same answer to the same job.
    const answer = (job: Job) => ({ rho2: job.work === "deepfool" && job.margin > 0 ? 0.08 : 0.04 });
    const rows = await measurePart(
      "deepfool",
      [entry(fake("ours-deno", [1], answer)), entry(fake("foolbox", [1], answer), { ...JOB, margin: 1e-4 })],
      options,
    );
    expect(rows[1]).toMatchObject({ disagreements: [], problem: null, ratio: 1 });
  });

  test("says why a contender failed, and goes on with the others", async () => {
    const failing: RunningContender = {
      ...fake("art", [1], () => ({})),
      run: () => Promise.reject(new Error("no memory")),
    };
    const rows = await measurePart(
      "deepfool",
      [entry(failing), entry(fake("ours-deno", [1], () => ({ rho2: 1 })))],
      options,
    );
    expect(rows[0]).toMatchObject({ problem: "no memory", spread: null });
    expect(rows[1]?.spread?.median).toBe(1);
  });

  test("trusts no answer that there is nothing to check against", async () => {
    const failing: RunningContender = {
      ...fake("ours-deno", [1], () => ({})),
      run: () => Promise.reject(new Error("no memory")),
    };
    const rows = await measurePart(
      "deepfool",
      [entry(failing), entry(fake("foolbox", [1], () => ({ rho2: 1 })))],
      options,
    );
    expect(rows[1]?.spread).toBeNull();
    expect(rows[1]?.problem).toContain("nothing to check");
  });
});
