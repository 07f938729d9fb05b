/** |moved - original| / |original|, Euclidean; null for a blank image. @param moved As long as `original`. */
export function relativeLength(original: ArrayLike<number>, moved: ArrayLike<number>): number | null {
  let [way, length] = [0, 0];
  for (let i = 0; i < original.length; i++) {
    way += (moved[i]! - original[i]!) ** 2;
    length += original[i]! ** 2;
  }
  return length === 0 ? null : Math.sqrt(way / length);
}
