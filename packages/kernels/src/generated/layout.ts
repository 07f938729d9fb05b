// Made by build.mjs from assembly/.

export const ADAM = {
  bytes: 24,
  fields: {
    beta1: { offset: 0, kind: "f32" },
    gain1: { offset: 4, kind: "f32" },
    beta2: { offset: 8, kind: "f32" },
    gain2: { offset: 12, kind: "f32" },
    rate: { offset: 16, kind: "f32" },
    epsilon: { offset: 20, kind: "f32" },
  },
} as const;

export const DEEP_DEFENSE = {
  bytes: 16,
  fields: {
    lambda: { offset: 0, kind: "f32" },
    c: { offset: 4, kind: "f32" },
    d: { offset: 8, kind: "f32" },
    exponentCap: { offset: 12, kind: "f32" },
  },
} as const;

export const STEP_ROWS = {
  bytes: 20,
  fields: {
    q: { offset: 0, kind: "u32" },
    t: { offset: 4, kind: "u32" },
    slope: { offset: 8, kind: "u32" },
    directions: { offset: 12, kind: "u32" },
    h: { offset: 16, kind: "u32" },
  },
} as const;

export const PENALTY = {
  bytes: 12,
  fields: {
    value: { offset: 0, kind: "f32" },
    slope: { offset: 4, kind: "f32" },
    isCapped: { offset: 8, kind: "i32" },
  },
} as const;

export const DEEP_FOOL = {
  bytes: 24,
  fields: {
    maxSteps: { offset: 0, kind: "i32" },
    linearise: { offset: 4, kind: "f32" },
    test: { offset: 8, kind: "f32" },
    final: { offset: 12, kind: "f32" },
    margin: { offset: 16, kind: "f32" },
    keepsTrail: { offset: 20, kind: "i32" },
  },
} as const;

export const WALK = {
  bytes: 52,
  fields: {
    point: { offset: 0, kind: "u32" },
    logits: { offset: 4, kind: "u32" },
    u: { offset: 8, kind: "u32" },
    d: { offset: 12, kind: "u32" },
    units: { offset: 16, kind: "u32" },
    unitCount: { offset: 20, kind: "i32" },
    slopes: { offset: 24, kind: "u32" },
    squares: { offset: 28, kind: "u32" },
    trail: { offset: 32, kind: "u32" },
    before: { offset: 36, kind: "i32" },
    after: { offset: 40, kind: "i32" },
    steps: { offset: 44, kind: "i32" },
    fooled: { offset: 48, kind: "i32" },
  },
} as const;

export const STEP = {
  bytes: 20,
  fields: {
    from: { offset: 0, kind: "i32" },
    to: { offset: 4, kind: "i32" },
    h: { offset: 8, kind: "f32" },
    squaredLength: { offset: 12, kind: "f32" },
    share: { offset: 16, kind: "f32" },
  },
} as const;

export const IMAGES = {
  bytes: 16,
  fields: {
    pixels: { offset: 0, kind: "u32" },
    isBytes: { offset: 4, kind: "i32" },
    labels: { offset: 8, kind: "u32" },
    blank: { offset: 12, kind: "u32" },
  },
} as const;

export const MLP = {
  bytes: 48,
  fields: {
    inputs: { offset: 0, kind: "i32" },
    width: { offset: 4, kind: "i32" },
    classes: { offset: 8, kind: "i32" },
    classWidth: { offset: 12, kind: "i32" },
    parameters: { offset: 16, kind: "u32" },
    means: { offset: 20, kind: "u32" },
    squares: { offset: 24, kind: "u32" },
    w2Transposed: { offset: 28, kind: "u32" },
    w2Walk: { offset: 32, kind: "u32" },
    b2Walk: { offset: 36, kind: "u32" },
    w1Transposed: { offset: 40, kind: "u32" },
    gram: { offset: 44, kind: "u32" },
  },
} as const;

export const SCRATCH = {
  bytes: 76,
  fields: {
    list: { offset: 0, kind: "u32" },
    group: { offset: 4, kind: "u32" },
    packed: { offset: 8, kind: "u32" },
    packedList: { offset: 12, kind: "u32" },
    z: { offset: 16, kind: "u32" },
    a: { offset: 20, kind: "u32" },
    aTransposed: { offset: 24, kind: "u32" },
    dz: { offset: 28, kind: "u32" },
    dzTransposed: { offset: 32, kind: "u32" },
    logits: { offset: 36, kind: "u32" },
    logitsTransposed: { offset: 40, kind: "u32" },
    pixels: { offset: 44, kind: "u32" },
    signs: { offset: 48, kind: "u32" },
    weights: { offset: 52, kind: "u32" },
    gradient: { offset: 56, kind: "u32" },
    row: { offset: 60, kind: "u32" },
    walk: { offset: 64, kind: "u32" },
    rows: { offset: 68, kind: "u32" },
    penalty: { offset: 72, kind: "u32" },
  },
} as const;

