import { UnreachableError } from "@gambeson/client";
import { parseExperimentConfig } from "@gambeson/contract";
import type { ReactiveController } from "lit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exampleRun } from "../testing/example-run.ts";
import { startForm, type StartForm } from "../view-models/start-form.ts";
import { StartRunController } from "./start-run-controller.ts";

const { server, go } = vi.hoisted(() => ({
  server: { runs: { estimate: vi.fn(), submit: vi.fn() }, datasets: { upload: vi.fn() } },
  go: vi.fn(),
}));
vi.mock("../api/server.ts", () => ({ server }));
vi.mock("../app/navigation.ts", () => ({ go }));

const PRESET = { name: "report", title: "Report", description: "", config: parseExperimentConfig({}) };
const FILES = {
  "train-images": new File([], "a"),
  "train-labels": new File([], "b"),
  "test-images": new File([], "c"),
  "test-labels": new File([], "d"),
};
const GONE = new UnreachableError("http://here", new Error("refused"));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.resetAllMocks();
});

test("a server that is gone is asked for an estimate by one chain, however much is edited meanwhile", async () => {
  server.runs.estimate.mockRejectedValue(GONE);
  let form = formOf(0);
  const host = new Host();
  const run = new StartRunController(host, () => form);
  for (let edit = 0; edit < 20; edit++) {
    form = formOf(edit);
    host.update();
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(run.estimateError).toBe(GONE);
  server.runs.estimate.mockClear();
  // Each turn of the chain takes 3.3 s.
  await vi.advanceTimersByTimeAsync(33_000);
  expect(server.runs.estimate).toHaveBeenCalledTimes(10);

  const estimate = { seconds: 1, tasks: 1, images: { train: 1, test: 1 } };
  server.runs.estimate.mockResolvedValue(estimate);
  await vi.advanceTimersByTimeAsync(3300);
  expect(run.estimate).toEqual(estimate);
  expect(run.estimateError).toBeNull();
});

test("an estimate that is on its way says so; the one before stays meanwhile", async () => {
  const [first, second] = [1, 2].map((seconds) => ({ seconds, tasks: 1, images: { train: 1, test: 1 } }));
  server.runs.estimate.mockResolvedValueOnce(first);
  let form = formOf(1);
  const host = new Host();
  const run = new StartRunController(host, () => form);
  host.update();
  expect([run.isEstimating, run.estimate]).toEqual([true, null]);
  await vi.advanceTimersByTimeAsync(500);
  expect([run.isEstimating, run.estimate]).toEqual([false, first]);
  form = formOf(2);
  host.update();
  server.runs.estimate.mockResolvedValueOnce(second);
  expect([run.isEstimating, run.estimate]).toEqual([true, first]);
  await vi.advanceTimersByTimeAsync(500);
  expect([run.isEstimating, run.estimate]).toEqual([false, second]);
});

test("keepDataset() says that a data set is chosen once it is", async () => {
  const run = new StartRunController(new Host(), () => formOf(1));
  server.datasets.upload.mockResolvedValue({ name: "upload-1", train: 6000, test: 10 });
  const said: string[] = [];
  await run.keepDataset({ title: "Mine", files: FILES }, (name) => {
    said.push(name, run.upload.progress);
    return Promise.resolve();
  });
  expect(said).toEqual(["upload-1", "Uploading four files, 0 MB…"]);
  expect(run.upload).toEqual({
    progress: "Uploaded and chosen: 6,000 training and 10 test images.",
    trouble: "",
  });
});

test("keepDataset() chooses nothing where the upload is refused", async () => {
  const run = new StartRunController(new Host(), () => formOf(1));
  server.datasets.upload.mockRejectedValue(GONE);
  const choose = vi.fn();
  await run.keepDataset({ title: "Mine", files: FILES }, choose);
  expect(choose).not.toHaveBeenCalled();
  expect(run.upload).toEqual({ progress: "", trouble: "The server does not answer." });
});

test.each([
  ["leads to the run", true, [[`/runs/${exampleRun().id}`]]],
  ["does not drag a reader away who has left the form", false, []],
])("start() %s", async (_, stays, ways) => {
  const host = new Host();
  const form = formOf(1);
  const run = new StartRunController(host, () => form);
  server.runs.submit.mockImplementation(() => {
    host.isConnected = stays;
    return Promise.resolve({ run: exampleRun(), created: true });
  });
  await run.start(form, false);
  expect(go.mock.calls).toEqual(ways);
});

function formOf(seed: number): StartForm {
  return startForm({ set: `seeds=[${seed}]` }, [PRESET])!;
}

/** An element, as controllers see it. */
class Host {
  readonly #controllers: ReactiveController[] = [];
  readonly updateComplete = Promise.resolve(true);
  isConnected = true;

  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }

  removeController(): void {
    // None is.
  }

  requestUpdate(): void {
    // Tests update it when they wish.
  }

  update(): void {
    for (const controller of this.#controllers) controller.hostUpdate?.();
  }
}
