/** One line of JSON: when, how grave, what, and fields such as `request` and `run`. Never a token, a header or a body. */
export interface Log {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}
type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** @param write Gets each line, its end included. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  const at =
    (level: string) =>
    (event: string, fields: Fields = {}) => {
      write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })}\n`);
    };
  return { info: at("info"), warn: at("warn"), error: at("error") };
}
