/** A run that is followed has been deleted. */
export class RunDeletedError extends Error {
  constructor(run: string) {
    super(`Cannot follow the run ${run} as it must be there: current value is deleted`);
    this.name = "RunDeletedError";
  }
}
