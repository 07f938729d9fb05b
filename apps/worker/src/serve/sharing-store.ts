import type { ServeContext } from "./serve-context.ts";

/** Does `work` while `gc` removes nothing: what it keeps, or finds, is there until something refers to it. */
export async function sharingStore<T>({ shareStore }: ServeContext, work: () => Promise<T>): Promise<T> {
  const share = await shareStore();
  try {
    return await work();
  } finally {
    share.close();
  }
}
