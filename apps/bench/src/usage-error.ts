/** The command line was used wrongly: the program ends with exit status 2 instead of 1. */
export class UsageError extends Error {
  readonly code = "USAGE";
}
