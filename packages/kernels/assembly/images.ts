/**
 * Images in groups of four, cut into blocks of 4 images x 4 pixels. Blocks of nothing but zeros are left out: about a fifth of
 * them in Fashion-MNIST, half in MNIST.
 */
import { pair, PAIR } from "./tile";
import { madd, sumOf } from "./simd";

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

/** Bytes of a block of 4 x 4 numbers. */
export const BLOCK: usize = 64;

/** Where image `index` begins; the blank one for -1. */
@inline
export function imageAt(images: Images, inputs: i32, index: i32): usize {
  if (index < 0) return images.blank;
  return images.pixels + <usize>index * (images.isBytes ? <usize>inputs : <usize>inputs << 2);
}

/**
 * Packs the blocks of a group that are not all zero, `[image][pixel]` each, one after the other.
 *
 * @param group Addresses of four images, u32.
 * @param list Gets a pair for each block packed: its distance from `blocks`, and its pixels' distance in a panel of W1.
 * @param where Gets for each block of pixels the distance of its block from `base`, -1 if left out; `step` bytes apart.
 * @param lengths Gets the four images' |x|^2.
 * @returns The list's end.
 */
export function packGroup(
  images: Images,
  inputs: i32,
  group: usize,
  blocks: usize,
  list: usize,
  where: usize,
  step: usize,
  base: usize,
  lengths: usize,
): usize {
  const a0: usize = load<u32>(group);
  const a1: usize = load<u32>(group, 4);
  const a2: usize = load<u32>(group, 8);
  const a3: usize = load<u32>(group, 12);
  const count = <usize>inputs >> 2;
  let block = blocks;
  let l0 = f32x4.splat(0);
  let l1 = l0;
  let l2 = l0;
  let l3 = l0;
  let x0: v128, x1: v128, x2: v128, x3: v128;
  for (let t: usize = 0; t < count; t++) {
    if (images.isBytes) {
      const any = load<u32>(a0 + (t << 2)) | load<u32>(a1 + (t << 2)) | load<u32>(a2 + (t << 2)) | load<u32>(a3 + (t << 2));
      if (any == 0) {
        store<i32>(where + t * step, -1);
        continue;
      }
      x0 = intensities(a0 + (t << 2));
      x1 = intensities(a1 + (t << 2));
      x2 = intensities(a2 + (t << 2));
      x3 = intensities(a3 + (t << 2));
    } else {
      x0 = v128.load(a0 + (t << 4));
      x1 = v128.load(a1 + (t << 4));
      x2 = v128.load(a2 + (t << 4));
      x3 = v128.load(a3 + (t << 4));
      if (!v128.any_true(v128.or(v128.or(x0, x1), v128.or(x2, x3)))) {
        store<i32>(where + t * step, -1);
        continue;
      }
    }
    v128.store(block, x0);
    v128.store(block, x1, 16);
    v128.store(block, x2, 32);
    v128.store(block, x3, 48);
    l0 = madd(x0, x0, l0);
    l1 = madd(x1, x1, l1);
    l2 = madd(x2, x2, l2);
    l3 = madd(x3, x3, l3);
    store<i32>(where + t * step, <i32>(block - base));
    list = pair(list, block - blocks, t * 192);
    block += BLOCK;
  }
  store<f32>(lengths, sumOf(l0));
  store<f32>(lengths, sumOf(l1), 4);
  store<f32>(lengths, sumOf(l2), 8);
  store<f32>(lengths, sumOf(l3), 12);
  return list;
}

/** Bytes that a group's list can take. */
export function groupListBytes(inputs: i32): usize {
  return (<usize>inputs >> 2) * PAIR;
}

/** Four bytes as value / 255. */
@inline
function intensities(from: usize): v128 {
  const bytes = v128.load32_zero(from);
  const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
  return f32x4.div(f32x4.convert_i32x4_u(wide), f32x4.splat(255));
}

/** Four pixels of an image, as numbers. */
@inline
export function pixelsAt(images: Images, image: usize, pixel: i32): v128 {
  return images.isBytes ? intensities(image + pixel) : v128.load(image + (pixel << 2));
}
