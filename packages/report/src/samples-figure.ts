import type { Result, SampleRow } from "@gambeson/contract";
import { base64Bytes } from "./base64-bytes.ts";
import { figure, label, noticeFigure, NARROW, type Canvas } from "./figure.ts";
import { fourDecimals } from "./format-number.ts";
import { grayPng, pngDataUri } from "./gray-png.ts";
import { element, pathData, type Markup } from "./markup.ts";
import { attackName, CAPTION_LINES, CAPTION_SIZE, className, sampleCaption } from "./sample-caption.ts";
import { BOLD, fitText, wrapText } from "./text-width.ts";

const TITLE = "Test images, benign and attacked";
const TITLE_SIZE = 11;
const MOST_COLUMNS = 10;

interface Grid {
  readonly cell: number;
  readonly picture: number;
  readonly rowHeight: number;
  readonly labelWidth: number;
  /** Room above a row for its label, where there is none beside it. */
  readonly labelHeight: number;
  readonly columns: number;
}

/** A row of pictures, all of them, of which a block shows some. */
interface PictureRow {
  readonly title: string;
  readonly attack: string;
  readonly pixels: Uint8Array;
  readonly attacked: SampleRow | null;
}

/**
 * The first seed's image comparison (the report's Fig. 3.1 to 3.3): the original images, then for every model what
 * DeepFool and FGS made of them, with true and predicted class. A wrong answer has a frame and a cross.
 */
export function samplesFigure(result: Result, canvas: Canvas): Markup {
  const { samples, models } = result.seeds[0]!;
  const { height, width } = result.dataset;
  const count = samples.indices.length;
  if (count === 0 || height * width === 0)
    return noticeFigure(canvas, TITLE, "The result holds no sample images.");

  const grid = gridOf(canvas.width, count);
  const labels = new Map(models.map(({ id, label: name }) => [id, name]));
  const rows: PictureRow[] = [
    { title: "Original", attack: "", pixels: base64Bytes(samples.original), attacked: null },
    ...samples.rows.map((row) => ({
      title: labels.get(row.model) ?? row.model,
      attack: attackName(row, samples),
      pixels: base64Bytes(row.pixels),
      attacked: row,
    })),
  ];
  const blockHeight = rows.length * grid.rowHeight + 14;
  const blocks = Array.from({ length: Math.ceil(count / grid.columns) }, (_, block) => {
    const shown = samples.indices.map((_, i) => i).slice(block * grid.columns, (block + 1) * grid.columns);
    return rows.map((row, i) =>
      pictureRow(result, canvas, { row, grid, shown, top: 10 + block * blockHeight + i * grid.rowHeight }),
    );
  });
  const text = { title: TITLE, description: describe(result) };
  return figure(canvas, 10 + blocks.length * blockHeight, text, blocks);
}

function gridOf(width: number, count: number): Grid {
  const narrow = width < NARROW;
  const labelWidth = narrow ? 0 : 116;
  const room = width - labelWidth - 20;
  const fitting = Math.min(MOST_COLUMNS, narrow ? 4 : Math.max(1, Math.floor(room / 76)));
  // As few blocks as fit, as even as they get: sixteen images where ten fit are 8 + 8.
  const columns = Math.ceil(count / Math.ceil(count / fitting));
  const cell = Math.min(room / columns, 104);
  const picture = Math.min(cell - 12, 68);
  const labelHeight = narrow ? 20 : 0;
  const rowHeight = labelHeight + picture + 13 * CAPTION_LINES + 12;
  return { cell, picture, rowHeight, labelWidth, labelHeight, columns };
}

interface PlacedRow {
  readonly row: PictureRow;
  readonly grid: Grid;
  readonly shown: readonly number[];
  readonly top: number;
}

