/** Bytes [from, to) of a whole. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What a Range header asks for: one range of bytes, cut to the size; "unsatisfiable" when none of it is there; "whole" when
 * the header asks for what we do not serve (other units, several ranges) or is no range: such a header is to be ignored.
 *
 * Source: RFC 9110, section 14.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | "whole" | "unsatisfiable" {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/i.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return "whole";
  if (first === "") {
    const from = Math.max(0, size - Number(last));
    return from < size ? { from, to: size } : "unsatisfiable";
  }
  const from = Number(first);
  if (last !== "" && Number(last) < from) return "whole";
  if (from >= size) return "unsatisfiable";
  return { from, to: last === "" ? size : Math.min(Number(last) + 1, size) };
}
