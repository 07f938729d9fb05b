import { max } from "d3-array";
import type { RhoDistributions } from "./rho-distributions.ts";
import type { ModelSummary } from "./summarise.ts";

/** A block of a hill: where it lies on the axis, the share of images in it, and how high it is drawn. */
export interface HillBlock {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  /** In [0, 1]: 1 is the tallest block of all hills. */
  readonly height: number;
}

/** One model's distribution of rho as blocks, whose areas stand for shares of images. */
export interface Hill {
  readonly bins: readonly HillBlock[];
  /** All images beyond the bins, as many as its area says; it is drawn up to the axis' end. */
  readonly rest: HillBlock;
}

/** Least width of the last block, in pixels. */
const REST_WIDTH = 44;

/**
 * Where an axis of rho from 0 ends that has room for every hill's last block behind its bins, and for every bar's number behind the bar.
 *
 * @param hillEnd End of the bins.
 * @param width Of the plot, in pixels.
 * @param valueRoom Of a bar's number, in pixels.
 */
export function rho2AxisEnd(
  models: readonly Pick<ModelSummary, "rho2">[],
  hillEnd: number,
  { width, valueRoom }: { readonly width: number; readonly valueRoom: number },
): number {
  const barEnd = max(models, ({ rho2 }) => rho2.mean + (rho2.deviation ?? 0)) ?? 0;
  const endWith = (end: number, room: number) => (end * width) / Math.max(1, width - room);
  return Math.max(endWith(hillEnd, REST_WIDTH), endWith(barEnd, valueRoom), 1e-6);
}

/** The models' hills on one scale. @param axisEnd Where the axis ends. */
export function rho2Hills({ binWidth, end, models }: RhoDistributions, axisEnd: number): readonly Hill[] {
  const blocks = models.map(({ shares, beyond }) => [
    ...shares.map((share, i) => ({ from: i * binWidth, to: (i + 1) * binWidth, share })),
    { from: end, to: axisEnd, share: beyond },
  ]);
  const density = ({ from, to, share }: { from: number; to: number; share: number }) => share / (to - from);
  const tallest = Math.max(1e-12, max(blocks.flat(), density) ?? 0);
  return blocks.map((all) => {
    const drawn = all.map((block) => ({ ...block, height: density(block) / tallest }));
    return { bins: drawn.slice(0, -1), rest: drawn.at(-1)! };
  });
}
