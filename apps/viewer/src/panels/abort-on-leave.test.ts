import type { ReactiveController } from "lit";
import { expect, test, vi } from "vitest";
import { abortOnLeave } from "./abort-on-leave.ts";

test("abortOnLeave() aborts every task once its panel leaves the page", () => {
  const controllers: ReactiveController[] = [];
  const host = {
    addController: (controller: ReactiveController) => controllers.push(controller),
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  };
  const tasks = [{ abort: vi.fn() }, { abort: vi.fn() }];
  abortOnLeave(host, ...tasks);
  for (const controller of controllers) controller.hostConnected?.();
  expect(tasks.map(({ abort }) => abort.mock.calls.length)).toEqual([0, 0]);
  for (const controller of controllers) controller.hostDisconnected?.();
  expect(tasks.map(({ abort }) => abort.mock.calls.length)).toEqual([1, 1]);
});
