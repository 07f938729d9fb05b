/** What the middleware leaves for routes: `c.get("requestId")`. */
export interface ServeEnv {
  Variables: { requestId: string };
}
