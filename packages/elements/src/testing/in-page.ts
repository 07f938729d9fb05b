import axe from "axe-core";
import type { LitElement } from "lit";
import { expect, vi } from "vitest";
import { cdp } from "vitest/browser";

/** Puts an element on an empty page `width` pixels wide, and waits until it is drawn. */
export async function show<E extends LitElement>(element: E, width = 760): Promise<E> {
  const page = document.createElement("main");
  page.style.width = `${width}px`;
  page.append(element);
  document.body.replaceChildren(page);
  document.body.style.background = "light-dark(#f7f8f9, #0f1114)";
  await drawn(element);
  return element;
}

/** When all is drawn, in the width that it has. */
export async function drawn(element: LitElement): Promise<void> {
  await element.updateComplete;
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  await element.updateComplete;
}

/** All that fits a selector in an element, and in the elements in it. */
export function findAll<E extends Element = HTMLElement>(root: Element, selector: string): E[] {
  const inside: ParentNode = root.shadowRoot ?? root;
  const nested = [...inside.querySelectorAll("*")].filter(({ shadowRoot }) => shadowRoot !== null);
  return [...inside.querySelectorAll<E>(selector), ...nested.flatMap((one) => findAll<E>(one, selector))];
}

/** The first of them. @throws {Error} If there is none. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- The caller knows its element, as with querySelector.
export function find<E extends Element = HTMLElement>(root: Element, selector: string): E {
  const [found] = findAll<E>(root, selector);
  if (found === undefined) {
    throw new Error(`Cannot find ${selector} as ${root.localName} must have it: current value is none`);
  }
  return found;
}

/** What stands below the plot that is read. */
export function readingIn(root: Element): string {
  return find(root, ".plot + .reading").textContent;
}

export type Colours = "light" | "dark" | "forced";

/** What axe-core finds wrong with an element in these colours. */
export async function violations(element: Element, colours: Colours): Promise<string[]> {
  document.documentElement.style.colorScheme = colours === "dark" ? "dark" : "light";
  const value = colours === "forced" ? "active" : "none";
  await cdp().send("Emulation.setEmulatedMedia", { features: [{ name: "forced-colors", value }] });
  try {
    const found = await axe.run(element);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  } finally {
    document.documentElement.style.colorScheme = "";
    await cdp().send("Emulation.setEmulatedMedia", { features: [] });
  }
}

/** A file that a reader was handed. */
export interface SavedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Presses each of the buttons that save, and gives what they hand out, in their order. */
export async function savedFiles(root: Element): Promise<SavedFile[]> {
  const saved: SavedFile[] = [];
  const create = vi.spyOn(URL, "createObjectURL");
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, blob: create.mock.lastCall![0] as Blob });
  });
  try {
    const buttons = findAll(root, "gambeson-save-buttons").flatMap((one) => findAll(one, "button"));
    for (const [i, button] of buttons.entries()) {
      button.click();
      await expect.poll(() => saved.length, { message: `of files with ${button.textContent}` }).toBe(i + 1);
    }
    return saved;
  } finally {
    create.mockRestore();
    click.mockRestore();
  }
}

/** A drawing's file, parsed. @throws {SyntaxError} If it is not well-formed, or needs the page. */
export async function parseDrawing({ blob }: SavedFile): Promise<SVGSVGElement> {
  const text = await blob.text();
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const broken = parsed.querySelector("parsererror");
  const foreign = /var\(|<!--|\bhref="(?!data:image\/png)|class="/.exec(text)?.[0];
  if (broken !== null || foreign !== undefined) {
    throw new SyntaxError(
      `Cannot use a drawing as it must stand alone: current value is ${broken?.textContent ?? foreign!}`,
    );
  }
  return parsed.documentElement as unknown as SVGSVGElement;
}

/** Width and height of a PNG's pixels. @throws {SyntaxError} If it is none. */
export async function pngSize({ blob }: SavedFile): Promise<readonly [number, number]> {
  const bytes = new DataView(await blob.arrayBuffer());
  // "\x89PNG\r\n\x1a\n", then the header's length and name.
  if (bytes.getUint32(0) !== 0x89504e47 || bytes.getUint32(4) !== 0x0d0a1a0a) {
    throw new SyntaxError(`Cannot read a PNG as it must have its signature: current value is ${blob.type}`);
  }
  return [bytes.getUint32(16), bytes.getUint32(20)];
}

/** Words in a drawing that cover each other, or run over its edge. */
export function clashes(svg: SVGSVGElement): string[] {
  const edge = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("text")].map((text) => ({
    text: text.textContent.trim(),
    box: text.getBoundingClientRect(),
  }));
  const outside = boxes
    .filter(
      ({ box }) => box.left < edge.left - 0.5 || box.right > edge.right + 0.5 || box.top < edge.top - 0.5,
    )
    .map(({ text }) => `${text} runs over the edge`);
  const over = boxes.flatMap((a, i) =>
    boxes.slice(i + 1).flatMap((b) => (doTouch(a.box, b.box) ? [`${a.text} covers ${b.text}`] : [])),
  );
  return [...outside, ...over];
}

/** By more than a line's empty top and bottom. */
function doTouch(a: DOMRect, b: DOMRect): boolean {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 0 && down > 3;
}
