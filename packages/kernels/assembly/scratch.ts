/** What one thread works in. Addresses; sizes in numbers of 4 bytes unless said. */
import { Penalty, StepRows } from "./deep-defense";
import { Walk } from "./deep-fool";
import { Team } from "./team";

@unmanaged
export class Scratch {
  /** Entries: enough for any list an operation makes. */
  list: usize;
  /** u32 `[4]`: addresses of a group's images. */
  group: usize;
  /** A group packed, and its list. */
  packed: usize;
  packedList: usize;
  /** `[4][width]`, and transposed. */
  z: usize;
  a: usize;
  aTransposed: usize;
  dz: usize;
  dzTransposed: usize;
  /** `[4][classWidth]`, and transposed. */
  logits: usize;
  logitsTransposed: usize;
  /** `[4][panels of 8 pixels][8]`, and `[inputs][4]`. */
  pixels: usize;
  signs: usize;
  /** Four pixels of W1 transposed, `[width][4]`. */
  weights: usize;
  /** The gradient of four rows of W2's panel, `[4][8]`. */
  gradient: usize;
  /** `[max(width, classWidth)]` */
  row: usize;
  walk: Walk;
  rows: StepRows;
  penalty: Penalty;
}

@inline
export function scratchOf(team: Team, thread: i32): Scratch {
  return changetype<Scratch>(load<u32>(team.scratch + (thread << 2)));
}
