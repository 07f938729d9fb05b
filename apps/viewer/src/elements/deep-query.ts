/** The first element that a selector fits, however deep in elements it lies; null where none does. */
export function deepQuery(root: ParentNode, selector: string): HTMLElement | null {
  for (const element of root.querySelectorAll<HTMLElement>("*")) {
    if (element.matches(selector)) return element;
    const within = element.shadowRoot === null ? null : deepQuery(element.shadowRoot, selector);
    if (within !== null) return within;
  }
  return null;
}
