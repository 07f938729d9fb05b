import { html, svg, type TemplateResult } from "lit";
import { CHART_FONT } from "../charts/draw-line-chart.ts";
import { numberText } from "../numbers.ts";
import { heatOf, type ConfusionMatrix } from "../view-models/confusion-matrix.ts";

const [SIDE, LEFT, TOP] = [52, 150, 66] as const;
/** How deep the colour of a cell with all of its class is. */
const DEEPEST = 0.45;

/** The matrix as a picture, for files: true classes down, predicted ones across. */
export function drawConfusionMatrix({ label, classNames, counts, shares }: ConfusionMatrix): TemplateResult {
  const [width, height] = [LEFT + SIDE * classNames.length + 16, TOP + SIDE * classNames.length + 16];
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${width} ${height}"
    width=${width}
    height=${height}
    font-family=${CHART_FONT}
    font-size="12"
    fill="var(--ink)"
  >
    <text x="12" y="22" font-size="14" font-weight="600">${label}: confusion matrix</text>
    <text x="12" y=${TOP - 10} fill="var(--muted)">true ↓ predicted →</text>
    ${classNames.map(
      (name, k) => svg`<text x="12" y=${TOP + SIDE * (k + 0.5) + 4}>${k} ${name}</text>
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
  </svg>`;
}
