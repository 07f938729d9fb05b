import { UsageError } from "../commands/usage-error.ts";

/** Addresses that only this machine reaches. */
const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/** Every address of this machine, those of loopback too. */
const ALL = ["0.0.0.0", "::"];
/** Clients leave it out. */
const HTTP_PORT = 80;

export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host);
}

/** @returns "127.0.0.1:8787", "[::1]:8787". */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * What a request's Host may be: the server's own address by all its names, and what the user adds. Another one is a page of some other
 * site that has had its name point here.
 *
 * @throws {UsageError} If an added one is not a name or address, with or without a port.
 */
export function allowedHosts(host: string, port: number, added: readonly string[]): ReadonlySet<string> {
  const own = isLoopback(host) ? LOOPBACK : [host, ...(ALL.includes(host) ? LOOPBACK : [])];
  const hosts = new Set(own.map((name) => hostAndPort(name, port)));
  if (port === HTTP_PORT) for (const name of own) hosts.add(name.includes(":") ? `[${name}]` : name);
  for (const name of added) {
    if (!/^(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(name)) {
      throw new UsageError(
        `Cannot allow the host as it must be a name or an address, such as lab.example:8787: current value is "${name}"`,
      );
    }
    hosts.add(name.toLowerCase());
    if (!/:\d+$/.test(name)) hosts.add(`${name.toLowerCase()}:${port}`);
  }
  return hosts;
}
