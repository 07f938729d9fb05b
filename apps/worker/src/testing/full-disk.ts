import type { FileWriter } from "../disk/durable-file.ts";

/** This machine's disk, until `room` bytes have been written: then it is full, and says so as Linux does. */
export function fullDisk(room: number): FileWriter {
  let left = room;
  return {
    mkdir: Deno.mkdir,
    rename: Deno.rename,
    remove: Deno.remove,
    open: async (path, options) => {
      const file = await Deno.open(path, options);
      const write = file.write.bind(file);
      file.write = (bytes) => {
        left -= bytes.length;
        if (left >= 0) return write(bytes);
        return Promise.reject(
          Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" }),
        );
      };
      return file;
    },
  };
}
