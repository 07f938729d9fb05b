import { LOCALE } from "@gambeson/elements/locale";
import type { Estimate } from "@gambeson/contract";
import { roughDuration } from "./rough-duration.ts";

/** "about 40 sec on two cores: 12 tasks, 6,000 training and 1,000 test images". */
export function estimateText({ seconds, tasks, images }: Estimate, locale = LOCALE): string {
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  return `about ${roughDuration(seconds, locale)} on two cores: ${count(tasks)} tasks, ${count(images.train)} training and ${count(images.test)} test images`;
}
