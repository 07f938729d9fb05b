import { LOCALE } from "@gambeson/elements/locale";
import { ProblemError } from "@gambeson/client";
import type { Estimate, RunSummary } from "@gambeson/contract";
import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import { server } from "../api/server.ts";
import { go } from "../app/navigation.ts";
import type { DatasetUpload } from "../elements/gambeson-dataset-choice.ts";
import type { DraftIssue } from "../view-models/config-draft.ts";
import { messageOf } from "../view-models/message-of.ts";
import { startRequest, type StartForm } from "../view-models/start-form.ts";

/** So long nothing is typed before the server is asked. */
const PAUSE_MS = 300;
/** A server that is gone is asked again after this. */
const AGAIN_MS = 3000;

/** How the start of a run stands. */
export type Starting =
  | { readonly kind: "none" | "busy" }
  /** An equal run was there already. */
  | { readonly kind: "there"; readonly run: RunSummary }
  | { readonly kind: "failed"; readonly error: unknown };
export interface Upload {
  readonly progress: string;
  readonly trouble: string;
}

/** The panel with the form. */
export type StartRunHost = ReactiveControllerHost & Pick<Node, "isConnected">;

/** What the form that starts a run asks of the server. */
export class StartRunController {
  readonly #host: StartRunHost;
  readonly #estimate: Task<readonly [string], Estimate | null>;
  /** Until a server that is gone is asked again. */
  #again: ReturnType<typeof setTimeout> | undefined;
  #starting: Starting = { kind: "none" };
  #upload: Upload = { progress: "", trouble: "" };

  /** @param form What is in the form now; null before there is one. */
  constructor(host: StartRunHost, form: () => StartForm | null) {
    this.#host = host;
    this.#estimate = new Task(host, {
      args: () => [JSON.stringify(form()?.read.config ?? null)],
      task: async ([config], { signal }) => {
        clearTimeout(this.#again);
        if (config === "null") return this.#estimate.value ?? null;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        signal.throwIfAborted();
        return server.runs.estimate({ config: JSON.parse(config) as Record<string, unknown> }, { signal });
      },
      onError: (error) => {
        if (error instanceof ProblemError) return;
        this.#again = setTimeout(() => {
          if (host.isConnected) void this.#estimate.run();
        }, AGAIN_MS);
      },
    });
  }

  /** The last one that there was; null before the first. */
  get estimate(): Estimate | null {
    return this.#estimate.value ?? null;
  }

  /** Why there is no newer estimate; null where it is the form's. */
  get estimateError(): unknown {
    return this.#estimate.error ?? null;
  }

  /** Whether an estimate of the form as it is now is on its way. */
  get isEstimating(): boolean {
    return this.#estimate.status === TaskStatus.PENDING;
  }

  get starting(): Starting {
    return this.#starting;
  }

  get upload(): Upload {
    return this.#upload;
  }

  /** What the server finds wrong that the page cannot know. */
  get issues(): readonly DraftIssue[] {
    return [this.estimateError, this.#starting.kind === "failed" ? this.#starting.error : null].flatMap(
      serverIssues,
    );
  }

  /** Queues the run and goes to it, unless there is an equal one and `fresh` is false. */
  async start(form: StartForm, fresh: boolean): Promise<void> {
    this.#set({ kind: "busy" });
    try {
      const { run, created } = await server.runs.submit(startRequest(form, fresh));
      this.#set(created ? { kind: "none" } : { kind: "there", run });
      if (created && this.#host.isConnected) go(`/runs/${run.id}`);
    } catch (error) {
      this.#set({ kind: "failed", error });
    }
  }

  /** What was said of the last start no longer holds. */
  forget(): void {
    if (this.#starting.kind !== "busy") this.#set({ kind: "none" });
  }

  /** Uploads a data set. @param choose Has the form choose it, by its name. */
  async keepDataset({ title, files }: DatasetUpload, choose: (name: string) => Promise<void>): Promise<void> {
    const bytes = Object.values(files).reduce((sum, { size }) => sum + size, 0);
    const size = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 }).format(bytes / 1e6);
    this.#setUpload({ progress: `Uploading four files, ${size} MB…`, trouble: "" });
    try {
      const { name, train, test } = await server.datasets.upload(files, { title });
      await choose(name);
      const count = (images: number) => new Intl.NumberFormat(LOCALE).format(images);
      this.#setUpload({
        progress: `Uploaded and chosen: ${count(train)} training and ${count(test)} test images.`,
        trouble: "",
      });
    } catch (error) {
      this.#setUpload({ progress: "", trouble: messageOf(error) });
    }
  }

  #set(starting: Starting): void {
    this.#starting = starting;
    this.#host.requestUpdate();
  }

  #setUpload(upload: Upload): void {
    this.#upload = upload;
    this.#host.requestUpdate();
  }
}

function serverIssues(error: unknown): readonly DraftIssue[] {
  if (!(error instanceof ProblemError)) return [];
  if (error.code === "DATASET_UNKNOWN") return [{ path: "dataset.name", message: error.message }];
  return error.code === "CONFIG_INVALID" ? error.issues : [];
}
