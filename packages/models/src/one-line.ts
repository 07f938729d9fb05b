/** Text of others for a message: control characters, bidirectional ones and line separators are escaped as JSON escapes them, and long text is cut. */
export function oneLine(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, unit) => escape(character.charCodeAt(unit))).join(""),
  );
}

function escape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
