import { describe, expect, test } from "vitest";
import { ordersOf, partJob } from "./part-job.ts";
import { FULL, QUICK } from "./sizes.ts";

const FASHION_MNIST = { train: 60_000, test: 10_000 };

describe("partJob()", () => {
  test("a training step's time is the job's by its 200 steps", () => {
    const { job, factor, note } = partJob("training-step", FULL, FASHION_MNIST);
    expect(job).toMatchObject({ work: "train", images: 12_800, batchSize: 64, test: false });
    expect(factor).toBeCloseTo(1 / 200, 12);
    expect(note).toBe("");
  });

  test("a share of the work is extrapolated, and says so", () => {
    const { job, factor, note } = partJob("deepfool", FULL, FASHION_MNIST, {
      images: 500,
      note: "slow",
      deepFool: { margin: 1e-4 },
    });
    expect(job).toMatchObject({
      images: 500,
      margin: 1e-4,
      convention: "in-loop",
      maxSteps: 6,
      overshoot: 0.02,
    });
    expect(factor).toBe(20);
    expect(note).toBe("from 500 of 10000 images; slow");
  });

  test("curves of 6 epsilons of 60 count ten times, and keep their ends apart", () => {
    const { job, factor } = partJob("fgs-curves", FULL, FASHION_MNIST, { epsilons: 6 });
    if (job.work !== "fgs-curves") throw new Error("another job");
    // Every tenth of 60 values from 0 to 0.12.
    expect(job.epsilons).toHaveLength(6);
    expect(job.epsilons[0]).toBe(0);
    expect(job.epsilons[5]).toBeCloseTo((0.12 * 50) / 59, 12);
    expect(factor).toBe(10);
  });

  test("asks for no more images than there are", () => {
    const { job, factor } = partJob("training-epoch", FULL, { train: 12_000, test: 2000 });
    expect(job.images).toBe(12_000);
    expect(factor).toBe(1);
  });

  test("all contenders do Deep Defense with the report's settings", () => {
    expect(partJob("deep-defense", FULL, FASHION_MNIST).job).toMatchObject({
      batchSize: 100,
      learningRate: 5e-4,
      lambda: 15,
      c: 25,
      d: 5,
      maxSteps: 5,
      overshoot: 0.02,
    });
  });
});

test("ordersOf() names the images of every training job, warm-ups included", () => {
  const slow = { "deep-defense": { images: 300 } };
  expect([...ordersOf(["deepfool", "deep-defense"], QUICK, FASHION_MNIST, [{}, slow])]).toEqual([500, 300]);
});
