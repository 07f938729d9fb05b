/** Something answered, but not as a server of this version does. */
export class AnswerError extends TypeError {
  /** The HTTP status. */
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = "AnswerError";
    this.status = status;
  }
}
