import type { Blueprint } from '../blueprint';

/** The provider remembers a key for longer than any message can still repeat it, dead letters included. */
export function keysOutliveMessages({ data, providerKeyLifetimeSeconds }: Blueprint): string[] {
  const longestSeconds = data
    .filter(({ kept }) => kept === 'sqs-queue')
    .reduce((sum, { retentionSeconds = Number.POSITIVE_INFINITY }) => sum + retentionSeconds, 0);
  return longestSeconds < providerKeyLifetimeSeconds
    ? []
    : [
        `A message can live ${longestSeconds} s, the provider's keys ${providerKeyLifetimeSeconds} s: a late one would charge again.`,
      ];
}
