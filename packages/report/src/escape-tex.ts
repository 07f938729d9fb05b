const COMMANDS: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  _: "\\_",
  "%": "\\%",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  "[": "{[}", // \\ and \midrule would take what follows them in brackets, or a star, as their own
  "*": "{*}",
  '"': "\\textquotedbl{}",
};

/** Text for LaTeX: nothing in it is a command, a comment or a line break. */
export function escapeTex(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, " ")
    .replace(/[\\{}$&#_%^~<>|"[*]/g, (character) => COMMANDS[character] ?? character);
}
