import type { ErrorCode } from "@gambeson/contract";

/** Something that was asked for and cannot be had, as the API tells it. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  /** For CONFIG_INVALID and REQUEST_INVALID: what is wrong at which place. */
  readonly issues: readonly { readonly path: string; readonly message: string }[] | undefined;
  /** What its answer tells besides, such as Content-Range. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: RefusalOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "Refusal";
    this.code = code;
    this.issues = options.issues;
    this.headers = options.headers ?? {};
  }
}

export interface RefusalOptions {
  readonly cause?: unknown;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
  readonly headers?: Readonly<Record<string, string>>;
}
