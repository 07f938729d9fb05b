import { DATASET_PARTS, type DatasetEntry } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Setting } from "../view-models/config-draft.ts";

/** Four IDX files that shall become a data set. */
export interface DatasetUpload {
  readonly title: string;
  readonly files: Readonly<Record<(typeof DATASET_PARTS)[number], File>>;
}

const TITLES = {
  "train-images": "File of training images",
  "train-labels": "File of training labels",
  "test-images": "File of test images",
  "test-labels": "File of test labels",
} as const satisfies Record<(typeof DATASET_PARTS)[number], string>;

/**
 * Which data set: one that the server has, or files of the reader's own.
 *
 * @property datasets What there is.
 * @property value The name of the chosen one.
 * @property issue What is wrong with it; "" where nothing is.
 * @property progress How the upload goes on, in words; "" where there is none.
 * @property trouble Why the last upload failed; "" where it did not.
 * @fires setting When another is chosen; `detail` is a Setting.
 * @fires upload When files are to be uploaded; `detail` is a DatasetUpload.
 */
export class GambesonDatasetChoice extends LitElement {
  static override properties = {
    datasets: { attribute: false },
    value: {},
    issue: {},
    progress: {},
    trouble: {},
  };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      label {
        font-weight: 600;
        display: block;
      }
      select {
        width: min(32rem, 100%);
        margin-block: 0.2rem;
      }
      p {
        margin: 0.15rem 0 0.5rem;
        font-size: 0.875rem;
      }
      summary {
        cursor: pointer;
        padding: 0.3rem 0;
      }
      .files {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr));
        gap: 0.75rem 1.5rem;
        margin-block: 0.5rem;
      }
      input {
        width: 100%;
      }
      input[type="file"] {
        font: inherit;
        min-height: 2rem;
      }
    `,
  ];
  declare datasets: readonly DatasetEntry[];
  declare value: string;
  declare issue: string;
  declare progress: string;
  declare trouble: string;

  constructor() {
    super();
    this.datasets = [];
    this.value = "";
    this.issue = "";
    this.progress = "";
    this.trouble = "";
  }

  override render(): TemplateResult {
    const chosen = this.datasets.find(({ name }) => name === this.value);
    return html`<label for="dataset">Data set</label>
      <select
        id="dataset"
        aria-describedby=${this.issue === "" ? "note" : "issue note"}
        aria-invalid=${this.issue === "" ? nothing : "true"}
        @change=${this.#onChoice}
      >
        ${chosen === undefined ? html`<option value=${this.value} .selected=${true}>${this.value}</option>` : nothing}
        ${this.datasets.map(
          ({ name, title, available }) =>
            html`<option value=${name} .selected=${name === this.value}>
              ${title}${available === false ? " (not here)" : ""}
            </option>`,
        )}
      </select>
      ${this.issue === "" ? nothing : html`<p id="issue" class="wrong">${this.issue}</p>`}
      <p id="note" class="quiet">
        ${chosen === undefined ? "The server has no data set of this name." : noteOf(chosen)}
      </p>
      <details>
        <summary>Use images of your own</summary>
        ${this.#renderUpload()}
      </details>`;
  }

  #renderUpload(): TemplateResult {
    return html`<form @submit=${this.#onUpload}>
      <p class="quiet">
        Four IDX files, as MNIST's are, plain or gzipped: square grey images, and a label for each, counted
        from 0.
      </p>
      <div class="files">
        <div>
          <label for="title">Title</label>
          <input id="title" required maxlength="200" />
        </div>
        ${DATASET_PARTS.map(
          (part) =>
            html`<div>
              <label for=${part}>${TITLES[part]}</label><input id=${part} type="file" required />
            </div>`,
        )}
      </div>
      <p id="trouble" class="wrong" role="alert">${this.trouble}</p>
      <div class="row">
        <button ?disabled=${this.progress.endsWith("…")}>Upload and choose it</button>
        <span role="status" class="quiet">${this.progress}</span>
      </div>
    </form>`;
  }

  readonly #onChoice = (event: Event): void => {
    const detail: Setting = { path: "dataset.name", value: (event.target as HTMLSelectElement).value };
    this.dispatchEvent(new CustomEvent("setting", { detail, bubbles: true, composed: true }));
  };

  readonly #onUpload = (event: Event): void => {
    event.preventDefault();
    const field = (id: string) => this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!;
    const files = Object.fromEntries(DATASET_PARTS.map((part) => [part, field(part).files![0]!]));
    const detail: DatasetUpload = {
      title: field("title").value.trim(),
      files: files as unknown as DatasetUpload["files"],
    };
    this.dispatchEvent(new CustomEvent("upload", { detail }));
  };
}

function noteOf({ note, available }: DatasetEntry): string {
  return available === false ? `Not here: ${note}` : note;
}

customElements.define("gambeson-dataset-choice", GambesonDatasetChoice);
