/**
 * `JSON.parse` for text from strangers: refuses an object that has a key twice, of which `JSON.parse` keeps the last
 * without a word, and nesting deeper than `maxDepth`.
 *
 * @throws {SyntaxError} Also if `text` is not JSON.
 */
export function parseUniqueJson(text: string, maxDepth: number): unknown {
  // One entry for every object or array that is open: an object's keys so far, null for an array.
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") {
      if (open.push(character === "{" ? new Set() : null) > maxDepth) {
        throw new SyntaxError(
          `nesting must not be deeper than ${maxDepth}: current value is deeper at ${at}`,
        );
      }
    } else if (character === "}" || character === "]") {
      open.pop();
    } else if (character === '"') {
      const start = at;
      at = endOfString(text, start);
      const keys = open.at(-1);
      if (keys && isKey(text, at + 1)) addKey(keys, text.slice(start, at + 1));
    }
  }
  return JSON.parse(text);
}

/** @returns Where the string's closing quote stands. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  throw new SyntaxError(`a string must end: current value begins at ${start}`);
}

/** A string is a key when the next character that is not white space is a colon. */
function isKey(text: string, at: number): boolean {
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at++;
  return text[at] === ":";
}

function addKey(keys: Set<string>, quoted: string): void {
  const key = JSON.parse(quoted) as string;
  if (keys.has(key)) throw new SyntaxError(`keys must not repeat: current value is ${quoted}`);
  keys.add(key);
}
