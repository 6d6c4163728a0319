import { isDoneInTime, percentile, secondsUntilCalm } from '../../gamedays';
import { optimumByClass } from './optimum';
import { capacityAt, DROP, isOverload, overloadOf, type OverloadOrder, type OverloadRow } from './overload-row';

/** What a row of the bench has come to. Shares are of the clairvoyant optimum unless said otherwise. */
export interface OverloadFigures {
  readonly row: OverloadRow;
  readonly offered: number;
  readonly good: readonly [number, number, number];
  readonly optimum: readonly [number, number, number];
  readonly total: number;
  /** Undefined where the optimum does nothing of the class. */
  readonly byClass: readonly [number | undefined, number | undefined, number | undefined];
  /** Work in time over capacity, during the overload. */
  readonly utilisation: number;
  /** Seconds from the first attempt to CONFIRMED, of all that were. */
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly latencyP0: { readonly p50: number; readonly p99: number };
  /** Of the acknowledged: not done in time. */
  readonly missed: number;
  readonly missedP0: number;
  readonly attemptsPerOrder: number;
  /** Seconds from the end of the overload. Undefined: not within the row. */
  readonly recoverySeconds?: number;
  /** The share of orders done in time, by when they began: one for each window since the row's start, null without orders. */
  readonly goodByWindow: readonly (number | null)[];
  /** Orders that were acknowledged, second by second of the overload. */
  readonly admittedBySecond: readonly number[];
  /** Charges that were sent to a provider that answers nothing. */
  readonly wastedCalls: number;
  /** Writes to the control item while there is overload. Refused conditions are billed, and counted, too. */
  readonly controlWritesPerSecond: number;
}

export const WINDOW_SECONDS = 5;
/** Admissions have converged when so many windows in a row exceed the capacity by no more than this share. */
const CONVERGED = { windows: 3, tolerance: 0.3 } as const;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function latencyOf(orders: readonly OverloadOrder[]): { p50: number; p99: number } {
  const seconds = orders.flatMap(({ firstAttempt, doneAt }) => (doneAt === undefined ? [] : [doneAt - firstAttempt]));
  return { p50: percentile(seconds, 50), p99: percentile(seconds, 99) };
}

/** The end of what was wrong: of the overload, or of the slow minute where there is no overload. */
export const endOf = (row: OverloadRow): number => (row.load < 1 ? DROP.toSeconds : overloadOf(row).toSeconds);

/** @param known orders that began before this second have had their chance */
export const recoveryOf = (row: OverloadRow, orders: readonly OverloadOrder[], known: number): number | undefined =>
  secondsUntilCalm(orders, endOf(row), known);

/**
 * Seconds from the beginning of the overload until no more is admitted than the workers can decide. Undefined: that never
 * comes. Too little, while they work off what came before, is no harm as long as they are busy: utilisation tells.
 * @param admitted orders acknowledged, second by second of the overload: of one flight, or the mean of several
 */
export function convergenceSeconds(row: OverloadRow, admitted: readonly number[]): number | undefined {
  const { fromSeconds } = overloadOf(row);
  const isKept = (from: number): boolean => {
    let [orders, capacity] = [0, 0];
    for (let second = from; second < from + WINDOW_SECONDS; second++) {
      orders += admitted[second]!;
      capacity += capacityAt(row, fromSeconds + second);
    }
    return orders <= (1 + CONVERGED.tolerance) * capacity;
  };
  for (let second = 0; second + CONVERGED.windows * WINDOW_SECONDS <= admitted.length; second++) {
    const windows = Array.from({ length: CONVERGED.windows }, (_, index) => second + index * WINDOW_SECONDS);
    if (windows.every(isKept)) return second;
  }
  return undefined;
}

/** Everything the table says of a row. */
export function figuresOf(
  row: OverloadRow,
  orders: readonly OverloadOrder[],
  known: number,
  counted: Pick<OverloadFigures, 'wastedCalls' | 'controlWritesPerSecond'>,
): OverloadFigures {
  const inside = orders.filter(({ firstAttempt }) => isOverload(row, firstAttempt));
  const optimum = optimumByClass(row, inside);
  const goodOf = (orderClass: number): number =>
    inside.filter((order) => order.orderClass === orderClass && isDoneInTime(order)).length;
  const good = [goodOf(0), goodOf(1), goodOf(2)] as const;
  const acknowledged = inside.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined);
  const missedOf = (some: readonly OverloadOrder[]): number =>
    share(some.filter((order) => !isDoneInTime(order)).length, some.length);
  const worked = orders.filter((order) => isDoneInTime(order) && isOverload(row, order.doneAt!)).length;
  const recoverySeconds = recoveryOf(row, orders, known);
  const sum = ([first, second, third]: readonly [number, number, number]): number => first + second + third;
  const ofClass = (each: 0 | 1 | 2): number | undefined =>
    optimum[each] < 0.01 * sum(optimum) ? undefined : share(good[each], optimum[each]);
  return {
    row,
    offered: inside.length,
    good,
    optimum,
    total: share(sum(good), sum(optimum)),
    byClass: [ofClass(0), ofClass(1), ofClass(2)],
    utilisation: share(worked, capacityDuringOverload(row)),
    latency: latencyOf(inside),
    latencyP0: latencyOf(inside.filter(({ orderClass }) => orderClass === 0)),
    missed: missedOf(acknowledged),
    missedP0: missedOf(acknowledged.filter(({ orderClass }) => orderClass === 0)),
    attemptsPerOrder: share(
      inside.reduce((total, { attempts }) => total + attempts, 0),
      inside.length,
    ),
    goodByWindow: goodByWindow(orders, known),
    admittedBySecond: admittedBySecond(row, orders),
    ...(recoverySeconds === undefined ? {} : { recoverySeconds }),
    ...counted,
  };
}

function capacityDuringOverload(row: OverloadRow): number {
  let work = 0;
  const { fromSeconds, toSeconds } = overloadOf(row);
  for (let second = fromSeconds; second < toSeconds; second++) work += capacityAt(row, second);
  return work;
}

function admittedBySecond(row: OverloadRow, orders: readonly OverloadOrder[]): number[] {
  const { fromSeconds, toSeconds } = overloadOf(row);
  const admitted = Array.from({ length: toSeconds - fromSeconds }, () => 0);
  for (const { acknowledgedAt } of orders) {
    if (acknowledgedAt !== undefined && isOverload(row, acknowledgedAt))
      admitted[Math.floor(acknowledgedAt - fromSeconds)]!++;
  }
  return admitted;
}

function goodByWindow(orders: readonly OverloadOrder[], known: number): (number | null)[] {
  const windows = Array.from({ length: Math.floor(known / WINDOW_SECONDS) }, () => ({ began: 0, good: 0 }));
  for (const order of orders) {
    const window = windows[Math.floor(order.firstAttempt / WINDOW_SECONDS)];
    if (window === undefined) continue;
    window.began++;
    if (isDoneInTime(order)) window.good++;
  }
  return windows.map(({ began, good }) => (began === 0 ? null : good / began));
}
