import { tf } from "./tf.ts";

/**
 * Frees every tensor that `work` makes, also when it throws, but for those it passes to `tf.keep`. Unlike `tf.tidy` it gives
 * back any value, and does not look through it for tensors (which takes a while in a long typed array).
 */
export function scoped<T>(work: () => T): T {
  tf.engine().startScope("scoped");
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}
