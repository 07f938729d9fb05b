/** About how wide a text is drawn in the widest common sans-serif (DejaVu Sans). There is no screen here to ask. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += widthInEms(character);
  return ems * size;
}

/** How much wider bold text is. */
export const BOLD = 1.12;

/** `text`, or as much of its beginning as fits with an ellipsis. */
export function fitText(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, size) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** `text` in at most `maxLines` lines broken at spaces; what does not fit ends in an ellipsis. */
export function wrapText(text: string, width: number, size: number, maxLines: number): readonly string[] {
  const lines: string[] = [];
  let words = text.split(/[ \t\r\n]+/).filter((word) => word !== "");
  while (words.length > 0 && lines.length < maxLines - 1) {
    let taken = 1;
    while (taken < words.length && textWidth(words.slice(0, taken + 1).join(" "), size) <= width) taken++;
    lines.push(fitText(words.slice(0, taken).join(" "), width, size));
    words = words.slice(taken);
  }
  return words.length > 0 ? [...lines, fitText(words.join(" "), width, size)] : lines;
}

function widthInEms(character: string): number {
  if (/[iljtfrI.,:;'|!()[\] ]/.test(character)) return 0.36;
  if (/[mwMW@%]/.test(character)) return 0.95;
  if (/[A-Z]/.test(character)) return 0.7;
  return character > "\u2E7F" ? 1 : 0.61;
}
