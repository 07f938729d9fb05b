import {
  runListQuerySchema,
  runListSchema,
  type RunListQueryInput,
  type RunList,
  type RunSummary,
} from "@gambeson/contract";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Refusal } from "../refusal.ts";
import type { State } from "../state.ts";
import { claim, finishPreparing, finishRun, submit, testClock, type OpenState } from "./example-runs.ts";

/** A list as the API asks for it: the contract checks the query, its own cursors included. */
function list(state: State, query: RunListQueryInput = {}): RunList {
  const found = state.runs.list(v.parse(runListQuerySchema, query));
  expect(v.parse(runListSchema, found)).toEqual(found);
  return found;
}
const namesOf = ({ runs }: RunList) => runs.map(({ name }) => name);

/** Follows cursors to the end. */
function allPages(
  state: State,
  query: RunListQueryInput,
  between: (page: number) => void | Promise<void> = () => undefined,
): Promise<RunSummary[]> {
  const follow = async (cursor: string | undefined, page: number): Promise<RunSummary[]> => {
    const { runs, nextCursor } = list(state, cursor === undefined ? query : { ...query, cursor });
    if (nextCursor === null) return runs;
    await between(page);
    return [...runs, ...(await follow(nextCursor, page + 1))];
  };
  return follow(undefined, 0);
}

/** The contract of a run book's lists, for each implementation. */
export function describeRunList(name: string, open: OpenState): void {
  describe(`the list of runs of ${name}`, () => {
    describeFilters(open);
    describeSorts(open);
    describePages(open);
  });
}

function describeFilters(open: OpenState): void {
  test("list() of nothing is empty", async () => {
    const state = await open({ now: testClock().now });
    expect(list(state)).toEqual({ runs: [], total: 0, nextCursor: null, eventId: 0 });
  });

  test("list() filters by state and by a whole tag", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now });
    await submit(state, "finished", { tags: ["red", "blue"] });
    await finishRun(state);
    await submit(state, "running", { tags: ["reddish"] });
    await finishPreparing(state, claim(state));
    clock.pass(1);
    await submit(state, "queued", { tags: ["red"] });
    await state.runs.cancel(await submit(state, "cancelled", { tags: ["Red", '"red"'] }));
    const sorted = (query: RunListQueryInput) => namesOf(list(state, query)).sort();
    expect(sorted({ state: "queued" })).toEqual(["queued"]);
    expect(sorted({ state: "finished,running" })).toEqual(["finished", "running"]);
    expect(sorted({ tag: "red" })).toEqual(["finished", "queued"]);
    expect(sorted({ tag: "red", state: "queued" })).toEqual(["queued"]);
    expect(sorted({ tag: '"red"' })).toEqual(["cancelled"]);
    expect(sorted({ tag: "re%" })).toEqual([]);
    expect(list(state, { tag: "red", limit: "1" }).total).toBe(2);
  });

  test("q finds text in names, notes, tags, ids and data sets, whatever its case", async () => {
    const state = await open({ now: testClock().now });
    const id = await submit(state, "Alpha", { notes: "first of all", tags: ["Greek"] });
    await submit(state, "beta", { notes: "Second" });
    expect(namesOf(list(state, { q: "ALPH" }))).toEqual(["Alpha"]);
    expect(namesOf(list(state, { q: "second" }))).toEqual(["beta"]);
    expect(namesOf(list(state, { q: "greek" }))).toEqual(["Alpha"]);
    expect(namesOf(list(state, { q: id.toUpperCase() }))).toEqual(["Alpha"]);
    expect(list(state, { q: "synthetic" }).total).toBe(2);
    expect(list(state, { q: "" }).total).toBe(2);
    expect(list(state, { q: "gamma" }).runs).toEqual([]);
  });

  test("what q looks for is text: no pattern, no SQL, nothing of how tags are kept", async () => {
    const state = await open({ now: testClock().now });
    await submit(state, "100 %");
    await submit(state, "100 x");
    await submit(state, "a_b");
    await submit(state, "a\\b");
    await submit(state, "it's", { tags: ['say "hi"', "back\\slash"] });
    expect(namesOf(list(state, { q: "100 %" }))).toEqual(["100 %"]);
    expect(namesOf(list(state, { q: "a_b" }))).toEqual(["a_b"]);
    expect(namesOf(list(state, { q: "a\\b" }))).toEqual(["a\\b"]);
    expect(namesOf(list(state, { q: "t's" }))).toEqual(["it's"]);
    expect(namesOf(list(state, { q: 'say "hi"' }))).toEqual(["it's"]);
    expect(namesOf(list(state, { q: "back\\slash" }))).toEqual(["it's"]);
    for (const q of ["[", ",", "' OR '1' = '1", "%%"]) expect(namesOf(list(state, { q })), q).toEqual([]);
  });
}

