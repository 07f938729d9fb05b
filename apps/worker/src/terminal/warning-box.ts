import type { Paint } from "./paint.ts";

/** A warning in a frame, each paragraph wrapped to the width, that cannot be missed. */
export function warningBox(paragraphs: readonly string[], columns: number, paint: Paint): string {
  const width = Math.max(20, Math.min(columns - 1, 90)) - 4;
  const lines = [
    " WARNING",
    ...paragraphs.flatMap((text) => wrap(text, width - 2)).map((line) => ` ${line}`),
  ];
  const framed = [
    `┏${"━".repeat(width + 2)}┓`,
    ...lines.map((line) => `┃ ${line.padEnd(width)} ┃`),
    `┗${"━".repeat(width + 2)}┛`,
  ];
  return framed.map((line) => paint("alarm", line)).join("\n");
}

/** Breaks between words; a word longer than a line is broken inside. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text
    .split(/\s+/)
    .flatMap((whole) => whole.match(new RegExp(`.{1,${width}}`, "gu")) ?? [])) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}
