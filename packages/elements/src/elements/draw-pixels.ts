/** Side of a picture on the page that is aimed at, in pixels. */
const WANTED_SIDE = 84;

/** How many pixels of the page a pixel of a picture takes: a whole number, so that all are of one size. */
export function pixelScale(width: number, height: number): number {
  return Math.max(1, Math.round(WANTED_SIDE / Math.max(1, width, height)));
}

/** Draws RGBA bytes onto a canvas, which gets the picture's size, and on the page a whole multiple of it. */
export function drawPixels(
  canvas: HTMLCanvasElement,
  bytes: Uint8ClampedArray<ArrayBuffer>,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  if (width * height === 0 || bytes.length !== 4 * width * height) return;
  const scale = pixelScale(width, height);
  [canvas.width, canvas.height] = [width, height];
  [canvas.style.width, canvas.style.height] = [`${scale * width}px`, `${scale * height}px`];
  canvas.getContext("2d")?.putImageData(new ImageData(bytes, width, height), 0, 0);
}