export const SURVEY = {
  bytes: 84,
  fields: {
    mlp: { offset: 0, kind: "u32" },
    images: { offset: 4, kind: "u32" },
    first: { offset: 8, kind: "i32" },
    count: { offset: 12, kind: "i32" },
    logits: { offset: 16, kind: "u32" },
    squaredImages: { offset: 20, kind: "u32" },
    deepFool: { offset: 24, kind: "u32" },
    targets: { offset: 28, kind: "u32" },
    before: { offset: 32, kind: "u32" },
    after: { offset: 36, kind: "u32" },
    steps: { offset: 40, kind: "u32" },
    fooled: { offset: 44, kind: "u32" },
    squaredNorms: { offset: 48, kind: "u32" },
    perturbed: { offset: 52, kind: "u32" },
    z: { offset: 56, kind: "u32" },
    direction: { offset: 60, kind: "u32" },
    zeroGradients: { offset: 64, kind: "u32" },
    signs: { offset: 68, kind: "u32" },
    epsilons: { offset: 72, kind: "u32" },
    epsilonCount: { offset: 76, kind: "i32" },
    correct: { offset: 80, kind: "u32" },
  },
} as const;

export const TEAM = {
  bytes: 40,
  fields: {
    threads: { offset: 0, kind: "i32" },
    mayCallerSleep: { offset: 4, kind: "i32" },
    operation: { offset: 8, kind: "i32" },
    argument: { offset: 12, kind: "u32" },
    ticket: { offset: 16, kind: "i32" },
    arrived: { offset: 20, kind: "i32" },
    passed: { offset: 24, kind: "i32" },
    sleepers: { offset: 28, kind: "i32" },
    next: { offset: 32, kind: "i32" },
    scratch: { offset: 36, kind: "u32" },
  },
} as const;

export const TRAINING = {
  bytes: 132,
  fields: {
    mlp: { offset: 0, kind: "u32" },
    images: { offset: 4, kind: "u32" },
    objective: { offset: 8, kind: "i32" },
    deepFool: { offset: 12, kind: "u32" },
    deepDefense: { offset: 16, kind: "u32" },
    order: { offset: 20, kind: "u32" },
    imageCount: { offset: 24, kind: "i32" },
    batchSize: { offset: 28, kind: "i32" },
    adams: { offset: 32, kind: "u32" },
    reports: { offset: 36, kind: "u32" },
    packed: { offset: 40, kind: "u32" },
    lists: { offset: 44, kind: "u32" },
    listEnds: { offset: 48, kind: "u32" },
    squares: { offset: 52, kind: "u32" },
    pixels: { offset: 56, kind: "u32" },
    pixelLists: { offset: 60, kind: "u32" },
    pixelListEnds: { offset: 64, kind: "u32" },
    z: { offset: 68, kind: "u32" },
    a: { offset: 72, kind: "u32" },
    dz: { offset: 76, kind: "u32" },
    dlogits: { offset: 80, kind: "u32" },
    imageReports: { offset: 84, kind: "u32" },
    slots: { offset: 88, kind: "i32" },
    q: { offset: 92, kind: "u32" },
    t: { offset: 96, kind: "u32" },
    slope: { offset: 100, kind: "u32" },
    directions: { offset: 104, kind: "u32" },
    h: { offset: 108, kind: "u32" },
    stepCounts: { offset: 112, kind: "u32" },
    stepTotal: { offset: 116, kind: "i32" },
    gramSlope: { offset: 120, kind: "u32" },
    gramSum: { offset: 124, kind: "u32" },
    gradient: { offset: 128, kind: "u32" },
  },
} as const;

export const STEP_REPORT = {
  bytes: 32,
  fields: {
    crossEntropy: { offset: 0, kind: "f64" },
    penalty: { offset: 8, kind: "f64" },
    correct: { offset: 16, kind: "i32" },
    capped: { offset: 20, kind: "i32" },
    unfooled: { offset: 24, kind: "i32" },
    unused: { offset: 28, kind: "i32" },
  },
} as const;

export const IMAGE_REPORT = {
  bytes: 32,
  fields: {
    crossEntropy: { offset: 0, kind: "f64" },
    penalty: { offset: 8, kind: "f32" },
    isCorrect: { offset: 12, kind: "i32" },
    isCapped: { offset: 16, kind: "i32" },
    isUnfooled: { offset: 20, kind: "i32" },
    squaredImage: { offset: 24, kind: "f32" },
    label: { offset: 28, kind: "i32" },
  },
} as const;

export const OPERATIONS = {
  STOP: 0,
  DERIVE: 1,
  TRAIN: 2,
  LOGITS: 3,
  DEEP_FOOL: 4,
  FGS: 5,
  EPSILONS: 6,
} as const;
