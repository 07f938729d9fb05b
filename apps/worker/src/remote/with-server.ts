import { createClient, ProblemError, UnreachableError, type Client } from "@gambeson/client";
import type { CommandHost } from "../commands/command-host.ts";
import { UsageError } from "../commands/usage-error.ts";
import { readToken } from "../service/read-token.ts";
import { findServer, type ServerOptions } from "./find-server.ts";

/**
 * Does something with the server that the options, the environment or the state folder name.
 *
 * @throws {Error} With what a person can do about it, where the server cannot be reached or wants a token.
 */
export async function withServer(
  options: ServerOptions,
  { env }: CommandHost,
  action: (client: Client) => Promise<void>,
): Promise<void> {
  const address = await findServer(options, env);
  const token = (await readToken(options.tokenFile, env)) ?? undefined;
  try {
    await action(clientOf(address, token));
  } catch (error) {
    throw advised(error);
  }
}

function clientOf(address: string, token: string | undefined): Client {
  try {
    return createClient({ address, token });
  } catch (cause) {
    throw new UsageError((cause as TypeError).message, { cause });
  }
}

function advised(error: unknown): unknown {
  if (error instanceof UnreachableError) {
    return new Error(`${error.message}; start one with: npm start (or: npm run gambeson -- serve)`, {
      cause: error,
    });
  }
  if (error instanceof ProblemError && error.code === "UNAUTHENTICATED") {
    return new Error(`${error.message}; name its file with --token-file, or set GAMBESON_TOKEN`, {
      cause: error,
    });
  }
  return error;
}
