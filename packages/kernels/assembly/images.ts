/** Images in groups of four, made ready for products, and lists of what is not zero in them: half of Fashion-MNIST is black. */
import { madd, sumOf } from "./simd";
import { entry, ENTRY, ROW_BYTES } from "./tile";

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

/** Bytes of four numbers: a pixel of four images, or four pixels of an image. */
export const FOUR: usize = 16;

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
 * Packs the pixels of a group that are not zero in all four images, `[pixel][image]`, one after the other.
 *
 * @param group Addresses of four images, u32.
 * @param packed Room for all pixels.
 * @param list Gets for each pixel packed its row's distance in a panel of W1. Room for all pixels.
 * @param squares Gets the four images' |x|^2, f32.
 * @returns The list's end.
 */
export function packGroup(images: Images, inputs: i32, group: usize, packed: usize, list: usize, squares: usize): usize {
  const a0: usize = load<u32>(group);
  const a1: usize = load<u32>(group, 4);
  const a2: usize = load<u32>(group, 8);
  const a3: usize = load<u32>(group, 12);
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let pixel = 0; pixel < inputs; pixel += 4) {
    const x0 = pixelsAt(images, a0, pixel);
    const x1 = pixelsAt(images, a1, pixel);
    const x2 = pixelsAt(images, a2, pixel);
    const x3 = pixelsAt(images, a3, pixel);
    const lit = litPixels(v128.or(v128.or(x0, x1), v128.or(x2, x3)));
    if (lit == 0) continue;
    s0 = madd(x0, x0, s0);
    s1 = madd(x1, x1, s1);
    s2 = madd(x2, x2, s2);
    s3 = madd(x3, x3, s3);
    // All four are written, and the next block begins where those that are lit end.
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    let row = pixel * ROW_BYTES;
    let isLit: usize = lit & 1;
    v128.store(packed, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    entry(list, row);
    packed += isLit * FOUR;
    list += isLit * ENTRY;
    row += ROW_BYTES;
    isLit = (lit >> 1) & 1;
    v128.store(packed, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    entry(list, row);
    packed += isLit * FOUR;
    list += isLit * ENTRY;
    row += ROW_BYTES;
    isLit = (lit >> 2) & 1;
    v128.store(packed, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    entry(list, row);
    packed += isLit * FOUR;
    list += isLit * ENTRY;
    row += ROW_BYTES;
    isLit = (lit >> 3) & 1;
    v128.store(packed, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    entry(list, row);
    packed += isLit * FOUR;
    list += isLit * ENTRY;
  }
  store<f32>(squares, sumOf(s0));
  store<f32>(squares, sumOf(s1), 4);
  store<f32>(squares, sumOf(s2), 8);
  store<f32>(squares, sumOf(s3), 12);
  return list;
}

/**
 * Packs four pixels of the images in which they are not all zero, `[image][pixel]`, one after the other.
 *
 * @param addresses Of `count` images, u32.
 * @param packed, list Room for all images. The list gets for each image packed its place times `row`.
 * @returns The list's end.
 */
export function packPixels(
  images: Images,
  addresses: usize,
  count: i32,
  pixel: i32,
  packed: usize,
  list: usize,
  row: usize,
): usize {
  for (let i = 0; i < count; i++) {
    const x = pixelsAt(images, load<u32>(addresses + (i << 2)), pixel);
    const isLit: usize = usize(v128.any_true(x));
    v128.store(packed, x);
    entry(list, i * row);
    packed += isLit * FOUR;
    list += isLit * ENTRY;
  }
  return list;
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
