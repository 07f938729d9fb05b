/** Twelve images, three classes: rows are scores. The class with the highest score, of equal ones the first, is predicted. */
export const EXAMPLE_SCORES: readonly (readonly [number, number, number])[] = [
  [0.7, 0.2, 0.1],
  [0.5, 0.3, 0.2],
  [0.2, 0.5, 0.3],
  [0.1, 0.6, 0.3],
  [0.4, 0.4, 0.2],
  [0.2, 0.2, 0.6],
  [0.3, 0.1, 0.6],
  [0.35, 0.4, 0.25],
  [0.6, 0.3, 0.1],
  [0.1, 0.3, 0.6],
  [0.25, 0.25, 0.5],
  [0.5, 0.4, 0.1],
];
export const EXAMPLE_LABELS: readonly number[] = [0, 0, 1, 1, 1, 2, 2, 0, 0, 2, 1, 1];
