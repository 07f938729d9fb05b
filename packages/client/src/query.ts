/** What follows the "?" of an address; what is undefined is left out. Lists are joined by commas. */
export type Query = Readonly<Record<string, QueryValue | undefined>>;
type QueryValue = string | number | boolean | readonly string[];

/** The queries of a contract's schema as a program has them: numbers as numbers, and nothing that must be given. */
export type Asked<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** @returns "?a=1&b=x", or "" where nothing is asked. */
export function queryText(query: Query): string {
  const given = Object.entries(query).filter(
    (entry): entry is [string, QueryValue] => entry[1] !== undefined,
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, valueText(value)])).toString();
  return text === "" ? "" : `?${text}`;
}

/** The API takes no exponents: eight digits after the point are all it reads. */
function valueText(value: QueryValue): string {
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return value.toFixed(8).replace(/\.?0+$/, "");
}
