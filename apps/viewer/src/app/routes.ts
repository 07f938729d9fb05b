/** The pages, by their addresses. */
export type Route =
  | { readonly page: "runs" }
  | { readonly page: "new" }
  | { readonly page: "run"; readonly run: string }
  | { readonly page: "compare" }
  | { readonly page: "play" }
  | { readonly page: "unknown" };

/** A page's state, as it stands behind the "?" of its address. */
export type Query = Readonly<Record<string, string>>;

/** The page at a path. */
export function routeOf(path: string): Route {
  const run = /^\/runs\/(r[0-9a-z]{19})$/.exec(path)?.[1];
  if (run !== undefined) return { page: "run", run };
  switch (path) {
    case "/":
      return { page: "runs" };
    case "/new":
      return { page: "new" };
    case "/compare":
      return { page: "compare" };
    case "/play":
      return { page: "play" };
    default:
      return { page: "unknown" };
  }
}

/** @param search What stands behind the path, such as "?epsilon=0.03"; of keys that come twice the last counts. */
export function queryOf(search: string): Query {
  return Object.fromEntries(new URLSearchParams(search));
}

/** A path with its state; keys without a value are left out. */
export function addressOf(path: string, query: Readonly<Record<string, string | null>>): string {
  const kept = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  const search = new URLSearchParams(kept).toString();
  return search === "" ? path : `${path}?${search}`;
}
