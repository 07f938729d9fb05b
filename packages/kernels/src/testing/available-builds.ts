import { PROGRAMS } from "../generated/programs.ts";
import { KERNEL_BUILDS, type KernelBuild } from "../index.ts";

/** The builds that this engine runs: Node 20 has no relaxed SIMD. */
export const AVAILABLE_BUILDS: readonly KernelBuild[] = KERNEL_BUILDS.filter((build) =>
  WebAssembly.validate(Uint8Array.from(atob(PROGRAMS[build]), (character) => character.charCodeAt(0))),
);
