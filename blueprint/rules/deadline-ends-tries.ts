import type { Blueprint } from '../blueprint';

/** An order that is tried until its deadline never becomes a dead letter: it is the deadline that ends its tries. */
export function deadlineEndsTries({ timeBudgets, workReceivesMax }: Blueprint): string[] {
  const { checkoutDeadlineMs, unknownPaymentRetrySeconds } = timeBudgets;
  const triesMax = Math.ceil(checkoutDeadlineMs / (unknownPaymentRetrySeconds * 1_000)) + 1;
  return workReceivesMax > triesMax
    ? []
    : [
        `An order may be received ${triesMax} times before its deadline, so ${workReceivesMax} receives would make it a dead letter.`,
      ];
}
