// What `npm start` does once the server is there: submits the report, unless one has finished already, and shows how it goes.
import { startDeno } from "./start-deno.mjs";

export function startReport(address, { cwd, env }) {
  const child = startDeno(["submit", "report", "--unless-finished", "--watch", "--server", address], {
    cwd,
    env,
  });
  child.on("exit", (code) => {
    if (code === 0) console.log(`Look at ${address}; stop the server with Ctrl-C.`);
  });
}
