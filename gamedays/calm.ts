import { TIME_BUDGETS } from '../blueprint/time-budgets';
import { percentile } from './percentile';

/** One order as its caller lived it, in seconds. */
export interface LivedOrder {
  readonly firstAttempt: number;
  /** When it had an outcome that its caller wanted. @default - never */
  readonly doneAt?: number;
}

const WINDOW_SECONDS = 5;
const CALM_WINDOWS = 3;
const CALM_SUCCESS = 0.99;
const CALM_P50_SECONDS = 2;

/** Done before its caller, who counts from the first attempt, has lost patience. */
export const isDoneInTime = ({ firstAttempt, doneAt }: LivedOrder): boolean =>
  doneAt !== undefined && doneAt <= firstAttempt + TIME_BUDGETS.checkoutDeadlineMs / 1_000;

/**
 * From the end of what was wrong to the first window of five seconds from which three in a row have 99 % success and a median
 * below two seconds.
 * @param endSeconds the end of what was wrong
 * @param knownSeconds orders that began before this second have had their chance
 * @returns undefined when there is no such window
 */
export function secondsUntilCalm(
  orders: readonly LivedOrder[],
  endSeconds: number,
  knownSeconds: number,
): number | undefined {
  for (let from = endSeconds; from + CALM_WINDOWS * WINDOW_SECONDS <= knownSeconds; from += WINDOW_SECONDS) {
    const windows = Array.from({ length: CALM_WINDOWS }, (_, index) => from + index * WINDOW_SECONDS);
    if (windows.every((start) => isCalm(orders, start))) return from - endSeconds;
  }
  return undefined;
}

/** What became of the orders that began in each window of five seconds, from second 0 on. */
export function windowsOf(
  orders: readonly LivedOrder[],
  endSeconds: number,
): readonly { readonly fromSeconds: number; readonly begun: number; readonly doneInTime: number }[] {
  const windows = Array.from({ length: Math.ceil(endSeconds / WINDOW_SECONDS) }, (_, index) => ({
    fromSeconds: index * WINDOW_SECONDS,
    begun: 0,
    doneInTime: 0,
  }));
  for (const order of orders) {
    const window = windows[Math.floor(order.firstAttempt / WINDOW_SECONDS)];
    if (window === undefined) continue;
    window.begun++;
    if (isDoneInTime(order)) window.doneInTime++;
  }
  return windows;
}

function isCalm(orders: readonly LivedOrder[], start: number): boolean {
  const inside = orders.filter(({ firstAttempt }) => firstAttempt >= start && firstAttempt < start + WINDOW_SECONDS);
  if (inside.length === 0 || inside.filter(isDoneInTime).length < CALM_SUCCESS * inside.length) return false;
  const seconds = inside.flatMap(({ firstAttempt, doneAt }) => (doneAt === undefined ? [] : [doneAt - firstAttempt]));
  return percentile(seconds, 50) < CALM_P50_SECONDS;
}
