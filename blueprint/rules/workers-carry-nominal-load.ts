import type { Blueprint } from '../blueprint';
import { ORDER_OF_WORKER_MS } from '../load-shedding';

/** The workers of one region carry the nominal load of both, and their number is one AWS accepts. */
export function workersCarryNominalLoad({ capacity }: Blueprint): string[] {
  return Object.entries(capacity).flatMap(([stage, { workers, nominalOrdersPerSecond, reservedConcurrency = {} }]) => {
    const failures: string[] = [];
    if (workers < 2 || workers > 1_000) {
      failures.push(`Stage ${stage} has ${workers} workers: MaximumConcurrency must be 2 to 1000.`);
    }
    const carried = (workers * 1_000) / ORDER_OF_WORKER_MS;
    if (carried < nominalOrdersPerSecond) {
      failures.push(
        `Stage ${stage} promises ${nominalOrdersPerSecond} orders/s but ${workers} workers carry ${carried}.`,
      );
    }
    if (reservedConcurrency.fulfilment !== undefined) {
      failures.push(`Stage ${stage} reserves concurrency on the consumer of a queue: bound it by workers only.`);
    }
    return failures;
  });
}
