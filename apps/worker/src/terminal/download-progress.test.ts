import { expect, test } from "vitest";
import { createDownloadReporter } from "./download-progress.ts";

function playOn(isLive: boolean): string[] {
  const written: string[] = [];
  const reporter = createDownloadReporter("MNIST", {
    isLive,
    columns: () => 80,
    write: (text) => written.push(text),
  });
  const progress = (receivedBytes: number, totalBytes: number | null = 4e6) => {
    reporter.onProgress({ file: "a.gz", receivedBytes, totalBytes });
  };
  reporter.onAsk("a.example");
  reporter.onAsk("b.example");
  progress(1e6);
  progress(2e6);
  reporter.onAsk("b.example");
  progress(3e6, null);
  reporter.close();
  return written;
}

test("a log gets a line for each host, before it answers, and for each file", () => {
  expect(playOn(false)).toEqual([
    "Looking for MNIST: a.example ...\n",
    "Looking for MNIST: b.example ...\n",
    "Downloading a.gz\n",
  ]);
});

test("a terminal gets one line that is drawn over, and is gone at the end", () => {
  expect(playOn(true)).toEqual(
    [
      "Looking for MNIST: a.example ...",
      "Looking for MNIST: b.example ...",
      "Downloading a.gz  █████░░░░░░░░░░░░░░░  1.0 of 4.0 MB",
      "Downloading a.gz  ██████████░░░░░░░░░░  2.0 of 4.0 MB",
      "Looking for MNIST: b.example ...",
      "Downloading a.gz  3.0 MB",
      "",
    ].map((text) => `\r\x1b[K${text}`),
  );
});

test("nothing asked for, nothing said", () => {
  const written: string[] = [];
  createDownloadReporter("MNIST", {
    isLive: true,
    columns: () => 80,
    write: (text) => written.push(text),
  }).close();
  expect(written).toEqual([]);
});
