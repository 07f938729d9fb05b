import { css, html, type TemplateResult } from "lit";
import { CHART_KEYS, type ChartKey } from "./chart-geometry.ts";

/** A drawing that is read point by point, by keys and by a pointer. */
export interface Plot {
  /** What it is, and how it is read: for those who cannot see it. */
  readonly label: string;
  /** One svg element. */
  readonly drawing: TemplateResult;
  /** What the point says that is read; empty where none is. */
  readonly reading: string;
  /** Whether something in it is dragged sideways. */
  readonly isDraggable?: boolean;
  readonly onKey: (key: ChartKey) => void;
  /** @param at In pixels of the drawing. @param isDrag Whether the reader drags, or has clicked or tapped. */
  readonly onPointer: (at: readonly [x: number, y: number], isDrag: boolean) => void;
  /** Nothing is read any more. */
  readonly onLeave: () => void;
}

export const plotStyles = css`
  .plot {
    border-radius: 0.3rem;
    overflow: hidden;
    user-select: none;
  }
  .plot.draggable {
    cursor: ew-resize;
    touch-action: pan-y pinch-zoom;
  }
  .plot svg {
    display: block;
  }
  .reading {
    min-height: 1.5em;
    margin: 0.4rem 0 0;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  @media print {
    .plot svg {
      max-width: 100%;
      height: auto;
    }
  }
  /* Room for two lines: what stands below does not jump. */
  .reading.narrow {
    min-height: 3em;
  }
`;

/** The drawing, which takes the focus, and below it what is read. @param width Of the element, in pixels. */
export function renderPlot(plot: Plot, width: number): TemplateResult {
  return html`<div
      class="plot ${plot.isDraggable === true ? "draggable" : ""}"
      role="application"
      aria-roledescription="chart"
      aria-label=${plot.label}
      tabindex="0"
      @keydown=${(event: KeyboardEvent) => {
        const key = CHART_KEYS.find((known) => known === event.key);
        if (key === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        plot.onKey(key);
      }}
      @pointermove=${(event: PointerEvent) => {
        point(plot, event, event.buttons === 1);
      }}
      @pointerdown=${(event: PointerEvent) => {
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        // A finger that begins to scroll the page drags nothing.
        point(plot, event, event.pointerType === "mouse" && event.button === 0);
      }}
      @pointerup=${(event: PointerEvent) => {
        if (event.pointerType !== "mouse") point(plot, event, true);
      }}
      @pointerleave=${(event: PointerEvent) => {
        // What keys or a finger have found stays.
        const isRead = (event.currentTarget as Element).matches(":focus-visible");
        if (event.pointerType === "mouse" && !isRead) plot.onLeave();
      }}
      @blur=${plot.onLeave}
    >
      ${plot.drawing}
    </div>
    <p class="reading ${width < 480 ? "narrow" : ""}" aria-live="polite">${plot.reading}</p>`;
}

function point({ onPointer }: Plot, event: PointerEvent, isDrag: boolean): void {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  onPointer([event.clientX - box.left, event.clientY - box.top], isDrag);
}
