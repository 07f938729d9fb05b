import type { ExperimentConfig, Run, RunTask, TaskState } from "@gambeson/contract";
import { numberText, percentText } from "@gambeson/elements/numbers";

/** A run's tasks as they are drawn: from left to right after what they need, a lane a model; with several seeds a group each. */
export interface TaskGroup {
  /** "seed-2"; "" where there is one group alone. */
  readonly id: string;
  /** "Seed 2"; "" where there is one group alone. */
  readonly title: string;
  /** "7 of 17 tasks done" */
  readonly summary: string;
  readonly isUnderWay: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Each after those it needs. */
  readonly nodes: readonly TaskNode[];
  /** From one node to another, by their ids; what follows from others is not drawn. */
  readonly edges: readonly (readonly [from: string, to: string])[];
  /** From which row on, and how many, belong to a model. */
  readonly lanes: readonly { readonly label: string; readonly row: number; readonly rows: number }[];
}

export interface TaskNode {
  readonly id: string;
  /** "Training Deep Defense" */
  readonly title: string;
  /** "Train": its lane says the rest. */
  readonly shortTitle: string;
  readonly state: TaskState;
  /** "running, 45.0 %", "done in 12.3 s" */
  readonly stateText: string;
  /** What it last said, or what went wrong. */
  readonly note: string;
  /** In [0, 1]. */
  readonly share: number;
  readonly column: number;
  readonly row: number;
}

const PRETRAINED = "pretrained";

/** The models of a config, in the order of tables. */
export function modelLabels({ regimes }: Pick<ExperimentConfig, "regimes">): ReadonlyMap<string, string> {
  return new Map([[PRETRAINED, "Pre-trained"], ...regimes.map(({ id, label }) => [id, label] as const)]);
}

/** One group, or, with several seeds: what comes before them, each seed, what comes after. */
export function taskGroups({ tasks, config }: Pick<Run, "tasks" | "config">): readonly TaskGroup[] {
  const labels = modelLabels(config);
  if (config.seeds.length === 1) return tasks.length === 0 ? [] : [groupOf("", "", tasks, labels)];
  const first = tasks.findIndex(({ id }) => seedOf(id) !== null);
  const parts = [
    {
      id: "before",
      title: "Before all seeds",
      of: tasks.filter(({ id }, i) => seedOf(id) === null && i < first),
    },
    ...config.seeds.map((seed) => ({
      id: `seed-${seed}`,
      title: `Seed ${seed}`,
      of: tasks.filter(({ id }) => seedOf(id) === `seed-${seed}`),
    })),
    {
      id: "after",
      title: "After all seeds",
      of: tasks.filter(({ id }, i) => seedOf(id) === null && i > first),
    },
  ];
  return parts.filter(({ of }) => of.length > 0).map(({ id, title, of }) => groupOf(id, title, of, labels));
}

function seedOf(id: string): string | null {
  return /^(seed-\d+)\//.exec(id)?.[1] ?? null;
}

function groupOf(
  id: string,
  title: string,
  tasks: readonly RunTask[],
  labels: ReadonlyMap<string, string>,
): TaskGroup {
  const columns = columnsOf(tasks);
  const { places, lanes, rows } = placesOf(tasks, columns, [...labels.keys()]);
  const done = tasks.filter(({ state }) => state === "finished").length;
  return {
    id,
    title,
    summary: `${numberText(done)} of ${numberText(tasks.length)} ${tasks.length === 1 ? "task" : "tasks"} done`,
    isUnderWay: tasks.some(({ state }) => state === "running"),
    columns: 1 + Math.max(...columns.values()),
    rows,
    nodes: tasks.map((task) => ({
      ...nodeOf(task),
      column: columns.get(task.kind)!,
      row: places.get(task.id)!,
    })),
    edges: edgesOf(tasks),
    lanes: lanes.map(({ model, ...place }) => ({ label: labels.get(model) ?? model, ...place })),
  };
}

