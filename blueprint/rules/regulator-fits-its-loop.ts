import type { Blueprint } from '../blueprint';

/**
 * The regulator believes in the workers there are, and corrects no faster than it sees: a delayed loop of first order swings
 * when it works a deviation off within less than about twice the time in which it hears of it.
 */
export function regulatorFitsItsLoop({ loadShedding, capacity, timeBudgets }: Blueprint): string[] {
  return Object.entries(loadShedding).flatMap(([stage, policy]) => {
    const failures: string[] = [];
    const { workers } = capacity[stage as keyof typeof capacity];
    if (policy.workers !== workers) {
      failures.push(
        `Stage ${stage} has ${workers} workers and regulates for ${policy.workers}: take them from CAPACITY.`,
      );
    }
    const loopMs = policy.tickMs + policy.cacheMs;
    if (policy.correctionMs < 2 * loopMs) {
      failures.push(
        `Stage ${stage} corrects within ${policy.correctionMs} ms what it hears of after ${loopMs} ms: it would swing, allow ${2 * loopMs} ms.`,
      );
    }
    if (policy.retryAfterMsMax * 1.5 >= timeBudgets.checkoutDeadlineMs) {
      failures.push(
        `Stage ${stage} sends clients away for up to ${policy.retryAfterMsMax * 1.5} ms: who comes back then is past the deadline.`,
      );
    }
    return failures;
  });
}
