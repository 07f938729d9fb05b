import { fileURLToPath } from "node:url";

/** Where the viewer's built files lie; null until they are built. */
export function viewerFolder(): string | null {
  const folder = fileURLToPath(new URL("../../../viewer/dist", import.meta.url));
  try {
    return Deno.statSync(folder).isDirectory ? folder : null;
  } catch {
    return null;
  }
}
