import type { PartedFile } from "./parted-file.ts";
import { headSize, locateTensors, type TensorPlace } from "@gambeson/models/safetensors";
import type { ArtefactFiles } from "./artefact-files.ts";
import { boundedCache } from "./bounded-cache.ts";

/** A safetensors file of which only what is asked for is read: it may have hundreds of megabytes. */
export interface TensorFile {
  readonly places: ReadonlyMap<string, TensorPlace>;
  /** Elements [from, to) of a tensor of float32, int32 or uint8; all by default. @throws {SyntaxError} If there is no such tensor. */
  float32(name: string, from?: number, to?: number): Promise<Float32Array<ArrayBuffer>>;
  int32(name: string, from?: number, to?: number): Promise<Int32Array<ArrayBuffer>>;
  uint8(name: string, from?: number, to?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws {SyntaxError} If there is no such tensor. */
  shape(name: string): readonly number[];
}

/** As much of a file as holds the header of every file of ours. */
const USUAL_HEAD = 16 * 1024;
/** Longer headers are nobody's. */
const MOST_HEAD = 1024 * 1024;

/** Where the tensors of a file are, by name. */
type Layout = ReadonlyMap<string, TensorPlace>;
/** Some kilobytes each. */
const LAYOUTS_KEPT = 200;

/** @throws {SyntaxError} If it is no sound safetensors file. */
export async function openTensorFile(file: PartedFile): Promise<TensorFile> {
  return tensorFile(file, await readLayout(file));
}

/** An artefact as a file to read parts of. @throws {Refusal} ARTEFACT_MISSING. */
export async function openTensorArtefact(artefacts: ArtefactFiles, sha256: string): Promise<TensorFile> {
  return openTensorFile(await partedArtefact(artefacts, sha256));
}

/** The same, for files that are opened again and again: what the headers of the last ones say is kept. */
export function tensorOpener(artefacts: ArtefactFiles): (sha256: string) => Promise<TensorFile> {
  const layouts = boundedCache<Layout>(LAYOUTS_KEPT);
  return async (sha256) => {
    const file = await partedArtefact(artefacts, sha256);
    return tensorFile(file, await layouts(sha256, () => readLayout(file)));
  };
}

async function partedArtefact(artefacts: ArtefactFiles, sha256: string): Promise<PartedFile> {
  const size = await artefacts.requireWhole(sha256);
  return { size, read: (from, to) => artefacts.read(sha256, from, to) };
}

function tensorFile(file: PartedFile, places: Layout): TensorFile {
  function placeOf(name: string, dtype?: TensorPlace["dtype"]): TensorPlace {
    const place = places.get(name);
    if (place !== undefined && (dtype === undefined || place.dtype === dtype)) return place;
    throw new SyntaxError(
      `Cannot read tensor ${JSON.stringify(name)} as the file must hold it${dtype === undefined ? "" : ` as ${dtype}`}: current value is ${place?.dtype ?? "missing"}`,
    );
  }
  async function bytesOf(
    name: string,
    dtype: TensorPlace["dtype"],
    from: number,
    to: number,
  ): Promise<ArrayBuffer> {
    const { begin, end } = placeOf(name, dtype);
    const width = dtype === "U8" ? 1 : 4;
    const part = await file.read(begin + from * width, Math.min(end, begin + to * width));
    return part.byteLength === part.buffer.byteLength ? part.buffer : part.slice().buffer;
  }

  return {
    places,
    float32: async (name, from = 0, to = Infinity) => new Float32Array(await bytesOf(name, "F32", from, to)),
    int32: async (name, from = 0, to = Infinity) => new Int32Array(await bytesOf(name, "I32", from, to)),
    uint8: async (name, from = 0, to = Infinity) => new Uint8Array(await bytesOf(name, "U8", from, to)),
    shape: (name) => placeOf(name).shape,
  };
}

async function readLayout({ size, read }: PartedFile): Promise<Layout> {
  const start = await read(0, Math.min(size, USUAL_HEAD));
  const needed = headSize(start);
  if (needed > MOST_HEAD) {
    throw new SyntaxError(
      `Cannot read the safetensors file as its header must have at most ${MOST_HEAD} bytes: current value is ${needed}`,
    );
  }
  return locateTensors(needed > start.length ? await read(0, Math.min(size, needed)) : start, size);
}
