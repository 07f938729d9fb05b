/** A chart of lines as data: what `<gambeson-line-chart>` draws, reads out and exports. */
export interface LineChart {
  /** Names the chart for those who cannot see it, and in files. */
  readonly title: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly ChartSeries[];
  /** Upright lines, each with a word above it; "ε_ref" in it is set with a subscript. */
  readonly references?: readonly { readonly x: number; readonly label: string }[];
  /** Whether the line from corner to corner is drawn: what chance gives in a ROC plot. */
  readonly hasDiagonal?: boolean;
  /** Said below the key: what solid and dashed lines are. */
  readonly note?: string;
}

export interface ChartAxis {
  readonly label: string;
  /** Rising. */
  readonly domain: readonly [number, number];
  /** Of readings: "34.5 %". */
  readonly format: (value: number) => string;
  /** Of ticks; default: the number as it is. A tick whose text is empty is left out. */
  readonly tick?: (value: number) => string;
}

/** A point: x, y. */
export type ChartPoint = readonly [x: number, y: number];

export interface ChartSeries {
  /** Unique in the chart. */
  readonly id: string;
  readonly label: string;
  /** Colour, dash and marker: the model's position among the result's models. */
  readonly style: number;
  /** Dashes in place of the style's own: two lines of one model. */
  readonly dash?: string;
  /** From left to right; points above each other are kept, as are slanted ties. */
  readonly points: readonly ChartPoint[];
  /** Lowest and highest y at each point. */
  readonly band?: readonly (readonly [low: number, high: number])[];
  /** Said behind the label in the key: an AUC, an accuracy. */
  readonly value?: string;
  /** Lines of one group stand in the key under one name, and are hidden together by the group's id. Default: a group of its own. */
  readonly group?: { readonly id: string; readonly label: string };
}