function pictureRow(result: Result, canvas: Canvas, { row, grid, shown, top }: PlacedRow): Markup {
  const y = top + grid.labelHeight;
  return element(
    "g",
    {},
    rowTitle(canvas, row, grid, top),
    shown.map((sample, column) => {
      const captionLines = sampleCaption(result, row.attacked, sample, grid.cell - 4);
      const centre = 10 + grid.labelWidth + grid.cell * (column + 0.5);
      return [
        picture(result, canvas, row, { sample, x: centre - grid.picture / 2, y, side: grid.picture }),
        captionLines.map(({ text, tone }, line) =>
          label(canvas.theme, text, {
            ...{ x: centre, y: y + grid.picture + 13 * (line + 1), fill: canvas.theme[tone] },
            ...{ "text-anchor": "middle", "font-size": CAPTION_SIZE },
          }),
        ),
      ];
    }),
  );
}

function rowTitle(
  { theme, width }: Canvas,
  { title, attack }: PictureRow,
  { labelWidth, picture: side }: Grid,
  top: number,
): Markup[] {
  const size = { "font-size": TITLE_SIZE };
  if (labelWidth === 0) {
    const whole = attack === "" ? title : `${title}, ${attack}`;
    const fitted = fitText(whole, width - 20, TITLE_SIZE * BOLD);
    return [label(theme, fitted, { x: 10, y: top + 13, "font-weight": 600, ...size })];
  }
  const lines = [...wrapText(title, labelWidth - 10, TITLE_SIZE * BOLD, 3), attack];
  const first = top + side / 2 + 4 - 7.5 * (lines.length - 1);
  return lines.map((line, i) =>
    label(theme, line, {
      x: 10,
      y: first + 15 * i,
      "font-weight": i < lines.length - 1 ? 600 : null,
      ...size,
    }),
  );
}

interface Placed {
  readonly sample: number;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

function picture(
  { dataset, seeds }: Result,
  { theme }: Canvas,
  row: PictureRow,
  { sample, x, y, side }: Placed,
): Markup {
  const size = dataset.width * dataset.height;
  const pixels = row.pixels.subarray(sample * size, (sample + 1) * size);
  const isWrong =
    row.attacked !== null && row.attacked.predicted[sample] !== seeds[0]!.samples.labels[sample];
  const frame = { x: x - 1.5, y: y - 1.5, width: side + 3, height: side + 3 };
  return element(
    "g",
    {},
    element("rect", {
      ...frame,
      stroke: isWrong ? theme.wrong : theme.grid,
      "stroke-width": isWrong ? 2 : 1,
    }),
    pixels.length === size
      ? element("image", {
          ...{
            x,
            y,
            width: side,
            height: side,
            preserveAspectRatio: "none",
            style: "image-rendering: pixelated",
          },
          href: pngDataUri(grayPng(pixels, dataset.width, dataset.height)),
        })
      : null,
    isWrong ? cross(theme.wrong, theme.paper, x + side, y) : null,
  );
}

function cross(colour: string, paper: string, x: number, y: number): Markup {
  return element(
    "g",
    { transform: pathData`translate(${x - 3},${y + 3})` },
    element("circle", { r: 6.5, fill: colour }),
    element("path", { d: "M-3,-3L3,3M-3,3L3,-3", stroke: paper, "stroke-width": 1.75 }),
  );
}

function describe(result: Result): string {
  const { samples, models } = result.seeds[0]!;
  const sentences = samples.rows.map((row) => {
    const wrong = row.predicted.filter((k, i) => k !== samples.labels[i]).length;
    const rho = row.rho.reduce((total, value) => total + value, 0) / Math.max(1, row.rho.length);
    const name = models.find(({ id }) => id === row.model)?.label ?? row.model;
    return `${name} under ${attackName(row, samples)}: ${wrong} of ${row.predicted.length} wrong, mean |Δx|/|x| ${fourDecimals(rho)}.`;
  });
  return `Original images of ${samples.labels.map((k) => className(result, k)).join(", ")}. ${sentences.join(" ")}`;
}
