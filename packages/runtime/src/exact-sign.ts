import { tf } from "./tf.ts";

/** What a kernel needs of the WASM backend. */
interface WasmHeap {
  makeOutput(shape: number[], dtype: "float32"): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
}

/**
 * Replaces the WASM backend's sign by an exact one. The stock kernel gives 0 for anything smaller than about 1e-7, as if
 * the loss gradient of a confidently classified image vanished: fast gradient sign would leave such images alone, and a
 * model would look more robust than it is. Call once, after the backend has started.
 */
export function makeSignExact(): void {
  const stock = tf.getKernel("Sign", "wasm");
  tf.unregisterKernel("Sign", "wasm");
  tf.registerKernel({
    ...stock,
    kernelFunc: ({ inputs, backend }) => {
      const { x } = inputs as unknown as { x: tf.TensorInfo };
      const heap = backend as WasmHeap;
      const output = heap.makeOutput(x.shape, "float32");
      const signs = heap.typedArrayFromHeap(output);
      const values = heap.typedArrayFromHeap(x);
      for (let i = 0; i < signs.length; i++) signs[i] = Math.sign(values[i]!);
      return output;
    },
  });
}
