import type { DownloadProgress } from "@gambeson/datasets";
import type { Terminal } from "./terminal.ts";

/** Shows a data set's download. */
export interface DownloadReporter {
  readonly onAsk: (host: string) => void;
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Ends the live line, so that other text can follow. */
  readonly close: () => void;
}

/** On a terminal one line that is drawn over; else a line for each host and for each file. */
export function createDownloadReporter(
  title: string,
  { isLive, write, columns }: Pick<Terminal, "isLive" | "write" | "columns">,
): DownloadReporter {
  const said = new Set<string>();
  function say(text: string, topic: string): void {
    if (isLive) write(`\r\x1b[K${text.slice(0, columns() - 1)}`);
    else if (!said.has(topic)) write(`${topic}\n`);
    said.add(topic);
  }
  return {
    onAsk: (host) => {
      const text = `Looking for ${title}: ${host} ...`;
      say(text, text);
    },
    onProgress: (progress) => {
      say(describe(progress), `Downloading ${progress.file}`);
    },
    close: () => {
      if (isLive && said.size > 0) write("\r\x1b[K");
    },
  };
}

function describe({ file, receivedBytes, totalBytes }: DownloadProgress): string {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  if (totalBytes === null) return `Downloading ${file}  ${megabytes(receivedBytes)} MB`;
  const full = Math.floor((20 * receivedBytes) / Math.max(1, totalBytes));
  const bar = "█".repeat(full).padEnd(20, "░");
  return `Downloading ${file}  ${bar}  ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB`;
}
