import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBackend, stopBackend, type Backend, type BackendOptions } from "../backend.ts";
import { createRandom } from "../random.ts";
import { tf } from "../tf.ts";

/** What every build of the backend must do. One program runs one build, so each has a test file of its own. */
export function describeBackend(
  options: BackendOptions,
  expected: Pick<Backend, "variant" | "threads">,
): void {
  describe(`startBackend(${JSON.stringify(options)})`, () => {
    let backend: Backend;
    beforeAll(async () => {
      // Two calls at once start one backend.
      const [first, second] = await Promise.all([startBackend(options), startBackend()]);
      expect(second).toBe(first);
      backend = first;
    });
    afterAll(stopBackend);

    test("starts the variant and says so", () => {
      expect(backend).toMatchObject({ ...expected, fallback: null, name: "wasm", tensorflow: "4.22.0" });
      expect(tf.getBackend()).toBe("wasm");
    });

    test("leaves the program's own world as it was", () => {
      const { process, Worker } = globalThis as { process?: { versions: object }; Worker?: { name: string } };
      expect(process?.versions).toHaveProperty("node");
      expect(Worker?.name).not.toBe("PthreadWorker");
      const { navigator } = globalThis as { navigator?: object };
      expect(navigator !== undefined && Object.hasOwn(navigator, "hardwareConcurrency")).toBe(false);
    });

    test.each([
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ])("multiplies matrices, transposed: %s, %s", async (transposeA, transposeB) => {
      const before = tf.memory();
      const random = createRandom(1, "matmul");
      const [m, k, n] = [37, 101, 13];
      const a = Float32Array.from({ length: m * k }, () => random.normal());
      const b = Float32Array.from({ length: k * n }, () => random.normal());
      const x = tf.tensor2d(a, transposeA ? [k, m] : [m, k]);
      const y = tf.tensor2d(b, transposeB ? [n, k] : [k, n]);
      const product = tf.matMul(x, y, transposeA, transposeB);
      const values = await product.data();
      for (let row = 0; row < m; row++) {
        for (let column = 0; column < n; column++) {
          let sum = 0;
          for (let i = 0; i < k; i++) {
            sum +=
              a[transposeA ? i * m + row : row * k + i]! * b[transposeB ? column * k + i : i * n + column]!;
          }
          expect(values[row * n + column]).toBeCloseTo(sum, 4);
        }
      }
      tf.dispose([x, y, product]);
      expect(tf.memory().numTensors).toBe(before.numTensors);
      expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    });

    test("tells the sign of numbers however small, of zeros and of NaN", () => {
      const before = tf.memory().numDataBuffers;
      const x = tf.tensor1d([3, -3, 1e-7, -1e-7, 1e-20, -1e-38, 1e-42, 0, -0, Infinity, Number.NaN]);
      const sign = tf.sign(x);
      expect([...sign.dataSync()]).toEqual([1, -1, 1, -1, 1, -1, 1, 0, -0, 1, Number.NaN]);
      tf.dispose([x, sign]);
      expect(tf.memory().numDataBuffers).toBe(before);
    });

    test("gives the backend that runs when started again", async () => {
      expect(await startBackend()).toBe(backend);
    });
  });
}
