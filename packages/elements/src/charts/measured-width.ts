import type { ReactiveController, ReactiveControllerHost } from "lit";

/** How wide its element is, in whole pixels; draws the element again when that changes. */
export class MeasuredWidth implements ReactiveController {
  /** Until it is measured, a likely width. */
  value = 640;
  readonly #host: ReactiveControllerHost & Element;
  readonly #least: number;
  #frame = 0;
  readonly #sizes = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const width = Math.max(this.#least, Math.floor(entry.contentRect.width));
    // In the next frame: a drawing that grows while sizes are told would have to be told of again.
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (width === this.value) return;
      this.value = width;
      this.#host.requestUpdate();
    });
  });

  /** @param least Narrower than that, the drawing runs over the edge. */
  constructor(host: ReactiveControllerHost & Element, least = 200) {
    this.#host = host;
    this.#least = least;
    host.addController(this);
  }

  hostConnected(): void {
    this.#sizes.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
  }
}
