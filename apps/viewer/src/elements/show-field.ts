import { deepQuery } from "./deep-query.ts";

/** Opens the groups that a form's field stands in, brings it into sight and gives it the focus. @param path Of its value in the config. */
export function showField(root: ParentNode, path: string): void {
  const field = deepQuery(root, `[data-path="${CSS.escape(path)}"]`);
  for (
    let group = field?.closest("details");
    group != null;
    group = group.parentElement?.closest("details")
  ) {
    group.open = true;
  }
  field?.scrollIntoView({ block: "center" });
  field?.shadowRoot?.querySelector<HTMLElement>("[aria-invalid]")?.focus({ preventScroll: true });
}
