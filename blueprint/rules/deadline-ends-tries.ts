import type { Blueprint } from '../blueprint';

/**
 * An order that is tried until its deadline never becomes a dead letter: it is the deadline that ends its tries. A message
 * that is returned may come back a second early, since a worker spreads the returns, and each return counts as a receive.
 */
export function deadlineEndsTries({ timeBudgets, workReceivesMax }: Blueprint): string[] {
  const { checkoutDeadlineMs, importDeadlineMs, unknownPaymentRetrySeconds, unknownImportRetrySeconds } = timeBudgets;
  const tries = (deadlineMs: number, retrySeconds: number): number =>
    Math.ceil(deadlineMs / (Math.max(1, retrySeconds - 1) * 1_000)) + 1;
  const triesMax = Math.max(
    tries(checkoutDeadlineMs, unknownPaymentRetrySeconds),
    tries(importDeadlineMs, unknownImportRetrySeconds),
  );
  return workReceivesMax > triesMax
    ? []
    : [
        `An order may be received ${triesMax} times before its deadline, so ${workReceivesMax} receives would make it a dead letter.`,
      ];
}
