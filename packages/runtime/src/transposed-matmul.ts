import { tf } from "./tf.ts";

/**
 * Replaces the WASM backend's matrix product by one that transposes first and multiplies then. The stock kernel takes a
 * naive path when an operand is to be read transposed (0.5 GFLOPS against 15 and more), and every dense layer's weight
 * gradient is such a product. Call once, after the backend has started.
 */
export function transposeBeforeMatMul(): void {
  const stock = tf.getKernel("BatchMatMul", "wasm");
  const transpose = tf.getKernel("Transpose", "wasm");
  tf.unregisterKernel("BatchMatMul", "wasm");
  tf.registerKernel({
    ...stock,
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { a, b } = inputs as unknown as { a: tf.TensorInfo; b: tf.TensorInfo };
      const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean };
      const owned: tf.TensorInfo[] = [];
      const transposed = (x: tf.TensorInfo): tf.TensorInfo => {
        const perm = x.shape.map((_, axis) => axis);
        perm.push(...perm.splice(-2).reverse());
        const result = transpose.kernelFunc({ inputs: { x }, backend, attrs: { perm } }) as tf.TensorInfo;
        owned.push(result);
        return result;
      };
      const product = stock.kernelFunc({
        inputs: { a: transposeA ? transposed(a) : a, b: transposeB ? transposed(b) : b },
        backend,
        attrs: { transposeA: false, transposeB: false },
      });
      for (const { dataId } of owned) (backend as tf.KernelBackend).disposeData(dataId);
      return product;
    },
  });
}
