import type { DatasetFiles } from "./dataset-files.ts";
import { gunzip } from "./gunzip.ts";

/** The names an IDX file goes by: "-" or "." before "idx", gzipped or plain. */
export function idxFileNames(stem: string): readonly string[] {
  const dotted = stem.replace("-idx", ".idx");
  return [`${stem}.gz`, stem, `${dotted}.gz`, dotted];
}

/** The path of the file that `stem` names in `folder`, or null when it is not there. */
export async function findIdxFile(files: DatasetFiles, folder: string, stem: string): Promise<string | null> {
  for (const name of idxFileNames(stem)) {
    const path = `${folder}/${name}`;
    if ((await files.size(path)) !== null) return path;
  }
  return null;
}

/**
 * The uncompressed content of the file at `path`, gzipped or plain.
 *
 * @param limit Most bytes of content.
 * @throws {SyntaxError} If the file is a corrupt or truncated gzip, or has gone.
 * @throws {RangeError} If the content is over `limit`.
 */
export async function readIdxFile(
  files: DatasetFiles,
  path: string,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const size = (await files.size(path)) ?? 0;
  if (size > gzippedLimit(limit)) {
    throw new RangeError(
      `Cannot read ${path} as its content must be at most ${limit} bytes: current value is a file of ${size} bytes`,
    );
  }
  const bytes = await files.read(path);
  if (bytes === null)
    throw new SyntaxError(`Cannot read ${path} as it must be a file: current value is none`);
  return gunzip(bytes, { name: path, limit });
}

/** Most bytes a gzip file of `limit` bytes of content can have: deflate adds 5 in 16 KiB at worst, gzip a header. */
export function gzippedLimit(limit: number): number {
  return limit + Math.ceil(limit / 1000) + 4096;
}
