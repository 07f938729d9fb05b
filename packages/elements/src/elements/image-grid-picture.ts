import { LIGHT_THEME } from "@gambeson/report/theme";
import { CHART_FONT } from "../charts/draw-svg.ts";
import { itemTitle, viewWords, type ImageGridItem, type ImageView } from "../view-models/image-grid.ts";
import { differenceBytes, greyBytes } from "../view-models/picture-bytes.ts";
import { drawPixels, pixelScale } from "./draw-pixels.ts";

/** Of the file, for each pixel of its drawing. */
const SCALE = 2;
const [MARGIN, GAP, LINE, TITLE, MOST_WIDTH] = [16, 12, 15, 20, 1100] as const;
/** A picture's column is not narrower, for its words. */
const LEAST_COLUMN = 108;

/** What the grid looks like. */
export interface ImageGridLook {
  readonly classNames: readonly string[];
  /** How much larger the difference is drawn; null where it is not. */
  readonly amplify: number | null;
}

/** The whole grid with its words, on white. */
export function imageGridPicture(
  items: readonly ImageGridItem[],
  { classNames, amplify }: ImageGridLook,
): HTMLCanvasElement {
  const [first] = items;
  const { width = 1, height = 1 } = first ?? {};
  const side = pixelScale(width, height);
  const column = Math.max(LEAST_COLUMN, side * width) + GAP;
  const card = column * Math.max(1, ...items.map(({ views }) => views.length)) + GAP;
  const cardHeight =
    TITLE + side * height + 4 * LINE + (amplify === null ? 0 : side * height + LINE) + 2 * GAP;
  const across = Math.max(1, Math.min(items.length, Math.floor(MOST_WIDTH / card)));
  const canvas = document.createElement("canvas");
  canvas.width = SCALE * (across * card + 2 * MARGIN);
  canvas.height = SCALE * (Math.ceil(items.length / across) * cardHeight + 2 * MARGIN);
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  context.scale(SCALE, SCALE);
  context.imageSmoothingEnabled = false;
  context.fillStyle = LIGHT_THEME.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  items.forEach((item, i) => {
    const x = MARGIN + (i % across) * card;
    const y = MARGIN + Math.floor(i / across) * cardHeight;
    write(context, itemTitle(item, classNames), { x, y: y + 12, room: card - GAP, isBold: true });
    item.views.forEach((view, v) => {
      drawView(context, item, view, {
        x: x + v * column,
        y: y + TITLE,
        room: column - GAP,
        classNames,
        amplify,
      });
    });
  });
  return canvas;
}

interface Place extends ImageGridLook {
  readonly x: number;
  readonly y: number;
  readonly room: number;
}

function drawView(
  context: CanvasRenderingContext2D,
  item: ImageGridItem,
  view: ImageView,
  { x, y, room, classNames, amplify }: Place,
): void {
  const { name, guess, verdict, size, isWrong } = viewWords(item, view, classNames);
  const below = y + stamp(context, item, greyBytes(view.pixels), x, y);
  [name, guess, verdict, size].forEach((text, i) => {
    write(context, text, { x, y: below + LINE * (i + 1) - 2, room, isWrong: isWrong && i > 0 && i < 3 });
  });
  const original = item.views[0];
  if (amplify === null || original === undefined || view === original) return;
  const at = below + 4 * LINE + 4;
  const end = at + stamp(context, item, differenceBytes(original.pixels, view.pixels, amplify), x, at);
  write(context, `difference × ${amplify}`, { x, y: end + LINE - 2, room });
}

/** @returns The height that it took. */
function stamp(
  context: CanvasRenderingContext2D,
  { width, height }: ImageGridItem,
  bytes: Uint8ClampedArray<ArrayBuffer>,
  x: number,
  y: number,
): number {
  const own = document.createElement("canvas");
  const side = pixelScale(width, height);
  drawPixels(own, bytes, { width, height });
  context.drawImage(own, x, y, side * width, side * height);
  return side * height;
}

interface Writing {
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly isBold?: boolean;
  readonly isWrong?: boolean;
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y, room, isBold = false, isWrong = false }: Writing,
): void {
  context.font = `${isBold ? "600 " : ""}12px ${CHART_FONT}`;
  context.fillStyle = isWrong ? LIGHT_THEME.wrong : LIGHT_THEME.ink;
  context.fillText(text, x, y, room);
}
