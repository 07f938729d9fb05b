import { UnreachableError } from "@gambeson/client";
import type { DatasetEntry } from "@gambeson/contract";
import { controlStyles } from "@gambeson/elements/styles";
import { Task } from "@lit/task";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { server } from "../api/server.ts";
import { setQuery } from "../app/navigation.ts";
import type { Query } from "../app/routes.ts";
import { showField } from "../elements/show-field.ts";
import "@gambeson/elements/command-line";
import "../elements/gambeson-dataset-choice.ts";
import type { DatasetUpload } from "../elements/gambeson-dataset-choice.ts";
import "../elements/gambeson-regime-list.ts";
import "../elements/gambeson-run-naming.ts";
import type { NamingChange } from "../elements/gambeson-run-naming.ts";
import "../elements/gambeson-settings.ts";
import "../elements/gambeson-start-bar.ts";
import { commandLine } from "../view-models/command-line.ts";
import { valueAt, type Setting } from "../view-models/config-draft.ts";
import { estimateText } from "../view-models/estimate-text.ts";
import { messageOf } from "../view-models/message-of.ts";
import {
  placedFields,
  placedIssues,
  settingQuery,
  startFields,
  startForm,
  type PlacedIssues,
  type StartForm,
} from "../view-models/start-form.ts";
import { taskStates } from "./panel-states.ts";
import { StartRunController } from "./start-run-controller.ts";

/** The form that starts a run. All that stands in it stands in the address. */
export class GambesonStartRunPanel extends LitElement {
  static override properties = { query: { attribute: false } };
  static override styles = [
    controlStyles,
    css`
      gambeson-run-naming,
      gambeson-dataset-choice {
        margin-block: 1.5rem;
      }
      gambeson-start-bar {
        margin-block-start: 1.5rem;
      }
      p {
        margin: 0.15rem 0 0.5rem;
      }
    `,
  ];
  declare query: Query;
  readonly #fields = startFields();
  readonly #known = new Task(this, {
    args: () => [] as const,
    task: async (_, { signal }) => {
      const [presets, datasets] = await Promise.all([
        server.presets({ signal }),
        server.datasets.list({ signal }),
      ]);
      return { presets, datasets };
    },
  });
  readonly #run = new StartRunController(this, () => this.#form());

  constructor() {
    super();
    this.query = {};
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("query")) this.#run.forget();
  }

  #form(): StartForm | null {
    return startForm(this.query, this.#known.value?.presets ?? []);
  }

  override render(): TemplateResult {
    const loading = "Asking the server what there is to run…";
    return html`<h1>Start a run</h1>
      ${taskStates(this.#known, { loading }, ({ presets, datasets }) => {
        const form = this.#form();
        if (form === null) return html`<p>This server has no presets: start a run from the command line.</p>`;
        const issues = form.read.config === null ? form.read.issues : this.#run.issues;
        return html`<gambeson-run-naming
            .presets=${presets}
            .preset=${form.preset.name}
            .name=${form.name}
            .tags=${form.tagsText}
            @naming=${this.#onNaming}
          ></gambeson-run-naming>
          ${this.#renderSettings(form, datasets, placedIssues(issues, placedFields(this.#fields, form.draft)))}`;
      })}`;
  }

  #renderSettings(form: StartForm, datasets: readonly DatasetEntry[], issues: PlacedIssues): TemplateResult {
    const { draft, preset } = form;
    const { main, regimes, more } = this.#fields;
    const { beside } = issues;
    const settings = (fields: typeof main | typeof more) =>
      html`<gambeson-settings
        .fields=${fields}
        .draft=${draft}
        .initial=${preset.config}
        .issues=${beside}
      ></gambeson-settings>`;
    return html`<div @setting=${this.#onSetting}>
        <gambeson-dataset-choice
          data-path="dataset.name"
          .datasets=${datasets}
          .value=${String(valueAt(draft, "dataset.name"))}
          .issue=${beside.get("dataset.name") ?? ""}
          .progress=${this.#run.upload.progress}
          .trouble=${this.#run.upload.trouble}
          @upload=${this.#onUpload}
        ></gambeson-dataset-choice>
        ${settings(main)}
        <h2>${regimes.label}</h2>
        <p class="quiet">${regimes.help}</p>
        <gambeson-regime-list
          .field=${regimes}
          .draft=${draft}
          .initial=${preset.config}
          .issues=${beside}
        ></gambeson-regime-list>
        <h2>All settings</h2>
        <p class="quiet">The defaults are the preset's.</p>
        ${settings(more)}
      </div>
      <h2>The same in a terminal</h2>
      <gambeson-command-line
        .command=${commandLine({ ...form, preset: preset.name })}
      ></gambeson-command-line>
      ${this.#renderBar(issues)}`;
  }

  #renderBar(issues: PlacedIssues): TemplateResult {
    const { starting } = this.#run;
    return html`<gambeson-start-bar
      .wrong=${issues}
      .estimate=${this.#estimateText()}
      .trouble=${starting.kind === "failed" ? messageOf(starting.error) : ""}
      .isBusy=${starting.kind === "busy"}
      .there=${starting.kind === "there" ? starting.run : null}
      @start=${this.#onStart}
      @show-field=${({ detail }: CustomEvent<string>) => {
        showField(this.renderRoot, detail);
      }}
    ></gambeson-start-bar>`;
  }

  #estimateText(): string {
    const { estimate, estimateError, isEstimating } = this.#run;
    if (estimateError instanceof UnreachableError)
      return "No estimate, as the server does not answer; asking again. What you have filled in stays.";
    if (estimateError !== null) return `No estimate: ${messageOf(estimateError)}`;
    if (estimate === null || isEstimating) return "Estimating…";
    return `Takes ${estimateText(estimate)}; less where parts of it have been done before.`;
  }

  readonly #onNaming = ({ detail }: CustomEvent<NamingChange>): void => {
    setQuery(detail, "preset" in detail ? "push" : "replace");
  };

  readonly #onSetting = ({ detail }: CustomEvent<Setting>): void => {
    const form = this.#form();
    if (form !== null) setQuery(settingQuery(form, detail), "replace");
  };

  readonly #onUpload = async ({ detail }: CustomEvent<DatasetUpload>): Promise<void> => {
    await this.#run.keepDataset(detail, async (name) => {
      await this.#known.run();
      const form = this.#form();
      if (form !== null && this.isConnected)
        setQuery(settingQuery(form, { path: "dataset.name", value: name }), "replace");
    });
  };

  readonly #onStart = async ({ detail: fresh }: CustomEvent<boolean>): Promise<void> => {
    const form = this.#form();
    if (form === null) return;
    if (form.read.config !== null) await this.#run.start(form, fresh);
    else {
      const [first] = placedIssues(form.read.issues, placedFields(this.#fields, form.draft)).fields;
      if (first !== undefined) showField(this.renderRoot, first.path);
    }
  };
}

customElements.define("gambeson-start-run-panel", GambesonStartRunPanel);
