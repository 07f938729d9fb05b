import type { ErrorCode, Problem } from "@gambeson/contract";

/** The server refused, and said why: what `application/problem+json` holds, as an error. Its message is the problem's detail. */
export class ProblemError extends Error {
  readonly code: ErrorCode;
  /** The HTTP status, 400 to 599. */
  readonly status: number;
  readonly title: string;
  /** For CONFIG_INVALID and REQUEST_INVALID: what is wrong at which place; empty for the others. */
  readonly issues: NonNullable<Problem["issues"]>;
  /** The server's log has it, too. */
  readonly requestId: string;

  constructor({ code, status, title, detail, issues = [], requestId }: Problem) {
    super(detail);
    this.name = "ProblemError";
    this.code = code;
    this.status = status;
    this.title = title;
    this.issues = issues;
    this.requestId = requestId;
  }
}
