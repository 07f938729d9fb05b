import { CHART_FONT, pngFile, svgFile, type SavedForm } from "@gambeson/elements";
import { css, html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { MAP_LETTER, MAP_SIDE, type MapRegion, type PlayMap } from "../view-models/play-map.ts";

/** Sides of the drawing, in pixels. */
const SIDE = 220;
const SCALE = SIDE / MAP_SIDE;
/** Colours of the theme; each class also has a hatching of its own. */
const COLOURS = 8;

/**
 * The classes that a model sees around an image, with DeepFool's way through them and FGS's.
 *
 * @property map What to draw.
 * @property step The step of DeepFool that is shown; null for its end.
 * @property name Of the files that it saves, without ending.
 * @property model Whose map it is.
 */
export class GambesonPlayMap extends LitElement {
  static override properties = {
    map: { attribute: false },
    step: { attribute: false },
    name: {},
    model: {},
  };
  static override styles = [
    css`
      :host {
        display: block;
        color: var(--ink);
      }
      svg {
        display: block;
        width: 100%;
        max-width: 17rem;
        height: auto;
        border: 1px solid var(--grid);
        border-radius: 0.25rem;
      }
    `,
  ];
  declare map: PlayMap | null;
  declare step: number | null;
  declare name: string;
  declare model: string;

  constructor() {
    super();
    this.map = null;
    this.step = null;
    this.name = "boundary-map";
    this.model = "";
  }

  override render(): TemplateResult | typeof nothing {
    if (this.map === null) return nothing;
    return html`${drawMap(this.map, this.step, `Classes around the image, ${this.model}: ${this.map.summary}`)}
      <gambeson-save-buttons
        .what=${`Classes around the image, ${this.model}`}
        .name=${this.name}
        .forms=${this.#forms(this.map)}
      ></gambeson-save-buttons>`;
  }

  #forms(map: PlayMap): readonly SavedForm[] {
    const drawing = () => drawMap(map, this.step, map.summary);
    return [
      { form: "SVG", ending: "svg", make: () => svgFile(drawing()) },
      { form: "PNG", ending: "png", make: () => pngFile(drawing()) },
      { form: "CSV", ending: "csv", make: () => new Blob([map.csv()], { type: "text/csv" }) },
    ];
  }
}

function drawMap(map: PlayMap, step: number | null, label: string): TemplateResult {
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${SIDE} ${SIDE}"
    width=${SIDE}
    height=${SIDE}
    font-family=${CHART_FONT}
    font-size=${(MAP_LETTER * SCALE).toFixed(1)}
    role="img"
    aria-label=${label}
  >
    <defs>${map.regions.map(drawHatching)}</defs>
    <g transform="scale(${SCALE})">
      ${map.regions.map(
        (region) =>
          svg`<path d=${region.path} fill=${colourOf(region)} fill-opacity="0.22" shape-rendering="crispEdges" />`,
      )}
    </g>
    ${map.regions.map(
      (region) =>
        svg`<path d=${region.path} transform="scale(${SCALE})" fill="url(#hatching-${region.class})" />`,
    )}
    <path
      d=${map.boundary}
      transform="scale(${SCALE})"
      fill="none"
      stroke="var(--ink)"
      stroke-width="0.6"
      stroke-linecap="square"
    />
    ${drawFgs(map)} ${drawWalk(map, step)} ${map.regions.map(drawName)} ${drawScale(map)}
  </svg>`;
}

function colourOf({ class: k }: MapRegion): string {
  return `var(--series-${k % COLOURS})`;
}

/** Lines that lean otherwise, and stand closer, from class to class. */
function drawHatching(region: MapRegion): SVGTemplateResult {
  const { class: k } = region;
  const gap = 9 + 3 * (k % 3);
  return svg`<pattern id="hatching-${k}" width=${gap} height=${gap} patternUnits="userSpaceOnUse"
      patternTransform="scale(${1 / SCALE}) rotate(${(20 + 37 * k) % 180})">
    <path d="M0,0H${gap}" stroke=${colourOf(region)} stroke-width="1.2" stroke-opacity="0.6" />
  </pattern>`;
}

function drawFgs({ fgs: [from, to], fgsAt }: PlayMap): SVGTemplateResult {
  return svg`<path d="M${pixels(from)}L${pixels(to)}" stroke="var(--ink)" stroke-width="1.5" stroke-dasharray="2 4" />
    ${
      fgsAt === null
        ? nothing
        : svg`<path d="M0,-7L7,0L0,7L-7,0z" transform="translate(${pixels(fgsAt)})" fill="var(--paper)" stroke="var(--ink)" stroke-width="2" />`
    }`;
}

function drawWalk({ walk }: PlayMap, step: number | null): SVGTemplateResult {
  const at = Math.min(step ?? walk.length - 1, walk.length - 1);
  const places = walk.map(pixels);
  return svg`<path d="M${places.join("L")}" fill="none" stroke="var(--ink)" stroke-width="2" />
    ${places.map(
      (place, index) => svg`<circle r=${index === at ? 6 : 3.5} transform="translate(${place})"
        fill=${index === at ? "var(--ink)" : "var(--paper)"} stroke="var(--ink)" stroke-width="2" />`,
    )}`;
}

function drawName({ name, nameAt }: MapRegion): SVGTemplateResult | typeof nothing {
  if (nameAt === null) return nothing;
  return svg`<text transform="translate(${pixels(nameAt)})" dy="0.35em" text-anchor="middle" font-weight="600" fill="var(--ink)"
    stroke="var(--paper)" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${name}</text>`;
}

function drawScale({ scale: { length, text } }: PlayMap): SVGTemplateResult {
  const [left, y] = [10, SIDE - 12];
  return svg`<path d="M${left},${y - 4}v4h${length * SCALE}v-4" fill="none" stroke="var(--ink)" stroke-width="1.5" />
    <text x=${left + length * SCALE + 6} y=${y + 2} fill="var(--ink)" stroke="var(--paper)" stroke-width="4"
      stroke-linejoin="round" paint-order="stroke">${text}</text>`;
}

function pixels(place: readonly [x: number, y: number]): string {
  return place.map((value) => (value * SCALE).toFixed(2)).join(",");
}

customElements.define("gambeson-play-map", GambesonPlayMap);
