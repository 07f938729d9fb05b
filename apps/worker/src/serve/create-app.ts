import { Hono } from "hono";
import { Refusal } from "../state/refusal.ts";
import { allowOrigins } from "./allow-origins.ts";
import { answerHead } from "./answer-head.ts";
import { answerProblem } from "./answer-problem.ts";
import { createEventHub, type EventHub } from "./event-hub.ts";
import { answerOptions, knownMethods, type KnownMethods } from "./known-methods.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { observeRequests } from "./observe-requests.ts";
import { refuseCrossSite } from "./refuse-cross-site.ts";
import { refuseUnknownHosts } from "./refuse-unknown-hosts.ts";
import { requireToken } from "./require-token.ts";
import { datasetRoutes } from "./routes/datasets.ts";
import { estimateRoutes } from "./routes/estimates.ts";
import { eventRoutes, type EventRouteOptions } from "./routes/events.ts";
import { imageRoutes } from "./routes/images.ts";
import { openApiRoutes } from "./routes/openapi.ts";
import { presetRoutes } from "./routes/presets.ts";
import { resultRoutes } from "./routes/results.ts";
import { runChangeRoutes } from "./routes/run-changes.ts";
import { runRoutes } from "./routes/runs.ts";
import { serverRoutes } from "./routes/server.ts";
import { sessionRoutes } from "./routes/session.ts";
import { submitRunRoutes } from "./routes/submit-run.ts";
import { uploadRoutes } from "./routes/uploads.ts";
import { weightRoutes } from "./routes/weights.ts";
import { securityHeaders } from "./security-headers.ts";
import type { ServeContext } from "./serve-context.ts";
import type { ServeEnv } from "./serve-env.ts";
import { createTokenCheck, type TokenCheck } from "./token-check.ts";
import { listViewerFiles, serveViewer, type ViewerFiles } from "./viewer-files.ts";

export interface AppOptions {
  /** Ends the event streams. */
  readonly signal?: AbortSignal;
  /** How often the database is asked for events. */
  readonly pollMs?: number;
  /** After how long without events a stream tells that it is there. */
  readonly heartbeatMs?: number;
  /** After how long a client that does not read is cut off. */
  readonly stalledMs?: number;
}
const APP_DEFAULTS = { pollMs: 100, heartbeatMs: 15_000, stalledMs: 60_000 };

const API = "/api/v1";

/** What the parts of one server share. */
interface Parts {
  readonly context: ServeContext;
  readonly hub: EventHub;
  readonly metrics: Metrics;
  readonly tokenCheck: TokenCheck | null;
  readonly files: ViewerFiles;
  readonly methodsOf: KnownMethods;
  readonly streams: EventRouteOptions;
}

/** The server without a socket: `app.request()` asks it, `serve` puts it on an address. */
export function createApp(context: ServeContext, options: AppOptions = {}): Hono<ServeEnv> {
  const { pollMs, heartbeatMs, stalledMs } = { ...APP_DEFAULTS, ...options };
  const { state, log, limits, token, viewer } = context;
  const app = new Hono<ServeEnv>();
  const onError = (error: unknown) => {
    log.error("events cannot be read", { reason: String(error) });
  };
  const hub = createEventHub(state.events, { pollMs, onError });
  options.signal?.addEventListener("abort", hub.close, { once: true });
  const files = listViewerFiles(viewer);
  const parts: Parts = {
    context,
    hub,
    metrics: createMetrics(context, hub),
    tokenCheck: token === null ? null : createTokenCheck(token),
    files,
    methodsOf: knownMethods(app, new Set(files.keys())),
    streams: { most: limits.streams, heartbeatMs, stalledMs },
  };
  guard(app, parts);
  mount(app, parts);
  return app;
}

/** What every request passes, in this order: who asks refuses before what is asked for. */
function guard(app: Hono<ServeEnv>, { context, metrics, tokenCheck, files, methodsOf }: Parts): void {
  app.use(observeRequests(context, metrics));
  app.use(answerHead());
  app.use(securityHeaders());
  app.use(refuseUnknownHosts(context.hosts));
  app.use(allowOrigins(context.origins));
  app.use(serveViewer(files, methodsOf));
  app.use(requireToken(tokenCheck));
  app.use(refuseCrossSite(context.origins));
  app.use(answerOptions(methodsOf));
  app.onError((error, c) => answerProblem(error, c, context.log));
  app.notFound((c) => {
    const methods = methodsOf(c.req.path);
    if (methods.length > 0) c.header("allow", methods.join(", "));
    return answerProblem(methods.length > 0 ? wrongMethod(methods) : unknownAddress(), c, context.log);
  });
}

function mount(app: Hono<ServeEnv>, { context, hub, metrics, tokenCheck, streams }: Parts): void {
  app
    .route(API, eventRoutes(hub, streams))
    .route(API, presetRoutes())
    .route(API, datasetRoutes(context))
    .route(API, estimateRoutes(context))
    .route(API, submitRunRoutes(context))
    .route(API, runRoutes(context))
    .route(API, runChangeRoutes(context))
    .route(API, resultRoutes(context))
    .route(API, imageRoutes(context))
    .route(API, weightRoutes(context))
    .route(API, uploadRoutes(context))
    .route(API, sessionRoutes(tokenCheck, context.limits));
  app.route("/", serverRoutes(context, metrics));
  app.route("/", openApiRoutes(app, context.version));
}

function wrongMethod(methods: readonly string[]): Refusal {
  const known = methods.join(", ");
  return new Refusal(
    "METHOD_NOT_ALLOWED",
    `Cannot do this here as the method must be one of ${known}: current value is another`,
  );
}

function unknownAddress(): Refusal {
  return new Refusal(
    "NOT_FOUND",
    "Cannot find this address as it must be one that /openapi.json lists: current value is another",
  );
}
