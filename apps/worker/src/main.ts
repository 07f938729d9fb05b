import { CommanderError } from "commander";
import type { CommandHost } from "./commands/command-host.ts";
import { describeError } from "./terminal/describe-error.ts";
import { createProgram } from "./program.ts";
import { listenForStop } from "./stop-signal.ts";
import { createTerminal } from "./terminal/terminal.ts";
import { UsageError } from "./commands/usage-error.ts";

const EXIT = { done: 0, failed: 1, usedWrongly: 2, stopped: 130 } as const;
/** Work that has not stopped by then is cut off; what it finished is kept already. */
const PATIENCE_MS = 1200;

/** An empty variable is as good as none. */
const env = (name: string) => (Deno.env.get(name) === "" ? undefined : Deno.env.get(name));
const stdout = createTerminal(Deno.stdout, env);
const stderr = createTerminal(Deno.stderr, env);
const stop = listenForStop(exitStopped, {
  patienceMs: PATIENCE_MS,
  parentPipe: env("GAMBESON_LAUNCHED") === "1" ? Deno.stdin.readable : null,
});
const host: CommandHost = { stdout, stderr, env, signal: stop.signal, now: () => Date.now() };

globalThis.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  Deno.exit(exitCode(event.reason));
});
try {
  await createProgram(host).parseAsync(Deno.args, { from: "user" });
  Deno.exit(EXIT.done);
} catch (error) {
  if (stop.signal.aborted) exitStopped();
  Deno.exit(exitCode(error));
}

function exitCode(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done; // --help and --version
    if (error.code !== "commander.help") tell(usageMessage(error));
    return EXIT.usedWrongly;
  }
  tell(describeError(error));
  if (env("GAMBESON_DEBUG") === "1") stderr.write(`${Deno.inspect(error)}\n`);
  return error instanceof UsageError ? EXIT.usedWrongly : EXIT.failed;
}

/** commander says "error: unknown option '--sed'\n(Did you mean --seed?)". */
function usageMessage({ message }: CommanderError): string {
  const reason = message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
  return `Cannot read the command line as it must be as --help says: ${reason}`;
}

function tell(message: string): void {
  stderr.write(`gambeson: ${message}\n`);
}

function exitStopped(): never {
  if (stderr.isLive) stderr.write("\r\x1b[J");
  stderr.write(`${stoppedText(Deno.args)}\n`);
  Deno.exit(EXIT.stopped);
}

function stoppedText([command, ...rest]: readonly string[]): string {
  const again = env("GAMBESON_COMMAND") ?? "the same command";
  if (command === "run")
    return `Stopped. Finished tasks and the last epoch are kept; go on with:\n  ${again}`;
  const isWatching = command === "watch" || (command === "submit" && rest.includes("--watch"));
  return isWatching ? "Stopped watching; the run goes on." : "Stopped.";
}
