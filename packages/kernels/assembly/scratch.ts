/** What one thread works in. Addresses; sizes in numbers of 4 bytes unless said. */
import { Penalty, StepRows } from "./deep-defense";
import { Walk } from "./deep-fool";
import { Team } from "./team";

@unmanaged
export class Scratch {
  /** Pairs: enough for any list an operation makes. */
  list: usize;
  /** u32 `[4]`: addresses of a group's images. */
  group: usize;
  /** A group packed, its list, and a byte for every four pixels. */
  packed: usize;
  packedList: usize;
  lit: usize;
  /** `[4][width]` */
  z: usize;
  a: usize;
  dz: usize;
  /** `[4][classWidth]` */
  logits: usize;
  /** `[4][panels of 12 pixels][12]` */
  pixels: usize;
  /** The gradient of four rows of W2's panel, `[4][12]`. */
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
