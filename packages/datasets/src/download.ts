import type { DatasetFiles } from "./dataset-files.ts";
import { DatasetUnavailableError } from "./dataset-unavailable-error.ts";
import type { DownloadHost } from "./download-host.ts";
import { receive } from "./receive.ts";

export interface DownloadRequest {
  /** What progress calls the file: "train-images-idx3-ubyte.gz". */
  readonly name: string;
  /** What errors call all that it belongs to: "MNIST". */
  readonly title: string;
  /** Full addresses of the same bytes, tried in this order. */
  readonly addresses: readonly string[];
  /** Path of the finished file; what has arrived so far is in `<target>.part`. */
  readonly target: string;
  /** Most bytes that are received. */
  readonly limit: number;
  /** Gives the content of the received bytes; throws SyntaxError or RangeError when they are not the wanted ones. */
  readonly open: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
}

/** Broken connections and bad parts that one address may have before the next one is tried. */
const MOST_ATTEMPTS = 5;

/**
 * Downloads a file: goes on from `<target>.part` where an earlier download broke, checks the whole with `request.open`, and
 * only then gives it its final name. One download of a target at a time.
 *
 * @returns What `request.open` made of the bytes. Owned by the caller.
 * @throws {DatasetUnavailableError} If no address gave the wanted bytes; says what came from each.
 * @throws The reason of `host.signal` if it aborts; what has arrived stays in the part.
 */
export async function download(
  request: DownloadRequest,
  host: DownloadHost,
): Promise<Uint8Array<ArrayBuffer>> {
  /** What went wrong -> the hosts where it did. */
  const failures = new Map<string, string[]>();
  for (const address of request.addresses) {
    const outcome = await downloadFrom(address, request, host);
    if (typeof outcome !== "string") return outcome;
    failures.set(outcome, [...(failures.get(outcome) ?? []), new URL(address).host]);
  }
  const found = Array.from(failures, ([outcome, hosts]) => `${outcome} for ${hosts.join(", ")}`);
  throw new DatasetUnavailableError(
    `Cannot download ${request.title} as one of its addresses must answer: ${found.join("; ")}`,
  );
}

/** The content, or why this address cannot give it. */
async function downloadFrom(
  address: string,
  request: DownloadRequest,
  host: DownloadHost,
): Promise<Uint8Array<ArrayBuffer> | string> {
  const part = `${request.target}.part`;
  let failure: string | null = null;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const start = (await host.files.size(part)) ?? 0;
    failure = await receive({ name: request.name, address, part, start, limit: request.limit }, host);
    if (failure === null) {
      const content = await openPart(part, request, host.files);
      if (content !== null) {
        await host.files.rename(part, request.target);
        return content;
      }
      await host.files.remove(part);
      failure = "other bytes";
      // Where it only added to an older part, that part may have been the bad one: once more, from the start.
      if (start === 0) break;
    } else if (((await host.files.size(part)) ?? 0) <= start) {
      break;
    }
  }
  return failure ?? "other bytes";
}

async function openPart(
  part: string,
  { open }: DownloadRequest,
  files: DatasetFiles,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await files.read(part);
  if (bytes === null) return null;
  try {
    return await open(bytes);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}
