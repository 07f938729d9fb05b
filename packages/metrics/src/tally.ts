/** How many of how many: a share that can be read back exactly. */
export interface Tally {
  readonly count: number;
  readonly of: number;
}
