/** A stream of pseudo-random numbers. The same seed and names give the same stream on every machine. */
export interface Random {
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1), in steps of 2^-24 (all of which float32 holds). */
  uniform(): number;
  /** Uniform integer in [0, below); `below` in [1, 2^32]. */
  integer(below: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
}

/**
 * The random stream named by `seed` and `names`, independent of the streams under other names. So an epoch's shuffle
 * needs no state from the epoch before: `createRandom(seed, "shuffle", epoch)`.
 *
 * xoshiro128** 1.1 (Blackman and Vigna), its state drawn by SplitMix64 from the FNV-1a hash of the names.
 *
 * @throws {RangeError} If `seed` is not an integer in [0, 2^53).
 */
export function createRandom(seed: number, ...names: readonly (string | number)[]): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(
      `Cannot start a random stream as its seed must be an integer in [0, 2^53): current value is ${seed}`,
    );
  }
  const [first, second] = splitMix64(fnv1a64([seed, ...names].join("/")), 2) as [bigint, bigint];
  const words = [first, first >> 32n, second, second >> 32n].map((word) => Number(word & 0xffffffffn));
  return fromWords(xoshiro128(words as [number, number, number, number]));
}

function fromWords(uint32: () => number): Random {
  const uniform = () => (uint32() >>> 8) * 2 ** -24;
  let spare: number | null = null;
  return {
    uint32,
    uniform,
    integer(below) {
      // The last, incomplete run of `below` values is drawn again, so that every integer is equally likely.
      const limit = 2 ** 32 - (2 ** 32 % below);
      let word = uint32();
      while (word >= limit) word = uint32();
      return word % below;
    },
    normal() {
      // Box and Muller: two uniforms give two normals.
      if (spare !== null) {
        const value = spare;
        spare = null;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
  };
}

/** xoshiro128** 1.1 from four words of state, not all zero. Source: prng.di.unimi.it/xoshiro128starstar.c. */
export function xoshiro128(words: readonly [number, number, number, number]): () => number {
  let [s0, s1, s2, s3] = words;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotateLeft(s3, 11);
    return result;
  };
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** The first `count` outputs of SplitMix64. Source: Steele, Lea and Flood 2014; prng.di.unimi.it/splitmix64.c. */
export function splitMix64(seed: bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, index) => {
    let word = BigInt.asUintN(64, seed + BigInt(index + 1) * 0x9e3779b97f4a7c15n);
    word = BigInt.asUintN(64, (word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n);
    word = BigInt.asUintN(64, (word ^ (word >> 27n)) * 0x94d049bb133111ebn);
    return word ^ (word >> 31n);
  });
}

/** The 64-bit FNV-1a hash of `text` in UTF-8. Source: RFC 9923. */
export function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}

/** Normal with mean 0 and standard deviation `deviation`; draws beyond two deviations are drawn again. */
export function truncatedNormal(random: Random, count: number, deviation: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let value = random.normal();
    while (Math.abs(value) > 2) value = random.normal();
    values[i] = value * deviation;
  }
  return values;
}

/** The integers 0..count-1 in random order. Source: Fisher and Yates, in Durstenfeld's form. */
export function shuffledIndices(random: Random, count: number): Uint32Array<ArrayBuffer> {
  const indices = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const chosen = random.integer(last + 1);
    const kept = indices[last]!;
    indices[last] = indices[chosen]!;
    indices[chosen] = kept;
  }
  return indices;
}
