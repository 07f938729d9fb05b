/** Columns and rows. */
export interface PictureSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * A picture file as small as the models want it: the whole picture in the middle of a white sheet.
 *
 * @returns RGBA, row-major; where the sheet is seen, transparent.
 * @throws {DOMException} Where the browser cannot read it.
 */
export async function shrinkPicture(
  file: Blob,
  { columns, rows }: PictureSize,
): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const whole = await createImageBitmap(file);
  const scale = Math.min(columns / whole.width, rows / whole.height);
  const [width, height] = [whole.width, whole.height].map((side) => Math.max(1, Math.round(side * scale)));
  const small = await createImageBitmap(whole, {
    resizeWidth: width!,
    resizeHeight: height!,
    resizeQuality: "high",
  }).finally(() => {
    whole.close();
  });
  const sheet = new OffscreenCanvas(columns, rows).getContext("2d", { willReadFrequently: true })!;
  sheet.drawImage(small, (columns - width!) / 2, (rows - height!) / 2);
  small.close();
  return sheet.getImageData(0, 0, columns, rows).data;
}
