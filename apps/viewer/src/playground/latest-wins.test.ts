import { expect, test } from "vitest";
import { latestWins, SUPERSEDED } from "./latest-wins.ts";

/** Work that ends when it is told to. */
function heldWork() {
  const begun: number[] = [];
  const ends: ((fails: boolean) => void)[] = [];
  const ask = latestWins(
    (question: number) =>
      new Promise<string>((resolve, reject) => {
        begun.push(question);
        ends.push((fails) => {
          if (fails) reject(new Error(`no ${question}`));
          else resolve(`answer ${question}`);
        });
      }),
  );
  const end = (at: number, fails = false) => {
    ends[at]!(fails);
  };
  return { ask, begun, end };
}

test("latestWins() does one at a time, drops those between, and always answers the last", async () => {
  const { ask, begun, end } = heldWork();
  const asked = [1, 2, 3, 4].map(ask);
  expect(begun).toEqual([1]);
  expect(await asked[1]).toBe(SUPERSEDED);
  expect(await asked[2]).toBe(SUPERSEDED);
  end(0);
  expect(await asked[0]).toBe("answer 1");
  await Promise.resolve();
  expect(begun).toEqual([1, 4]);
  end(1);
  expect(await asked[3]).toBe("answer 4");
});

test("latestWins() goes on after a failure", async () => {
  const { ask, begun, end } = heldWork();
  const [first, second] = [ask(1), ask(2)];
  end(0, true);
  await expect(first).rejects.toThrow("no 1");
  await Promise.resolve();
  expect(begun).toEqual([1, 2]);
  end(1);
  expect(await second).toBe("answer 2");
  expect(begun).toHaveLength(2);
});
