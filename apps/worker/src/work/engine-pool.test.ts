import { parseExperimentConfig } from "@gambeson/contract";
import { expect, test } from "vitest";
import { createEnginePool } from "./engine-pool.ts";

const CONFIGS = {
  /** One hidden layer: all ours. */
  ours: parseExperimentConfig({ model: { hidden: [3] } }),
  /** Two: TensorFlow.js'. */
  deep: parseExperimentConfig({ model: { hidden: [3, 3] } }),
};

test("one worker takes runs that our kernels compute and runs that they do not, in any order", async () => {
  const pool = createEnginePool({ kernels: "gambeson", threads: 2, code: "0123456789abcdef" });
  const [first, second, third] = [
    (await pool.for(CONFIGS.ours)).environment,
    (await pool.for(CONFIGS.deep)).environment,
    (await pool.for(CONFIGS.ours)).environment,
  ];
  expect(second.backend).toMatchObject({ kernels: "tfjs", variant: "simd-threads", threads: 2 });
  // The same as in a program that did nothing else: a run's results name it.
  expect(third).toEqual(first);
  expect(first.backend.kernels).not.toBe("tfjs");
  await pool.close();
});