/** By kind of task: how many kinds at most are done one after the other before it. */
function columnsOf(tasks: readonly RunTask[]): ReadonlyMap<string, number> {
  const kinds = new Map(tasks.map(({ id, kind }) => [id, kind]));
  const needed = new Map<string, Set<string>>();
  for (const { kind, needs } of tasks) {
    const before = needed.get(kind) ?? new Set();
    for (const id of needs) if (kinds.has(id) && kinds.get(id) !== kind) before.add(kinds.get(id)!);
    needed.set(kind, before);
  }
  const columns = new Map<string, number>();
  // As often as there are kinds: by then every one stands behind those it needs.
  for (let round = 0; round < needed.size; round++) {
    for (const [kind, before] of needed) {
      columns.set(kind, Math.max(0, ...[...before].map((one) => 1 + (columns.get(one) ?? 0))));
    }
  }
  return columns;
}

interface Places {
  /** A task's row. */
  readonly places: ReadonlyMap<string, number>;
  readonly lanes: readonly { readonly model: string; readonly row: number; readonly rows: number }[];
  readonly rows: number;
}

/** Lanes under each other; in each, tasks of one column stand under each other, too. */
function placesOf(
  tasks: readonly RunTask[],
  columns: ReadonlyMap<string, number>,
  models: readonly string[],
): Places {
  const places = new Map<string, number>();
  const lanes: { model: string; row: number; rows: number }[] = [];
  let row = 0;
  for (const model of models) {
    const heights = new Map<number, number>();
    for (const task of tasks.filter((each) => laneOf(each) === model)) {
      const column = columns.get(task.kind)!;
      const above = heights.get(column) ?? 0;
      places.set(task.id, row + above);
      heights.set(column, above + 1);
    }
    const rows = Math.max(0, ...heights.values());
    if (rows > 0) lanes.push({ model, row, rows });
    row += rows;
  }
  return { places, lanes, rows: row };
}

/** The model that a task is about: its own, else that of the one that it needs, else the pre-trained one, where all begins. */
function laneOf({ id, needs }: RunTask): string {
  const own = modelOf(id);
  if (own !== null) return own;
  const needed = new Set(needs.map(modelOf).filter((model) => model !== null));
  return needed.size === 1 ? [...needed][0]! : PRETRAINED;
}

function modelOf(id: string): string | null {
  return /^seed-\d+\/([^/]+)\/[^/]+$/.exec(id)?.[1] ?? null;
}

/** Needs that do not follow from other needs. */
function edgesOf(tasks: readonly RunTask[]): TaskGroup["edges"] {
  const before = new Map<string, ReadonlySet<string>>();
  for (const { id, needs } of tasks) {
    before.set(id, new Set(needs.flatMap((need) => [...(before.get(need) ?? [])].concat(need))));
  }
  return tasks.flatMap(({ id, needs }) =>
    needs
      .filter((need) => before.has(need) && !needs.some((other) => before.get(other)?.has(need) === true))
      .map((need) => [need, id] as const),
  );
}

const TASK_STATE_WORDS = {
  waiting: "waiting",
  running: "running",
  finished: "done",
  failed: "failed",
  skipped: "left out",
  cancelled: "cancelled",
} as const satisfies Record<TaskState, string>;

const SHORT_TITLES: Readonly<Record<string, string>> = {
  prepare: "Load the data",
  pretrain: "Train",
  train: "Train",
  evaluate: "DeepFool",
  sample: "Samples",
  "epsilon-reference": "Find ε_ref",
  sweep: "FGS at many ε",
  assemble: "Put together",
};

function nodeOf(task: RunTask): Omit<TaskNode, "column" | "row"> {
  const { id, title, kind, state, share, note, error } = task;
  const split = id.endsWith("-train") ? "train" : "test";
  const shortTitle = kind === "craft" ? `Fool ${split} set` : (SHORT_TITLES[kind] ?? title);
  return { id, title, shortTitle, state, stateText: stateTextOf(task), note: error ?? note, share };
}

function stateTextOf({ state, share, seconds, reused }: RunTask): string {
  const word = TASK_STATE_WORDS[state];
  if (state === "running") return share === 0 ? word : `${word}, ${percentText(share, 0)}`;
  if (state !== "finished") return word;
  if (reused) return "done before";
  return seconds === null ? word : `${word} in ${secondsText(seconds)}`;
}

/** "12.3 s". */
export function secondsText(seconds: number): string {
  return seconds < 0.05 ? "< 0.1 s" : `${numberText(Number(seconds.toFixed(1)))} s`;
}
