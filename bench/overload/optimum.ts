import { capacityAt, DEADLINE_SECONDS, type OverloadOrder, type OverloadRow } from './overload-row';

/**
 * What a clairvoyant could have done: so many orders of each class, in time.
 *
 * Unit jobs with releases and deadlines on a server of changing speed: the sets that can be done in time are the
 * independent sets of a transversal matroid, so choosing greedily by class is the best for every class in turn and the
 * best for the total as well. `F(S)` is the number of orders of the classes S that are done in time by earliest deadline
 * first; class k gets `F({0..k}) - F({0..k-1})`. It is blind to latency: it banks a deadline's worth of work.
 */
export function optimumByClass(row: OverloadRow, orders: readonly OverloadOrder[]): [number, number, number] {
  const upTo = [0, 1, 2].map((highest) =>
    doneInTime(
      row,
      orders.filter(({ orderClass }) => orderClass <= highest).map(({ firstAttempt }) => firstAttempt),
    ),
  );
  return [upTo[0]!, upTo[1]! - upTo[0]!, upTo[2]! - upTo[1]!];
}

/** All deadlines are equally long, so the earliest deadline is the earliest arrival. */
function doneInTime(row: OverloadRow, arrivals: readonly number[]): number {
  const sorted = arrivals.toSorted((left, right) => left - right);
  const end = (sorted.at(-1) ?? 0) + DEADLINE_SECONDS;
  let done = 0;
  let next = 0;
  for (const slot of slots(row, sorted[0] ?? 0, end)) {
    while (next < sorted.length && sorted[next]! + DEADLINE_SECONDS < slot) next++;
    if (next < sorted.length && sorted[next]! <= slot) {
      done++;
      next++;
    }
  }
  return done;
}

const STEP_SECONDS = 0.001;

/** The instants at which the work that can be done reaches one more order. */
function* slots(row: OverloadRow, from: number, to: number): Generator<number> {
  let work = 0;
  for (let step = Math.floor(from / STEP_SECONDS); step <= to / STEP_SECONDS; step++) {
    const second = step * STEP_SECONDS;
    work += capacityAt(row, second) * STEP_SECONDS;
    if (work >= 1) {
      work -= 1;
      yield second;
    }
  }
}
