import { html, type TemplateResult } from "lit";

/** A labelled list to choose from. @param choose Is told the value that the reader chose. */
export function drawSelect<T extends string>(
  label: string,
  options: readonly { readonly value: T; readonly text: string }[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult {
  return html`<label class="row"
    ><span>${label}</span>
    <select
      @change=${(event: Event) => {
        const option = options[(event.target as HTMLSelectElement).selectedIndex];
        if (option !== undefined) choose(option.value);
      }}
    >
      ${options.map(
        ({ value, text }) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
      )}
    </select></label
  >`;
}
