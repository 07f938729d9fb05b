// What `npm start` does once the server is there: submits the report, unless one has finished already, and shows how it goes.
import { startDeno } from "./start-deno.mjs";

/** @param workers How many are started beside the server: where there are some, nobody need be told to start one. */
export function startReport(address, workers, { cwd, env }) {
  const child = startDeno(["submit", "report", "--unless-finished", "--watch", "--server", address], {
    cwd,
    env: workers > 0 ? { ...env, GAMBESON_SUPERVISED: "report" } : env,
  });
  child.on("exit", (code) => {
    if (code === 0) console.log(`Look at ${address}; stop the server with Ctrl-C.`);
  });
}
