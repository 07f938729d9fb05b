/** No answer came, or not all of it: nothing listens there, or the network failed. */
export class UnreachableError extends Error {
  readonly address: string;

  /** @param cause What `fetch`, or reading its answer, threw. */
  constructor(address: string, cause: unknown) {
    super(
      `Cannot reach the server at ${address} as it must be running and answer: current value is "${reasonOf(cause)}"`,
      { cause },
    );
    this.name = "UnreachableError";
    this.address = address;
  }
}

/** Node keeps the reason in a cause, below "fetch failed"; Deno puts it behind the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error && error.cause.message !== "") return reasonOf(error.cause);
  return error.message.replace(/^error sending request.*?\): /, "");
}
