import type { Result } from "@gambeson/contract";

/** The page's heading: the data set really used, which the config's title cannot know, and that title. */
export function pageTitle({ config, dataset }: Pick<Result, "config" | "dataset">): string {
  return `${dataset.title}: ${config.title}`;
}
