/** The answer to a question that a later one of its kind has taken the place of. */
export const SUPERSEDED = Symbol("superseded");

/**
 * Has `work` done for one question at a time. While it is busy the latest question waits and every older one that waits is dropped, so that
 * answers keep up with questions that come faster than they can be answered, such as those of a slider.
 *
 * @returns A function whose promise gives `work`'s answer, or `SUPERSEDED`. Rejects as `work` does.
 */
export function latestWins<Question, Answer>(
  work: (question: Question) => Promise<Answer>,
): (question: Question) => Promise<Answer | typeof SUPERSEDED> {
  let isBusy = false;
  let waiting: { readonly begin: () => void; readonly drop: () => void } | null = null;

  return (question) =>
    new Promise((resolve, reject) => {
      const begin = () => {
        isBusy = true;
        work(question)
          .then(resolve, reject)
          .finally(() => {
            isBusy = false;
            const next = waiting;
            waiting = null;
            next?.begin();
          });
      };
      if (!isBusy) {
        begin();
        return;
      }
      waiting?.drop();
      waiting = {
        begin,
        drop: () => {
          resolve(SUPERSEDED);
        },
      };
    });
}
