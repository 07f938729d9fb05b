import { textWidth } from "@gambeson/report";
import { svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { CHART_FONT_SIZE, drawSvg } from "../charts/draw-svg.ts";
import { itemTitle, viewWords, type ImageGridItem, type ImageView } from "../view-models/image-grid.ts";
import { differenceBytes, greyBytes } from "../view-models/picture-bytes.ts";
import { drawPixels, pixelScale } from "./draw-pixels.ts";

const [MARGIN, GAP, LINE, TITLE, MOST_WIDTH] = [16, 12, 15, 20, 1100] as const;
/** A picture's column is not narrower, for its words. */
const LEAST_COLUMN = 108;
/** How much wider bold letters are. */
const BOLD = 1.12;

/** What the grid looks like. */
export interface ImageGridLook {
  readonly classNames: readonly string[];
  /** How much larger the difference is drawn; null where it is not. */
  readonly amplify: number | null;
}

/** The whole grid with its words, as a file has it: each picture is an image of its own pixels. */
export function drawImageGrid(items: readonly ImageGridItem[], look: ImageGridLook): TemplateResult {
  const [first] = items;
  const { width = 1, height = 1 } = first ?? {};
  const side = pixelScale(width, height);
  const column = Math.max(LEAST_COLUMN, side * width) + GAP;
  const card = column * Math.max(1, ...items.map(({ views }) => views.length)) + GAP;
  const difference = look.amplify === null ? 0 : side * height + LINE;
  const cardHeight = TITLE + side * height + 4 * LINE + difference + 2 * GAP;
  const across = Math.max(1, Math.min(items.length, Math.floor(MOST_WIDTH / card)));
  const size = {
    width: across * card + 2 * MARGIN,
    height: Math.ceil(items.length / across) * cardHeight + 2 * MARGIN,
  };
  const cards = items.map((item, i) => {
    const x = MARGIN + (i % across) * card;
    const y = MARGIN + Math.floor(i / across) * cardHeight;
    const title = itemTitle(item, look.classNames);
    return svg`${write(title, { x, y: y + 12, room: card - GAP, isBold: true })}
      ${item.views.map((view, v) =>
        drawView(item, view, { ...look, x: x + v * column, y: y + TITLE, room: column - GAP }),
      )}`;
  });
  return drawSvg(size, cards);
}

interface Place extends ImageGridLook {
  readonly x: number;
  readonly y: number;
  readonly room: number;
}

function drawView(
  item: ImageGridItem,
  view: ImageView,
  { x, y, room, classNames, amplify }: Place,
): SVGTemplateResult {
  const { name, guess, verdict, size, isWrong } = viewWords(item, view, classNames);
  const tall = pixelScale(item.width, item.height) * item.height;
  const words = [name, guess, verdict, size].map((text, i) =>
    write(text, { x, y: y + tall + LINE * (i + 1) - 2, room, isWrong: isWrong && i > 0 && i < 3 }),
  );
  const seen = svg`${drawPicture(item, greyBytes(view.pixels), x, y)}${words}`;
  const [original] = item.views;
  if (amplify === null || original === undefined || view === original) return seen;
  const at = y + tall + 4 * LINE + 4;
  const bytes = differenceBytes(original.pixels, view.pixels, amplify);
  return svg`${seen}${drawPicture(item, bytes, x, at)}
    ${write(`difference × ${amplify}`, { x, y: at + tall + LINE - 2, room })}`;
}

function drawPicture(
  { width, height }: ImageGridItem,
  bytes: Uint8ClampedArray<ArrayBuffer>,
  x: number,
  y: number,
): SVGTemplateResult {
  const own = document.createElement("canvas");
  const side = pixelScale(width, height);
  drawPixels(own, bytes, { width, height });
  return svg`<image
    x=${x}
    y=${y}
    width=${side * width}
    height=${side * height}
    preserveAspectRatio="none"
    image-rendering="pixelated"
    href=${own.toDataURL()}
  />`;
}

interface Writing {
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly isBold?: boolean;
  readonly isWrong?: boolean;
}

/** Words that are wider than their room are set closer. */
function write(text: string, { x, y, room, isBold = false, isWrong = false }: Writing): SVGTemplateResult {
  const fill = isWrong ? "var(--wrong)" : "var(--ink)";
  const weight = isBold ? 600 : 400;
  return textWidth(text, CHART_FONT_SIZE * (isBold ? BOLD : 1)) <= room
    ? svg`<text x=${x} y=${y} font-weight=${weight} fill=${fill}>${text}</text>`
    : svg`<text x=${x} y=${y} font-weight=${weight} fill=${fill} textLength=${room} lengthAdjust="spacingAndGlyphs">${text}</text>`;
}
