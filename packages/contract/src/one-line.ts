/** Control characters, line separators, what turns the direction of writing, and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029]/gu;

/** Text of others for a message: what is no print is escaped as JSON escapes it, and text of more than `most` units is cut. */
export function oneLine(text: string, most = 80): string {
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return shown.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
