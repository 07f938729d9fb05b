/** Whether the server answers; without its client, which the first page to load may have to do without. */
export async function isServerThere(): Promise<boolean> {
  try {
    const { ok } = await fetch("/healthz", { cache: "no-store" });
    return ok;
  } catch {
    return false;
  }
}
