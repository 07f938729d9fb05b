/** The field that "/" leads to: the first marked `data-search`, however deep in elements it lies; null if the page has none. */
export function searchFieldIn(root: ParentNode): HTMLElement | null {
  for (const element of root.querySelectorAll<HTMLElement>("*")) {
    if (element.hasAttribute("data-search")) return element;
    const within = element.shadowRoot === null ? null : searchFieldIn(element.shadowRoot);
    if (within !== null) return within;
  }
  return null;
}
