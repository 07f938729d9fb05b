import { problemSchema } from "@gambeson/contract";
import * as v from "valibot";
import { AnswerError } from "./answer-error.ts";
import { ProblemError } from "./problem-error.ts";
import { queryText, type Query } from "./query.ts";
import type { Sleep } from "./sleep.ts";
import { UnreachableError } from "./unreachable-error.ts";

/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface ApiRequest extends CallOptions {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob | Uint8Array<ArrayBuffer>;
  /** Whether it may be sent again when no answer came. By default only GET. */
  readonly isRepeatable?: boolean;
  /** Statuses besides 200 to 299 that are answers. */
  readonly accepts?: readonly number[];
}

export interface Transport {
  readonly address: string;
  /** The whole address of a path on the server. */
  at(path: string, query?: Query): string;
  /**
   * Sends a request and reads its answer; repeatable ones up to twice again, when nothing answered or the server was busy.
   *
   * @param read Gets the answer, whose body is still to come.
   * @throws {ProblemError | AnswerError | UnreachableError} And the signal's reason.
   */
  call<T>(request: ApiRequest, read: (response: Response) => Promise<T>): Promise<T>;
  /** Once, and no further than the head of the answer. */
  open(request: ApiRequest): Promise<Response>;
}

export interface TransportOptions {
  readonly address: string;
  readonly token: string | undefined;
  readonly fetch: typeof fetch;
  readonly sleep: Sleep;
}

const REPEAT_AFTER_MS: readonly number[] = [200, 600];
const BUSY: readonly number[] = [502, 503, 504];

/** @throws {TypeError} If the address is not one of http or https. */
export function createTransport({ address, token, fetch, sleep }: TransportOptions): Transport {
  const base = baseOf(address);
  const at = (path: string, query: Query = {}) => `${base}${path}${queryText(query)}`;

  async function open({
    method = "GET",
    path,
    query,
    headers,
    body,
    signal,
    accepts,
  }: ApiRequest): Promise<Response> {
    const response = await fetch(at(path, query), {
      method,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.ok || accepts?.includes(response.status) === true) return response;
    throw await refusal(response);
  }

  async function once<T>(request: ApiRequest, read: (response: Response) => Promise<T>): Promise<T> {
    try {
      return await read(await open(request));
    } catch (error) {
      request.signal?.throwIfAborted();
      throw failureOf(error, base);
    }
  }

  return {
    address: base,
    at,
    open: (request) => once(request, (response) => Promise.resolve(response)),
    call: async (request, read) => {
      const { isRepeatable = (request.method ?? "GET") === "GET", signal } = request;
      for (const afterMs of isRepeatable ? REPEAT_AFTER_MS : []) {
        try {
          return await once(request, read);
        } catch (error) {
          if (!isPassing(error)) throw error;
          await sleep(afterMs, signal);
        }
      }
      return once(request, read);
    },
  };
}

/** What is not the server's word is the network's failure; but for Deno's refusal to call out at all. */
export function failureOf(error: unknown, address: string): unknown {
  if (error instanceof ProblemError || error instanceof AnswerError || error instanceof UnreachableError)
    return error;
  return error instanceof Error && error.name === "NotCapable" ? error : new UnreachableError(address, error);
}

/** Whether the same request may fare better in a moment: nothing answered, or the server, or a proxy before it, is busy. */
export function isPassing(error: unknown): error is Error {
  if (error instanceof UnreachableError) return true;
  return (error instanceof ProblemError || error instanceof AnswerError) && BUSY.includes(error.status);
}

function baseOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.search === "";
  if (isPlain) return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  throw new TypeError(
    `Cannot use a server's address as it must be like http://127.0.0.1:8787: current value is "${address}"`,
  );
}

async function refusal(response: Response): Promise<Error> {
  const text = await response.text();
  const problem = v.safeParse(problemSchema, jsonOrNull(text));
  if (problem.success) return new ProblemError(problem.output);
  const { status } = response;
  const type = response.headers.get("content-type") ?? "no content type";
  return new AnswerError(
    `Cannot read the answer of ${response.url} as it must come from a server of this version: current value is status ${status}, ${type}`,
    status,
  );
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
