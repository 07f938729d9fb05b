import { UnreachableError } from "@gambeson/client";
import { parseExperimentConfig } from "@gambeson/contract";
import type { ReactiveController } from "lit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exampleRun } from "../testing/example-run.ts";
import { startForm, type StartForm } from "../view-models/start-form.ts";
import { StartRunController } from "./start-run-controller.ts";

const { server, go } = vi.hoisted(() => ({
  server: { runs: { estimate: vi.fn(), submit: vi.fn() } },
  go: vi.fn(),
}));
vi.mock("../api/server.ts", () => ({ server }));
vi.mock("../app/navigation.ts", () => ({ go }));

const PRESET = { name: "report", title: "Report", description: "", config: parseExperimentConfig({}) };
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