function describeSorts(open: OpenState): void {
  test("list() sorts by creation, end, name without its case, and state, both ways", async () => {
    const clock = testClock();
    const state = await open({ now: clock.now });
    await submit(state, "b");
    clock.pass(1);
    await submit(state, "C");
    clock.pass(1);
    await submit(state, "a");
    clock.pass(1);
    await finishRun(state); // b
    clock.pass(1);
    await state.queue.fail(claim(state), "no"); // C
    const order = (sort: NonNullable<RunListQueryInput["sort"]>) => [
      namesOf(list(state, { sort, order: "asc" })).join(""),
      namesOf(list(state, { sort, order: "desc" })).join(""),
    ];
    expect(order("created")).toEqual(["bCa", "aCb"]);
    expect(order("name")).toEqual(["abC", "Cba"]);
    expect(order("finished")).toEqual(["abC", "Cba"]);
    expect(order("state")).toEqual(["Cba", "abC"]); // failed, finished, queued
    expect(namesOf(list(state))).toEqual(["a", "C", "b"]);
  });
}

function describePages(open: OpenState): void {
  test.each(["created", "finished", "name", "state"] as const)(
    "pages by %s hold each run once, also where keys are equal",
    async (sort) => {
      const clock = testClock();
      const state = await open({ now: clock.now });
      for (let number = 0; number < 7; number++) {
        await submit(state, `run ${number}`, { name: `name ${number % 2}`, fresh: true });
        if (number % 3 === 0) clock.pass(1);
      }
      for (const order of ["asc", "desc"] as const) {
        const whole = list(state, { sort, order });
        const pages = await allPages(state, { sort, order, limit: "2" });
        expect(pages).toEqual(whole.runs);
        expect(new Set(pages.map(({ id }) => id)).size).toBe(7);
      }
    },
  );

  test("the last page has no cursor, also where it is full", async () => {
    const state = await open({ now: testClock().now });
    for (const name of ["a", "b", "c", "d"]) await submit(state, name);
    const first = list(state, { limit: "2" });
    expect(first.total).toBe(4);
    const second = list(state, { limit: "2", cursor: first.nextCursor! });
    expect(second.runs).toHaveLength(2);
    expect(second.nextCursor).toBeNull();
  });

  test.each(["n".repeat(200), "é".repeat(200), "🛡️".repeat(50), "\u0001".repeat(200)])(
    "a page that ends at the name %.4j… has a cursor that the contract takes",
    async (name) => {
      const state = await open({ now: testClock().now });
      for (const tag of ["1", "2", "3"]) await submit(state, tag, { name });
      const pages = await allPages(state, { sort: "name", limit: "1" });
      expect(pages.map((run) => run.name)).toEqual([name, name, name]);
      expect(new Set(pages.map(({ id }) => id)).size).toBe(3);
    },
  );

  test("a cursor of another order, or of nobody's making, is refused", async () => {
    const state = await open({ now: testClock().now });
    await submit(state, "a");
    await submit(state, "b");
    const cursor = list(state, { limit: "1" }).nextCursor!;
    const foreign = [
      "AAAA",
      "bm90IGpzb24",
      btoa("null").replaceAll("=", ""),
      btoa('["created","desc",{},"r"]').replaceAll("=", ""),
      btoa('["created","desc",1,null]').replaceAll("=", ""),
    ];
    const queries: RunListQueryInput[] = [
      { cursor, order: "asc" },
      { cursor, sort: "name" },
      ...foreign.map((other) => ({ cursor: other })),
    ];
    for (const query of queries) {
      const look = () => list(state, query);
      expect(look, JSON.stringify(query)).toThrow(Refusal);
      expect(look).toThrow(/cursor must be/);
    }
  });

  test("pages show every run that stays once, whatever comes and goes meanwhile", async () => {
    const step = fc.record({ add: fc.nat(2), remove: fc.array(fc.nat(30), { maxLength: 2 }) });
    const given = fc.record({
      count: fc.integer({ min: 1, max: 12 }),
      limit: fc.integer({ min: 1, max: 4 }),
      order: fc.constantFrom("asc" as const, "desc" as const),
      sort: fc.constantFrom("created" as const, "name" as const),
      steps: fc.array(step, { maxLength: 8 }),
    });
    const check = fc.asyncProperty(given, async ({ count, limit, order, sort, steps }) => {
      const clock = testClock();
      const state = await open({ now: clock.now, mostActive: 1000 });
      let made = 0;
      const add = async () => {
        made += 1;
        if (made % 3 === 0) clock.pass(1);
        return submit(state, `run ${made}`, { name: `name ${(made * 7) % 5}` });
      };
      const stays = new Set<string>();
      for (let number = 0; number < count; number++) stays.add(await add());
      const pages = await allPages(state, { sort, order, limit: String(limit) }, async (page) => {
        for (let number = 0; number < (steps[page]?.add ?? 0); number++) await add();
        for (const index of steps[page]?.remove ?? []) {
          const id = [...stays][index];
          if (id === undefined) continue;
          await state.runs.cancel(id);
          await state.runs.remove(id);
          stays.delete(id);
        }
      });
      const shown = pages.map(({ id }) => id);
      expect(new Set(shown).size).toBe(shown.length);
      for (const id of stays) expect(shown).toContain(id);
    });
    await fc.assert(check, { numRuns: 8 });
  });
}
