import { tf, type Tensor } from "@gambeson/runtime";

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What Adam remembers: means of each parameter's gradient and squared gradient, and how many steps it has taken. */
export interface AdamState {
  readonly steps: number;
  /** In the order and shapes of the parameters. */
  readonly means: readonly Tensor[];
  readonly squares: readonly Tensor[];
}

/** Adam before its first step. @returns Owned by the caller. */
export function freshAdam(parameters: readonly Tensor[]): AdamState {
  return {
    steps: 0,
    means: parameters.map((parameter) => tf.zerosLike(parameter)),
    squares: parameters.map((parameter) => tf.zerosLike(parameter)),
  };
}

/**
 * One step of Adam.
 *
 *     m <- beta1 m + (1 - beta1) g        v <- beta2 v + (1 - beta2) g^2
 *     parameter <- parameter - learningRate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 *
 * @param parameters, gradients, state Borrowed.
 * @returns New parameters and state. Owned by the caller.
 *
 * The same, fast, for MLPs with one hidden layer: `packages/kernels/assembly/adam.ts`.
 *
 * Source: Kingma and Ba 2015, algorithm 1, arXiv:1412.6980.
 */
export function adamStep(
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
  state: AdamState,
  { learningRate, beta1, beta2, epsilon }: AdamOptions,
): { readonly parameters: Tensor[]; readonly state: AdamState } {
  const steps = state.steps + 1;
  // Both moments start at zero and are corrected for it; here in the two scalars: rate m / (sqrt(v) + epsilon').
  const rootOfCorrection = Math.sqrt(1 - beta2 ** steps);
  const rate = (learningRate * rootOfCorrection) / (1 - beta1 ** steps);
  const next = parameters.map((parameter, index) =>
    tf.tidy(() => {
      const gradient = gradients[index]!;
      const mean = tf.add(tf.mul(state.means[index]!, beta1), tf.mul(gradient, 1 - beta1));
      const square = tf.add(tf.mul(state.squares[index]!, beta2), tf.mul(tf.square(gradient), 1 - beta2));
      const change = tf.div(tf.mul(mean, rate), tf.add(tf.sqrt(square), epsilon * rootOfCorrection));
      return [tf.sub(parameter, change), mean, square] as [Tensor, Tensor, Tensor];
    }),
  );
  return {
    parameters: next.map(([parameter]) => parameter),
    state: { steps, means: next.map(([, mean]) => mean), squares: next.map(([, , square]) => square) },
  };
}

export function disposeAdam({ means, squares }: AdamState): void {
  tf.dispose([...means, ...squares]);
}
