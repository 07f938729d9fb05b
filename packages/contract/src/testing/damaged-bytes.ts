import fc from "fast-check";

/** One way in which a file gets damaged. `at` counts from the start, round and round. */
type Damage = (bytes: Uint8Array) => Uint8Array;

/** Numbers at the edges of what lengths and sizes are kept in. */
const WORDS = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_ffffn,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];

/** Most damage is worth most where the header is. */
const place = fc.oneof(fc.nat(24), fc.nat(400), fc.nat());

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ at: place, by: fc.integer({ min: 1, max: 255 }) }).map(({ at, by }): Damage => (bytes) => {
    const flipped = bytes.slice();
    if (flipped.length > 0) flipped[at % flipped.length]! ^= by;
    return flipped;
  }),
  place.map(
    (at): Damage =>
      (bytes) =>
        bytes.slice(0, at % (bytes.length + 1)),
  ),
  fc.record({ at: place, inserted: fc.uint8Array({ minLength: 1, maxLength: 20 }) }).map(
    ({ at, inserted }): Damage =>
      (bytes) =>
        spliced(bytes, at, 0, inserted),
  ),
  fc.record({ at: place, length: fc.integer({ min: 1, max: 40 }) }).map(
    ({ at, length }): Damage =>
      (bytes) =>
        spliced(bytes, at, length, new Uint8Array(0)),
  ),
  // A part twice: at its place or at another.
  fc
    .record({ from: place, length: fc.integer({ min: 1, max: 200 }), to: place })
    .map(({ from, length, to }): Damage => (bytes) => {
      const start = from % (bytes.length + 1);
      return spliced(bytes, to, 0, bytes.slice(start, start + length));
    }),
  fc
    .record({
      at: place,
      value: fc.constantFrom(...WORDS),
      width: fc.constantFrom(4, 8),
      isLittle: fc.boolean(),
    })
    .map(({ at, value, width, isLittle }): Damage => (bytes) => {
      const word = new DataView(new ArrayBuffer(8));
      if (width === 8) word.setBigUint64(0, value, isLittle);
      else word.setUint32(0, Number(value & 0xffff_ffffn), isLittle);
      return spliced(bytes, at, width, new Uint8Array(word.buffer, 0, width));
    }),
);

/** One of these files, sound until it was damaged in one to four places. */
export function damagedBytes(...sound: readonly Uint8Array[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const damages = fc.array(damage, { minLength: 1, maxLength: 4 });
  return fc
    .tuple(fc.constantFrom(...sound), damages)
    .map(([bytes, all]) => Uint8Array.from(all.reduce((left, hurt) => hurt(left), bytes)));
}

/** The bytes with `length` of them, from `at` on, replaced. */
function spliced(bytes: Uint8Array, at: number, length: number, by: Uint8Array): Uint8Array {
  const start = at % (bytes.length + 1);
  const rest = bytes.subarray(start + length);
  const whole = new Uint8Array(start + by.length + rest.length);
  whole.set(bytes.subarray(0, start));
  whole.set(by, start);
  whole.set(rest, start + by.length);
  return whole;
}
