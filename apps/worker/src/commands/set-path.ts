import { UsageError } from "./usage-error.ts";

/**
 * Applies one `--set path=value`, such as `regimes.0.epochs=2`, to a config. The value is JSON, or else text as it stands.
 * Keys are not checked here: the schema refuses those it does not know, and names their path.
 *
 * @returns A changed copy.
 * @throws {UsageError} If the setting has no "=", or leads through something that has no parts.
 */
export function setPath(config: unknown, setting: string): unknown {
  const equals = setting.indexOf("=");
  if (equals < 1) {
    throw new UsageError(`Cannot read --set as it must be path=value: current value is "${setting}"`);
  }
  return withValue(config, setting.slice(0, equals).split("."), valueOf(setting.slice(equals + 1)), setting);
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function withValue(
  target: unknown,
  [key = "", ...rest]: readonly string[],
  value: unknown,
  setting: string,
): unknown {
  const inner = (before: unknown) =>
    rest.length === 0 ? value : withValue(before ?? {}, rest, value, setting);
  if (Array.isArray(target)) {
    const index = /^\d{1,9}$/.test(key) ? Number(key) : -1;
    if (index < 0 || index > target.length) {
      throw new UsageError(
        `Cannot apply --set ${setting} as "${key}" must be a position from 0 to ${target.length}: current value is "${key}"`,
      );
    }
    return target.toSpliced(index, 1, inner(target[index]));
  }
  if (typeof target !== "object" || target === null) {
    throw new UsageError(
      `Cannot apply --set ${setting} as what "${key}" is looked for in must have parts: current value is ${JSON.stringify(target)}`,
    );
  }
  if (key === "" || key in {}) {
    throw new UsageError(
      `Cannot apply --set ${setting} as each part of its path must be a key: current value is "${key}"`,
    );
  }
  return { ...target, [key]: inner((target as Record<string, unknown>)[key]) };
}
