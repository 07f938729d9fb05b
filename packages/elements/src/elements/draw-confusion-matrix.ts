import { fitText } from "@gambeson/report";
import { svg, type TemplateResult } from "lit";
import { CHART_FONT_SIZE, drawSvg } from "../charts/draw-svg.ts";
import { numberText } from "../numbers.ts";
import { heatOf, type ConfusionMatrix } from "../view-models/confusion-matrix.ts";

const [EDGE, SIDE, LEFT, TOP] = [12, 52, 150, 66] as const;
const [TITLE_SIZE, BOLD] = [14, 1.12] as const;
/** How deep the colour of a cell with all of its class is. */
const DEEPEST = 0.45;

/** The matrix as a picture, for files: true classes down, predicted ones across. */
export function drawConfusionMatrix({ label, classNames, counts, shares }: ConfusionMatrix): TemplateResult {
  const [width, height] = [LEFT + SIDE * classNames.length + 16, TOP + SIDE * classNames.length + 16];
  const title = fitText(`${label}: confusion matrix`, width - 2 * EDGE, TITLE_SIZE * BOLD);
  return drawSvg(
    { width, height },
    svg`<g fill="var(--ink)">
      <text x=${EDGE} y="22" font-size=${TITLE_SIZE} font-weight="600">${title}</text>
      <text x=${EDGE} y=${TOP - 10} fill="var(--muted)">true ↓ predicted →</text>
      ${classNames.map(
        (
          name,
          k,
        ) => svg`<text x=${EDGE} y=${TOP + SIDE * (k + 0.5) + 4}>${fitText(`${k} ${name}`, LEFT - 2 * EDGE, CHART_FONT_SIZE)}</text>
        <text x=${LEFT + SIDE * (k + 0.5)} y=${TOP - 10} text-anchor="middle">${k}</text>`,
      )}
      ${counts.map((row, truth) =>
        row.map((count, guess) => {
          const [x, y] = [LEFT + SIDE * guess, TOP + SIDE * truth];
          const colour = truth === guess ? "var(--series-1)" : "var(--wrong)";
          const depth = (DEEPEST * heatOf(shares[truth]![guess]!)).toFixed(3);
          return svg`<rect x=${x} y=${y} width=${SIDE} height=${SIDE} fill=${colour} fill-opacity=${depth} stroke="var(--grid)" />
            <text x=${x + SIDE / 2} y=${y + SIDE / 2 + 4} text-anchor="middle">${numberText(count)}</text>`;
        }),
      )}
    </g>`,
  );
}
