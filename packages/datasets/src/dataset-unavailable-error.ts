/**
 * The files of a data set are neither here nor to be had; `loadDataset("auto")` then draws one instead. Where a download failed, `cause`
 * says how, without the advice.
 */
export class DatasetUnavailableError extends Error {
  readonly code = "DATASET_UNAVAILABLE";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DatasetUnavailableError";
  }
}
