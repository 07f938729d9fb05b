import "./elements/gambeson-run-list.ts";
import "./panels/gambeson-runs-panel.ts";

const run = /^\/runs\/(r[0-9a-z]{19})$/.exec(location.pathname)?.[1];
const panel = document.createElement(run === undefined ? "gambeson-runs-panel" : "gambeson-run-panel");
if (run !== undefined) {
  // Loaded only where it is shown: charts are most of the script.
  await import("./panels/gambeson-run-panel.ts");
  panel.setAttribute("run", run);
}
document.querySelector("main")?.append(panel);
