/** What may go wrong with a file, and what its reader is told must be otherwise. Codes as the system gives them. */
const NEEDS: Readonly<Record<string, string>> = {
  EACCES: "its folder must let you in",
  EDQUOT: "your quota must have room",
  EFBIG: "files must be allowed to grow so large",
  EISDIR: "it must be a file",
  ENOENT: "it must exist",
  ENOSPC: "the disk must have room",
  ENOTDIR: "what stands above it must be a folder",
  EPERM: "it must be allowed",
  EROFS: "the disk must be writable",
};

/**
 * An error of the file system in our grammar.
 *
 * @param action For example "write /home/me/out/result.json".
 * @param error What Deno threw.
 */
export function fileError(action: string, error: unknown): Error {
  if (error instanceof Deno.errors.NotCapable) return noLeave(action, error);
  const code = codeOf(error);
  const reason = error instanceof Error ? error.message.split(/[\n:]/)[0]!.trim() : String(error);
  const isNewFile = code === "ENOENT" && action.startsWith("write ");
  const need = isNewFile ? "its folder must exist" : (NEEDS[code] ?? "the system must allow it");
  return new Error(`Cannot ${action} as ${need}: current value is "${reason}"`, { cause: error });
}

/** Where the launcher's permissions end, in our words: Deno's advice, --allow-all, is of no use. It asks for that at devices and the like. */
function noLeave(action: string, error: Error): Error {
  const [need, value] = error.message.startsWith("Requires all access")
    ? ["it must be an ordinary file or folder", "one of the system's own"]
    : ["the command line or the config file must name it", "another path"];
  return new Error(`Cannot ${action} as ${need}: current value is ${value}`, { cause: error });
}

/** Deno gives some failures a class, some a code, and some only a number in the message. */
function codeOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "ENOENT";
  if (error instanceof Deno.errors.NotADirectory) return "ENOTDIR";
  if (error instanceof Deno.errors.IsADirectory) return "EISDIR";
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  if (error instanceof Deno.errors.PermissionDenied) return "EACCES";
  return "";
}
