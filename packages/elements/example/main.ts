import { parseResult } from "@gambeson/contract";
import type { GambesonReport, ReportView } from "@gambeson/elements";
import "@gambeson/elements";
import { exampleResult } from "@gambeson/report/testing/example-result";

const report = document.querySelector<GambesonReport>("gambeson-report")!;
const chosen = document.querySelector("input")!;
const trouble = document.querySelector("[role=alert]")!;

report.result = exampleResult(2);

chosen.addEventListener("change", () => {
  void show(chosen.files?.[0]);
});

// What the reader looks at, kept in the address: a link shows the same.
const kept = new URLSearchParams(location.hash.slice(1)).get("view");
if (kept !== null) report.view = JSON.parse(kept) as ReportView;
report.addEventListener("view-change", () => {
  const view = new URLSearchParams({ view: JSON.stringify(report.view) });
  history.replaceState(null, "", `#${view.toString()}`);
});

async function show(file: File | undefined): Promise<void> {
  if (file === undefined) return;
  try {
    report.result = parseResult(JSON.parse(await file.text()));
    trouble.textContent = "";
  } catch (error) {
    trouble.textContent = error instanceof Error ? error.message : String(error);
  }
}
