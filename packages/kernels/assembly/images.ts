/** Images in groups of four, made ready for products, and lists of what is not zero in them: half of Fashion-MNIST is black. */
import { madd, sumOf } from "./simd";
import { pair, PAIR, ROW_BYTES } from "./tile";

/** A set of images. */
@unmanaged
export class Images {
  /** `[count][inputs]`: bytes 0..255, read as value / 255, or float32 as they are. */
  pixels: usize;
  isBytes: i32;
  /** True classes, bytes. */
  labels: usize;
  /** An image of zeros, to fill a group. */
  blank: usize;
}

/** Bytes of a pixel of a packed group: one number for each of its four images. */
export const PIXEL: usize = 16;

/** Bytes of a packed group: all pixels, and four of zeros behind them, for odd lists. */
@inline
export function groupBytes(inputs: i32): usize {
  return <usize>(inputs + 4) * PIXEL;
}

/** Bytes of a group's list: all pixels, and one to make their number even. */
@inline
export function groupListBytes(inputs: i32): usize {
  return <usize>(inputs + 1) * PAIR;
}

/** Where image `index` begins; the blank one for -1. */
@inline
export function imageAt(images: Images, inputs: i32, index: i32): usize {
  if (index < 0) return images.blank;
  return images.pixels + <usize>index * (images.isBytes ? <usize>inputs : <usize>inputs << 2);
}

/** Four pixels of an image, as numbers. */
@inline
export function pixelsAt(images: Images, image: usize, pixel: i32): v128 {
  return images.isBytes ? intensities(image + pixel) : v128.load(image + (pixel << 2));
}

/**
 * Packs a group, `[pixel][image]`. Of pixels that are zero in all four images the place stays as it was.
 *
 * @param group Addresses of four images, u32.
 * @param packed `groupBytes`.
 * @param list Gets a pair for every other pixel: its distance from `packed`, and its row's distance in a panel of W1.
 * @param lit Gets a byte for every four pixels, `step` bytes apart: bit i says that they are not all zero in image i.
 * @param squares Gets the four images' |x|^2, f32.
 * @returns The list's end.
 */
export function packGroup(
  images: Images,
  inputs: i32,
  group: usize,
  packed: usize,
  list: usize,
  lit: usize,
  step: usize,
  squares: usize,
): usize {
  const a0: usize = load<u32>(group);
  const a1: usize = load<u32>(group, 4);
  const a2: usize = load<u32>(group, 8);
  const a3: usize = load<u32>(group, 12);
  const start = list;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let pixel = 0; pixel < inputs; pixel += 4, lit += step) {
    const x0 = pixelsAt(images, a0, pixel);
    const x1 = pixelsAt(images, a1, pixel);
    const x2 = pixelsAt(images, a2, pixel);
    const x3 = pixelsAt(images, a3, pixel);
    const n0 = litPixels(x0);
    const n1 = litPixels(x1);
    const n2 = litPixels(x2);
    const n3 = litPixels(x3);
    store<u8>(lit, i32(n0 != 0) | (i32(n1 != 0) << 1) | (i32(n2 != 0) << 2) | (i32(n3 != 0) << 3));
    const any = n0 | n1 | n2 | n3;
    if (any == 0) continue;
    s0 = madd(x0, x0, s0);
    s1 = madd(x1, x1, s1);
    s2 = madd(x2, x2, s2);
    s3 = madd(x3, x3, s3);
    const to = packed + pixel * PIXEL;
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 16);
    v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 32);
    v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 48);
    for (let p = 0; p < 4; p++) {
      pair(list, (pixel + p) * PIXEL, (pixel + p) * ROW_BYTES);
      list += ((any >> p) & 1) * PAIR;
    }
  }
  store<f32>(squares, sumOf(s0));
  store<f32>(squares, sumOf(s1), 4);
  store<f32>(squares, sumOf(s2), 8);
  store<f32>(squares, sumOf(s3), 12);
  const isOdd = (list - start) & PAIR;
  return isOdd ? pair(list, inputs * PIXEL, 0) : list;
}

/** Four bits: which of four pixels are not zero. */
@inline
function litPixels(x: v128): i32 {
  return i32x4.bitmask(f32x4.ne(x, f32x4.splat(0)));
}

/** Four bytes as value / 255. */
@inline
function intensities(from: usize): v128 {
  const bytes = v128.load32_zero(from);
  const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
  return f32x4.div(f32x4.convert_i32x4_u(wide), f32x4.splat(255));
}
