import { afterEach, describe, expect, test, vi } from "vitest";
import { loadImages, loadMlpMemory, logitsOf, startKernels, type Kernels } from "./index.ts";
import { AVAILABLE_BUILDS } from "./testing/available-builds.ts";
import { expectClose } from "./testing/expect-close.ts";
import { viewOf } from "./testing/plain-mlp.ts";
import { randomCase } from "./testing/random-case.ts";

const started: Kernels[] = [];
const start = async (...options: Parameters<typeof startKernels>) => {
  const kernels = await startKernels(...options);
  started.push(kernels);
  return kernels;
};
afterEach(async () => {
  for (const kernels of started.splice(0)) await kernels.stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Multiplies something, to see that all threads answer. */
function expectAnswers(kernels: Kernels): void {
  const { sizes, parameters, images, plain, rows } = randomCase({
    sizes: { inputs: 9, hidden: 14, classes: 3 },
    count: 30,
    seed: 1,
  });
  const mlp = loadMlpMemory(kernels, sizes, { parameters });
  const set = loadImages(kernels, images);
  const logits = logitsOf(kernels, mlp, set, { first: 0, count: 30 });
  expectClose(
    logits,
    rows.flatMap((x) => [...viewOf(plain, x).logits]),
    1e-6,
  );
  mlp.free();
  set.free();
}

describe("startKernels()", () => {
  test.each(AVAILABLE_BUILDS.flatMap((build) => [1, 2, 3].map((threads) => [build, threads] as const)))(
    "starts the build %s on %i threads, and stops",
    async (build, threads) => {
      const kernels = await startKernels({ threads, build });
      expect(kernels.threads).toBe(threads);
      expect(kernels.fallback).toBeNull();
      expectAnswers(kernels);
      expectAnswers(kernels);
      await kernels.stop();
    },
  );

  test("starts more threads than a machine has cores", async () => {
    const kernels = await start({ threads: 8 });
    expect(kernels.threads).toBe(8);
    expectAnswers(kernels);
  });

  test("takes the fastest build that the engine runs", async () => {
    const kernels = await start({ threads: 1 });
    expect(kernels.variant.split("+")[0]).toBe(AVAILABLE_BUILDS[0]);
  });

  test.each(AVAILABLE_BUILDS)("names the build %s and whether a multiply-add rounds once", async (build) => {
    const { variant } = await start({ threads: 1, build });
    // Without relaxed SIMD there is no fused multiply-add; with it the machine decides.
    expect(build === "simd" ? ["simd"] : ["relaxed-simd", "relaxed-simd+fma"]).toContain(variant);
  });

  test("refuses an engine that runs no build, or not the one asked for", async () => {
    expect(AVAILABLE_BUILDS).toContain("simd");
    vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    const refusal = (builds: string) =>
      `Cannot start the kernels as this engine must run WebAssembly with SIMD and threads: current value is an engine without (${builds})`;
    await expect(startKernels({ threads: 1 })).rejects.toThrow(refusal("relaxed-simd, simd"));
    await expect(startKernels({ threads: 1, build: "simd" })).rejects.toThrow(refusal("simd"));
  });

  test("takes the plain build where relaxed SIMD is missing", async () => {
    // The fastest is asked about first.
    vi.spyOn(WebAssembly, "validate").mockReturnValueOnce(false);
    expect((await start({ threads: 1 })).variant).toBe("simd");
  });

  test("computes on one thread where a page shares no memory, and says why", async () => {
    vi.stubGlobal("crossOriginIsolated", false);
    const kernels = await start({ threads: 3 });
    expect(kernels.threads).toBe(1);
    expect(kernels.fallback).toBe("the page is not cross-origin isolated (COOP and COEP headers)");
    expectAnswers(kernels);
    expect((await start({ threads: 1 })).fallback).toBeNull();
  });

  test.each([0, -1, 1.5, 65, NaN, Infinity])("refuses %d threads", async (threads) => {
    await expect(startKernels({ threads })).rejects.toThrow(
      new RangeError(
        `Cannot start the kernels as threads must be an integer in [1, 64]: current value is ${threads}`,
      ),
    );
  });

  test("keeps the memories of two teams apart", async () => {
    const [one, other] = [await start({ threads: 2 }), await start({ threads: 2 })];
    const before = other.heap.size();
    expect(one.heap.memory).not.toBe(other.heap.memory);
    one.heap.allocate(10 * 65536);
    expect(other.heap.size()).toEqual(before);
    expectAnswers(one);
    expectAnswers(other);
  });

  test("refuses to run after stop, instead of waiting for threads that are gone", async () => {
    const kernels = await start({ threads: 2 });
    await kernels.stop();
    await kernels.stop();
    expect(() => {
      kernels.run("LOGITS", 0);
    }).toThrow("Cannot run a kernel as the kernels must be running: current value is stopped");
  });

  test("repeats one tile's product as often as asked", async () => {
    const kernels = await start({ threads: 1 });
    const { heap } = kernels;
    const tileAfter = (times: number) => {
      // Two entries of the same row; 1 to 8 meet 1 to 8: whole numbers, exact in float32.
      const [list, a, b, c] = [8, 32, 32, 128].map((bytes) => heap.allocate(bytes)) as [
        number,
        number,
        number,
        number,
      ];
      heap.floats(a, 8).set(Array.from({ length: 8 }, (_, index) => 1 + index));
      heap.floats(b, 8).set(Array.from({ length: 8 }, (_, index) => 1 + index));
      expect(kernels.repeatProduct(list, list + 8, a, b, c, times)).toBe(times * 2 * 64);
      return [...heap.floats(c, 32)];
    };
    const once = tileAfter(1);
    // Rows 1, 2, 3, 4 and then 5, 6, 7, 8 times the columns 1 to 8.
    expect(once).toEqual(
      [6, 8, 10, 12].flatMap((row) => [1, 2, 3, 4, 5, 6, 7, 8].map((column) => row * column)),
    );
    expect(tileAfter(0)).toEqual(new Array(32).fill(0));
    expect(tileAfter(5)).toEqual(once.map((value) => 5 * value));
  });
});
