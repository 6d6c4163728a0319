import type { Blueprint } from '../blueprint';

/**
 * The owner's last chance ends before another region may take its orders over. Both at once would be safe, since the
 * provider arbitrates, but every order would be settled twice and a takeover would mean nothing.
 */
export function ownerBeforeTakeover({ services, timeBudgets }: Blueprint): string[] {
  const { clockSkewMs, sweepGraceMs, sweepPeriodMs, takeoverAfterDeadlineMs } = timeBudgets;
  const timeoutMs = (name: string): number =>
    services
      .filter((service) => service.name === name)
      .reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds * 1_000, 0);
  const failures: string[] = [];
  const workerEndsMs = timeoutMs('fulfilment') + clockSkewMs;
  if (sweepGraceMs < workerEndsMs) {
    failures.push(
      `The sweeper's grace of ${sweepGraceMs} ms is shorter than the ${workerEndsMs} ms in which a worker may still hold the order.`,
    );
  }
  const ownerEndsMs = clockSkewMs + sweepGraceMs + sweepPeriodMs + timeoutMs('sweeper');
  if (takeoverAfterDeadlineMs < ownerEndsMs) {
    failures.push(
      `Takeover ${takeoverAfterDeadlineMs} ms after the deadline comes before the owner's sweeper has surely run: allow ${ownerEndsMs} ms.`,
    );
  }
  return failures;
}
