/** Control characters, line separators, and what turns the direction of writing: other people's text must not steer a terminal. */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu;

/** Text as one line that is safe to show. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, " ").trim();
}
