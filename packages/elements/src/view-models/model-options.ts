import type { Result } from "@gambeson/contract";

/** The result's models, to choose from. */
export function modelOptions({
  seeds,
}: Result): readonly { readonly value: string; readonly text: string }[] {
  return seeds[0]!.models.map(({ id, label }) => ({ value: id, text: label }));
}
