import {
  createTrainer,
  loadImages,
  loadMlpMemory,
  logitsOf,
  startKernels,
  type Kernels,
} from "@gambeson/kernels";

/** How fast a kernel is, beside the most this machine does in WebAssembly. */
export interface KernelSpeed {
  readonly kernel: string;
  readonly threads: number;
  /** Median, in 1e9 floating-point operations a second; of those that the mathematics needs, padding left out. */
  readonly gflops: number;
  /** Of the peak, times the threads. */
  readonly shareOfPeak: number;
}

const SIZES = { inputs: 784, hidden: 100, classes: 10 };
const BATCH = 64;
const SURVEY = 2000;
const REPEATS = 15;
/** A repeat's length: long enough for the clock, and for the engine to compile what is hot. */
const LEAST_SECONDS = 0.02;

/** Measures the kernels in this process. @param threads For those that share their work. @param now Seconds. */
export async function kernelSpeeds(threads: number, now: () => number): Promise<readonly KernelSpeed[]> {
  const kernels = await startKernels({ threads });
  try {
    const at = kernels.heap.allocate(64);
    kernels.heap.floats(at, 8).fill(1.0000001);
    const peak = rateOf((times) => kernels.peak(1000 * times, at), now);
    const rows: readonly (readonly [string, number, number])[] = [
      ["peak: multiply-adds in registers", 1, peak],
      ["tile 4 x 8, 784 long (forward)", 1, tileRate(kernels, 784, 32, now)],
      ["tile 4 x 8, 64 long (gradient)", 1, tileRate(kernels, BATCH, 416, now)],
      [`logits of ${SURVEY} images without a black pixel`, threads, surveyRate(kernels, now)],
      [`training step, ${BATCH} images without a black pixel`, threads, stepRate(kernels, now)],
    ];
    return rows.map(([kernel, used, rate]) => ({
      kernel,
      threads: used,
      gflops: rate / 1e9,
      shareOfPeak: rate / (peak * used),
    }));
  } finally {
    await kernels.stop();
  }
}

/** Median operations a second. @param work Does its work as often as told, and says how many operations that was. */
function rateOf(work: (times: number) => number, now: () => number): number {
  let times = 1;
  const timed = () => {
    const start = now();
    const operations = work(times);
    const seconds = now() - start;
    return { seconds, rate: operations / seconds };
  };
  while (timed().seconds < LEAST_SECONDS) times *= 2;
  const rates = Array.from({ length: REPEATS }, () => timed().rate).sort((a, b) => a - b);
  return rates[Math.floor(REPEATS / 2)]!;
}

/** A tile's product with rows of B `stride` bytes apart. */
function tileRate(
  { heap, repeatProduct }: Kernels,
  length: number,
  stride: number,
  now: () => number,
): number {
  const list = heap.allocate(4 * length);
  heap.integers(list, length).set(Array.from({ length }, (_, i) => stride * i));
  const [a, b, c] = [heap.allocate(16 * length), heap.allocate(stride * length + 32), heap.allocate(128)];
  return rateOf((times) => repeatProduct(list, list + 4 * length, a, b, c, 100 * times), now);
}

/** Images in which every pixel is lit, so that none is left out. */
function litImages(kernels: Kernels, count: number) {
  const pixels = Uint8Array.from({ length: count * SIZES.inputs }, (_, i) => 1 + ((i * 7919) % 255));
  return loadImages(kernels, { count, imageSize: SIZES.inputs, labels: new Uint8Array(count), pixels });
}

function smallWeights(kernels: Kernels) {
  const { inputs, hidden, classes } = SIZES;
  const numbers = (length: number) => Float32Array.from({ length }, (_, i) => 0.02 * Math.sin(i));
  return loadMlpMemory(kernels, SIZES, {
    parameters: [numbers(inputs * hidden), numbers(hidden), numbers(hidden * classes), numbers(classes)],
    batchSize: BATCH,
  });
}

/** Operations of one image's way through both layers. */
const FORWARD = 2 * SIZES.hidden * (SIZES.inputs + SIZES.classes);

function surveyRate(kernels: Kernels, now: () => number): number {
  const [images, mlp] = [litImages(kernels, SURVEY), smallWeights(kernels)];
  return rateOf((times) => {
    for (let i = 0; i < times; i++) logitsOf(kernels, mlp, images, { first: 0, count: SURVEY });
    return times * SURVEY * FORWARD;
  }, now);
}

/** Forward, both weights' gradients, and the hidden layer's slope; Adam comes on top, uncounted. */
function stepRate(kernels: Kernels, now: () => number): number {
  const [images, mlp] = [litImages(kernels, BATCH), smallWeights(kernels)];
  const steps = 20;
  const options = { batchSize: BATCH, maxSteps: steps, objective: { kind: "cross-entropy" } } as const;
  const trainer = createTrainer(kernels, mlp, images, options);
  const order = Uint32Array.from({ length: steps * BATCH }, (_, i) => i % BATCH);
  const adam = { learningRate: 1e-6, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
  let taken = 0;
  return rateOf((times) => {
    for (let i = 0; i < times; i++, taken += steps) trainer.steps(order, taken, adam);
    return times * steps * BATCH * (2 * FORWARD + 2 * SIZES.hidden * SIZES.classes);
  }, now);
}
