/** An artefact that was kept is gone or damaged: what gave it must be done again. */
export class ArtefactMissingError extends Error {
  readonly sha256: string;

  constructor(sha256: string) {
    super(`Cannot read artefact ${sha256} as its file must be there and whole: current value is neither`);
    this.name = "ArtefactMissingError";
    this.sha256 = sha256;
  }
}
