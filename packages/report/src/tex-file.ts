/** A table for LaTeX. All texts are LaTeX already: those of others through `escapeTex`. */
export interface TexTable {
  readonly caption: string;
  /** For \ref. */
  readonly label: string;
  readonly header: readonly string[];
  /** As many cells in each row as in the header; the first is set to the left, the others to the right. */
  readonly body: readonly (readonly string[])[];
}

/** Tables for LaTeX with booktabs, ready for \input. */
export function texFile(tables: readonly TexTable[]): string {
  return [
    [
      "% To use: \\usepackage{booktabs} \\usepackage[T1]{fontenc}, then \\input{table}.",
      "% Wider than the page: \\usepackage{graphicx}, and \\resizebox{\\textwidth}{!}{...} around the tabular.",
      "% Names in other scripts than Latin: xelatex or lualatex, and a font that has them.",
    ].join("\n"),
    ...tables.map(table),
  ].join("\n\n");
}

function table({ caption, label, header, body }: TexTable): string {
  const line = (cells: readonly string[]) => `    ${cells.join(" & ")} \\\\`;
  return (
    [
      "\\begin{table}[htbp]",
      "  \\centering",
      "  \\small",
      "  \\setlength{\\tabcolsep}{4pt}",
      `  \\caption{${caption}}`,
      `  \\label{${label}}`,
      `  \\begin{tabular}{l${"r".repeat(header.length - 1)}}`,
      "    \\toprule",
      line(header),
      "    \\midrule",
      ...body.map(line),
      "    \\bottomrule",
      "  \\end{tabular}",
      "\\end{table}",
    ].join("\n") + "\n"
  );
}
