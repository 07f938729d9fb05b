import { describe, expect, test } from "vitest";
import { testServer } from "../testing/test-server.ts";

const ESTIMATES = "/api/v1/estimates";
/** One regime, on 1000 and 100 images. */
const SMALL = {
  dataset: { name: "synthetic", train: 1000, test: 100 },
  pretraining: { epochs: 2 },
  regimes: [{ kind: "vanilla", epochs: 1 }],
  evaluation: { epsilonReference: { model: "vanilla" }, curve: { points: 10 }, samples: { count: 1 } },
};
/**
 * In the plan, in ms: pre-training 2 * 1000 * 0.06 = 120; DeepFool images of the test set 100 * 0.1 = 10; Vanilla 1000 * 0.06 = 60; for
 * each of two models DeepFool 100 * 0.1 = 10, one sample 0.1 and the curve 100 * 10 * 0.002 = 2; eps_ref 100 * 30 * 0.002 = 6.
 */
const PLANNED = 120 + 10 + 60 + 2 * (10 + 0.1 + 2) + 6;
/** Before and after: 500 ms each. */
const AROUND = 1000;

async function estimate(config: object) {
  const { ask, state } = testServer();
  const response = await ask("POST", ESTIMATES, { body: { config } });
  expect(response.status).toBe(200);
  expect(state.submissions).toEqual([]);
  return (await response.json()) as { seconds: number; tasks: number; images: object };
}

describe("POST /estimates", () => {
  test("adds up what the plan says, and queues nothing", async () => {
    const { seconds, tasks, images } = await estimate(SMALL);
    expect(seconds).toBeCloseTo((AROUND + 0.09 * PLANNED) / 1000, 10);
    // prepare, pretrain, craft-test, train; evaluate, sample and sweep of two models; eps_ref, assemble.
    expect(tasks).toBe(12);
    expect(images).toEqual({ train: 1000, test: 100 });
  });

  test("takes more weights, and what the kernels do not know, for more work", async () => {
    // 785 * 100 + 101 * 10 = 79,510 weights; with a second layer of 100: 785 * 100 + 101 * 100 + 101 * 10 = 89,610.
    const deeper = await estimate({ ...SMALL, model: { hidden: [100, 100] } });
    expect(deeper.seconds).toBeCloseTo((AROUND + (0.7 * PLANNED * 89_610) / 79_510) / 1000, 10);
    const clipped = await estimate({ ...SMALL, evaluation: { ...SMALL.evaluation, fgs: { clip: true } } });
    expect(clipped.seconds).toBeCloseTo((AROUND + 0.7 * PLANNED) / 1000, 10);
  });

  test("knows an uploaded data set's images", async () => {
    const { ask, state } = testServer();
    const name = "upload-0123456789abcdef";
    const sizes = { train: 900, test: 9, height: 2, width: 2, classCount: 2 };
    await state.library.addDataset({ name, title: "Mine", ...sizes, parts: {} });
    const response = await ask("POST", ESTIMATES, { body: { config: { dataset: { name, train: 800 } } } });
    expect(await response.json()).toMatchObject({ images: { train: 800, test: 9 } });
  });

  test.each([
    [{ preset: "slow" }, "REQUEST_INVALID", "preset"],
    [{ config: { pretraining: { epochs: -1 } } }, "CONFIG_INVALID", "pretraining.epochs"],
    [{ config: { model: { hidden: [10_000, 10_000] } } }, "CONFIG_INVALID", "model.hidden"],
    [{ config: { dataset: { name: "/etc" } } }, "DATASET_UNKNOWN", undefined],
  ])("refuses %j as POST /runs does", async (body, code, path) => {
    const { ask } = testServer();
    const problems = await Promise.all(
      [ESTIMATES, "/api/v1/runs"].map(async (address) => {
        const { requestId, ...problem } = (await (await ask("POST", address, { body })).json()) as {
          requestId: string;
          code: string;
          issues?: { path: string }[];
        };
        expect(requestId).not.toBe("");
        return problem;
      }),
    );
    expect(problems[0]).toEqual(problems[1]);
    expect([problems[0]!.code, problems[0]!.issues?.[0]?.path]).toEqual([code, path]);
  });
});
