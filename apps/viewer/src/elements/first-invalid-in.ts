/** The first field marked as wrong, however deep in elements it lies; null where none is. */
export function firstInvalidIn(root: ParentNode): HTMLElement | null {
  for (const element of root.querySelectorAll<HTMLElement>("*")) {
    if (element.ariaInvalid === "true") return element;
    const within = element.shadowRoot === null ? null : firstInvalidIn(element.shadowRoot);
    if (within !== null) return within;
  }
  return null;
}
