import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Tells a value again and again until `signal` aborts; rejects when it cannot go on. */
export type Follow<T> = (onValue: (value: T) => void, signal: AbortSignal) => Promise<void>;

/** Follows something for as long as its panel is on the page. */
export class LiveController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #follow: Follow<T>;
  #stop = new AbortController();
  /** The latest; null before the first. It stays when following has failed. */
  value: T | null = null;
  /** Why nothing is followed any more; null while it is. */
  error: unknown = null;

  constructor(host: ReactiveControllerHost, follow: Follow<T>) {
    this.#host = host;
    this.#follow = follow;
    host.addController(this);
  }

  hostConnected(): void {
    this.restart();
  }

  hostDisconnected(): void {
    this.#stop.abort();
  }

  /** Follows anew; what was known stays until there is news. */
  restart(): void {
    this.#stop.abort();
    const stop = (this.#stop = new AbortController());
    this.error = null;
    this.#host.requestUpdate();
    const tell = (value: T) => {
      if (stop.signal.aborted) return;
      this.value = value;
      this.#host.requestUpdate();
    };
    this.#follow(tell, stop.signal).catch((error: unknown) => {
      if (stop.signal.aborted) return;
      this.error = error;
      this.#host.requestUpdate();
    });
  }

  /** Forgets what is known, and follows something else. */
  reset(): void {
    this.value = null;
    this.restart();
  }
}
