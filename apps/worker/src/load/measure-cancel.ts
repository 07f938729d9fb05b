import type { Run } from "@gambeson/contract";
import { pause, until, type Service } from "../crash/service.ts";
import { ask } from "../crash/submit-tiny.ts";

/**
 * How long a worker goes on with a run that was cancelled while it trains: from the request to the first task of the next run.
 *
 * @param submit Queues a run that trains for long. @returns Its id.
 * @returns Milliseconds, one a time.
 */
export async function measureCancel(
  service: Service,
  submit: () => Promise<string>,
  times: number,
): Promise<number[]> {
  const took: number[] = [];
  let current = await submit();
  for (let time = 0; time < times; time++) {
    await until(() => isAt(service, current, "seed-1/pretrain"));
    await pause(200 + 37 * time);
    const next = await submit();
    const startedAt = performance.now();
    await fetch(`${service.address}/api/v1/runs/${current}/cancel`, { method: "POST" });
    while (!(await isAt(service, next, "prepare"))) await pause(5);
    took.push(performance.now() - startedAt);
    current = next;
  }
  await fetch(`${service.address}/api/v1/runs/${current}/cancel`, { method: "POST" });
  return took;
}

async function isAt(service: Service, run: string, task: string): Promise<boolean> {
  const { tasks } = (await ask(service, `/api/v1/runs/${run}`)) as Run;
  return tasks.some(({ id, state }) => id === task && state !== "waiting");
}
