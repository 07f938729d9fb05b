import { render, type TemplateResult } from "lit";
import { standaloneSvg } from "./standalone-svg.ts";

/** Pixels of a PNG for each pixel of the drawing. */
const PNG_SCALE = 2;

/** Hands a file to the reader, as a download. */
export function saveFile(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Once the browser has taken it.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}

/** @param drawing A template of one svg element. */
export function svgFile(drawing: TemplateResult): Blob {
  return new Blob([svgText(drawing)], { type: "image/svg+xml" });
}

export function csvFile(text: string): Blob {
  return new Blob([text], { type: "text/csv" });
}

/** The drawing as pixels, two for each of the drawing's. @throws {Error} If the browser cannot draw it. */
export async function pngFile(drawing: TemplateResult): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(svgFile(drawing));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [PNG_SCALE * image.width, PNG_SCALE * image.height];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await pngOf(canvas);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A canvas as a file. @throws {Error} If it is too large for the browser. */
function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob !== null) resolve(blob);
      else
        reject(
          new Error(
            `Cannot save the picture as the browser must be able to draw it: current value is ${canvas.width} x ${canvas.height} pixels`,
          ),
        );
    });
  });
}

function svgText(drawing: TemplateResult): string {
  const place = document.createElement("div");
  render(drawing, place);
  return standaloneSvg(new XMLSerializer().serializeToString(place.querySelector("svg")!));
}
