import type { TaskState } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { TaskGroup, TaskNode } from "../view-models/task-graph.ts";

// Places are set as a property: the server's content policy forbids the attribute, which styleMap writes at first.

/** In rem: sizes of a node, room between columns and rows, and above a lane for its name. */
const [WIDTH, HEIGHT] = [8.9, 2.7] as const;
const [GAP_X, GAP_Y, LANE_TOP] = [1.5, 0.45, 1.6] as const;

/** A shape for each state, 16 x 16, which says it without colour. */
const ICONS = {
  waiting: "M8,2a6,6 0 1,0 0.01,0M8,3.5a4.5,4.5 0 1,1 -0.01,0",
  running: "M3,2L14,8L3,14Z",
  finished: "M6.2,13.5L1.5,8.8L3.3,7L6.2,9.9L12.7,3.2L14.5,5Z",
  failed: "M3.5,1.7L8,6.2L12.5,1.7L14.3,3.5L9.8,8L14.3,12.5L12.5,14.3L8,9.8L3.5,14.3L1.7,12.5L6.2,8L1.7,3.5Z",
  skipped: "M2,7h5v2H2zM9,7h5v2H9z",
  cancelled: "M3,3h10v10H3z",
} as const satisfies Record<TaskState, string>;

/** `<gambeson-task-graph>`: tasks from left to right, after what they need; where there is no room a list. @property groups What to draw. */
export class GambesonTaskGraph extends LitElement {
  static override properties = { groups: { attribute: false } };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .scroll {
        padding: 0.5rem;
      }
      .graph {
        position: relative;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      svg.edges {
        position: absolute;
        inset: 0;
        overflow: visible;
      }
      svg.edges path {
        fill: none;
        stroke: var(--muted);
        stroke-width: 0.08;
      }
      .lane {
        position: absolute;
        inset-inline-start: 0;
        color: var(--muted);
        font-size: 0.85rem;
        font-weight: 600;
        border-block-start: 1px solid var(--grid);
        width: 100%;
        padding-block-start: 0.1rem;
      }
      li {
        position: absolute;
        overflow: hidden;
        border: 1px solid var(--muted);
        border-radius: 0.4rem;
        background: var(--paper);
        padding: 0.2rem 0.45rem;
        font-size: 0.8rem;
        line-height: 1.3;
      }
      li > * {
        position: relative;
      }
      .title {
        display: flex;
        gap: 0.35rem;
        align-items: center;
        font-weight: 600;
      }
      .short {
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .title svg {
        flex: none;
        fill: currentcolor;
      }
      .state {
        color: var(--muted);
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      li[data-state="running"] {
        border-color: var(--accent);
        border-width: 2px;
      }
      li[data-state="failed"] {
        border-color: var(--wrong);
      }
      li[data-state="failed"] .title {
        color: var(--wrong);
      }
      li[data-state="waiting"],
      li[data-state="skipped"] {
        border-style: dashed;
      }
      .bar {
        position: absolute;
        inset-block-end: 0;
        inset-inline-start: 0;
        height: 0.25rem;
        background: var(--accent);
        forced-color-adjust: none;
      }
      summary {
        cursor: pointer;
        padding-block: 0.4rem;
      }
      @container (max-width: 40rem) {
        svg.edges,
        .lane,
        .short {
          display: none;
        }
        .graph {
          height: auto !important;
          width: auto !important;
          display: grid;
          gap: 0.35rem;
        }
        li {
          position: relative;
          width: auto !important;
          height: auto !important;
          inset: auto !important;
        }
        .state {
          white-space: normal;
        }
        .full {
          position: static;
          width: auto;
          height: auto;
          clip-path: none;
          white-space: normal;
        }
      }
    `,
  ];
  declare groups: readonly TaskGroup[];

  constructor() {
    super();
    this.groups = [];
  }

  override render(): TemplateResult {
    return html`${this.groups.map((group) =>
      group.title === ""
        ? drawGroup(group)
        : html`<details ?open=${group.isUnderWay}>
            <summary>${group.title}: ${group.summary}</summary>
            ${drawGroup(group)}
          </details>`,
    )}`;
  }
}

function drawGroup(group: TaskGroup): TemplateResult {
  const size = `width: ${xOf(group.columns) - GAP_X}rem; height: ${yOf(group, group.rows) - GAP_Y}rem`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${`Tasks ${group.title}`}>
    <div class="graph" .style=${size}>
      ${group.lanes.map(
        ({ label, row }) =>
          html`<div class="lane" aria-hidden="true" .style=${`top: ${yOf(group, row) - LANE_TOP}rem`}>
            ${label}
          </div>`,
      )}
      ${drawEdges(group)}
      <ol class="graph" role="list" aria-label=${group.summary} .style=${size}>
        ${group.nodes.map((node) => drawNode(node, group))}
      </ol>
    </div>
  </div>`;
}

function drawNode(node: TaskNode, group: TaskGroup): TemplateResult {
  const { title, shortTitle, state, stateText, note, share } = node;
  const place = `left: ${xOf(node.column)}rem; top: ${yOf(group, node.row)}rem; width: ${WIDTH}rem; height: ${HEIGHT}rem`;
  return html`<li data-state=${state} .style=${place} title=${note === "" ? title : `${title}: ${note}`}>
    <div class="title">
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path d=${ICONS[state]} fill-rule="evenodd" />
      </svg>
      <span class="short" aria-hidden="true">${drawShort(shortTitle)}</span
      ><span class="full visually-hidden">${title}</span>
    </div>
    <div class="state">${stateText}${note === "" ? nothing : html`: ${note}`}</div>
    ${state === "running" ? html`<div class="bar" .style=${`width: ${100 * share}%`}></div>` : nothing}
  </li>`;
}

function drawShort(title: string): TemplateResult | string {
  const [before, after] = title.split("_ref");
  return after === undefined ? title : html`${before}<sub>ref</sub>${after}`;
}

function drawEdges(group: TaskGroup): TemplateResult {
  const nodes = new Map(group.nodes.map((node) => [node.id, node]));
  const [width, height] = [xOf(group.columns), yOf(group, group.rows)];
  return html`<svg
    class="edges"
    viewBox="0 0 ${width} ${height}"
    .style=${`width: ${width}rem; height: ${height}rem`}
    aria-hidden="true"
  >
    ${group.edges.map(([from, to]) => drawEdge(nodes.get(from)!, nodes.get(to)!, group))}
  </svg>`;
}

/** From a node's right side to another's left side; the bend lies before the other, so that lines into it run together. */
function drawEdge(from: TaskNode, to: TaskNode, group: TaskGroup): SVGTemplateResult {
  const [x1, x2] = [xOf(from.column) + WIDTH, xOf(to.column)];
  const [y1, y2] = [yOf(group, from.row) + HEIGHT / 2, yOf(group, to.row) + HEIGHT / 2];
  const bend = x2 - GAP_X;
  return svg`<path d="M${x1},${y1}H${bend}C${x2 - GAP_X / 2},${y1} ${x2 - GAP_X / 2},${y2} ${x2},${y2}" />`;
}

function xOf(column: number): number {
  return column * (WIDTH + GAP_X);
}

/** Lanes that begin above a row, its own among them, each take room for their name. */
function yOf({ lanes }: TaskGroup, row: number): number {
  return row * (HEIGHT + GAP_Y) + LANE_TOP * lanes.filter((lane) => lane.row <= row).length;
}

customElements.define("gambeson-task-graph", GambesonTaskGraph);
