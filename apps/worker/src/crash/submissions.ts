import type { RunSummary } from "@gambeson/contract";
import type { Service } from "./service.ts";
import { askForTiny } from "./submit-tiny.ts";

/** What was asked for under one Idempotency-Key. */
interface Asked {
  readonly seed: number;
  /** The run that it gave; null while no answer has come. */
  readonly id: string | null;
}

/** A client that asks for runs, each under a key of its own, of a server that may die while it does. */
export class Submissions {
  readonly #service: Service;
  readonly #dataset: string;
  readonly #asked = new Map<string, Asked>();

  constructor(service: Service, dataset: string) {
    this.#service = service;
    this.#dataset = dataset;
  }

  /** How many runs the server has acknowledged. */
  get acknowledged(): number {
    return this.runs().length;
  }

  /** Every run that a key gave, and its seed. */
  runs(): readonly { readonly id: string; readonly seed: number }[] {
    return [...this.#asked.values()].flatMap(({ id, seed }) => (id === null ? [] : [{ id, seed }]));
  }

  /** Asks for one more. A server that does not answer is as good as one that is asked later. @throws {Error} If it refuses. */
  async submit(seed: number): Promise<void> {
    const key = crypto.randomUUID();
    this.#asked.set(key, { seed, id: null });
    try {
      const { run } = await this.#ask(key, seed);
      this.#asked.set(key, { seed, id: run.id });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // A refusal is a finding; a dead server is not.
    }
  }

  /** A client that got no answer asks again with its key. */
  async askAgain(): Promise<void> {
    for (const [key, { seed, id }] of this.#asked) {
      if (id === null) this.#asked.set(key, { seed, id: (await this.#ask(key, seed)).run.id });
    }
  }

  /** Asks for everything once more. @returns Every key that does not give its one run. */
  async wrongKeys(): Promise<string[]> {
    const wrong: string[] = [];
    for (const [key, { seed, id }] of this.#asked) {
      const { run, created } = await this.#ask(key, seed);
      if (created || run.id !== id) wrong.push(`${key} gave ${id}, and then ${run.id}`);
    }
    const ids = this.runs().map((run) => run.id);
    if (new Set(ids).size < ids.length) wrong.push("several keys gave the same run");
    return wrong;
  }

  #ask(key: string, seed: number): Promise<{ readonly run: RunSummary; readonly created: boolean }> {
    return askForTiny(this.#service, { dataset: this.#dataset, seed, key });
  }
}
