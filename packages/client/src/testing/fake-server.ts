/** A server as a function, and what it was asked. */
export interface FakeServer {
  readonly fetch: typeof fetch;
  readonly requests: readonly AskedRequest[];
}

export interface AskedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** @param answer Gets each request and its number, counted from 0; what it throws is the network's failure. */
export function fakeServer(
  answer: (request: AskedRequest, number: number, signal: AbortSignal) => Response | Promise<Response>,
): FakeServer {
  const requests: AskedRequest[] = [];
  return {
    requests,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const signal = init?.signal ?? request.signal; // Node forgets a request's own once the request has been collected.
      signal.throwIfAborted();
      const { pathname, search } = new URL(request.url);
      const asked = {
        method: request.method,
        path: `${pathname}${search}`,
        headers: request.headers,
        body: await request.text(),
      };
      requests.push(asked);
      return endingWith(signal, await answer(asked, requests.length - 1, signal));
    },
  };
}

/** What `fetch` does: an aborted request's answer breaks off. */
function endingWith(signal: AbortSignal, response: Response): Response {
  if (response.body === null) return response;
  const cut = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      signal.addEventListener("abort", () => {
        controller.error(signal.reason);
      });
    },
  });
  return new Response(response.body.pipeThrough(cut), response);
}

export function problem(status: number, code: string, more: object = {}): Response {
  const body = {
    type: `urn:gambeson:problem:${code.toLowerCase()}`,
    title: "A title",
    status,
    detail: "Cannot do it as it must be otherwise: current value is so",
    code,
    requestId: "q1",
    ...more,
  };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json" } });
}

/** An event stream of these bytes that ends, fails, or stays open. */
export function eventStream(bytes: Uint8Array, end: "ends" | "fails" | "stays"): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (bytes.length > 0) controller.enqueue(bytes);
      if (end === "ends") controller.close();
    },
    pull: (controller) => {
      if (end === "fails") controller.error(new TypeError("connection reset"));
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}
