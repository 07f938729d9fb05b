/** Calls `work` soon after it is asked to, once for however many askings within `everyMs`. */
export function paced(work: () => void, everyMs: number): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      work();
    }, everyMs);
  };
}
