import type { ImageSet } from "@gambeson/report";

/** What a reader of `<gambeson-report>` has chosen; what is left out is as it is at first. */
export interface ReportView {
  /** Where the upright line of the accuracy curve stands. */
  readonly epsilon?: number;
  /** Of the ROC curves. */
  readonly class?: number;
  /** Images that ROC curves and AUCs are measured on. */
  readonly images?: ImageSet;
  /** Id of the model whose pictures and confusion matrix are shown. */
  readonly model?: string;
  /** How many times larger the difference of pictures is drawn. */
  readonly amplify?: number;
  /** Whether that difference is shown. */
  readonly difference?: boolean;
  /** Ids of the models whose lines are hidden. */
  readonly hidden?: readonly string[];
  /** Whether the ROC curves' corner is enlarged. */
  readonly zoom?: boolean;
  /** Whether ROC curves of all classes are shown. */
  readonly all?: boolean;
  /** The part that the reader has gone to last: the id of its heading, "roc" for example. Where it is given, the page leads there. */
  readonly section?: string;
}
