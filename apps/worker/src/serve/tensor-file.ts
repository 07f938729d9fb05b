import type { PartedFile } from "./parted-file.ts";
import { headSize, locateTensors, type TensorPlace } from "@gambeson/models/safetensors";
import type { ArtefactFiles } from "./artefact-files.ts";

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

/** @throws {SyntaxError} If it is no sound safetensors file. */
export async function openTensorFile(file: PartedFile): Promise<TensorFile> {
  const places = await readPlaces(file);

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

/** An artefact as a file to read parts of. @throws {Refusal} ARTEFACT_MISSING. */
export async function openTensorArtefact(artefacts: ArtefactFiles, sha256: string): Promise<TensorFile> {
  const read = (from: number, to: number) => artefacts.read(sha256, from, to);
  // One that is missing has no size; to read from it says so.
  return openTensorFile({ size: (await artefacts.size(sha256)) ?? 0, read });
}

async function readPlaces({ size, read }: PartedFile): Promise<ReadonlyMap<string, TensorPlace>> {
  const start = await read(0, Math.min(size, USUAL_HEAD));
  const needed = headSize(start);
  if (needed > MOST_HEAD) {
    throw new SyntaxError(
      `Cannot read the safetensors file as its header must have at most ${MOST_HEAD} bytes: current value is ${needed}`,
    );
  }
  return locateTensors(needed > start.length ? await read(0, Math.min(size, needed)) : start, size);
}
