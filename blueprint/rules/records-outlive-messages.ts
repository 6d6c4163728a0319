import type { Blueprint } from '../blueprint';

/** A message always meets the order it is about: orders are kept for longer than any message lives, dead letters included. */
export function recordsOutliveMessages({ data }: Blueprint): string[] {
  const messageSeconds = data
    .filter(({ kept }) => kept === 'sqs-queue')
    .reduce((sum, { retentionSeconds = Number.POSITIVE_INFINITY }) => sum + retentionSeconds, 0);
  const { retentionSeconds = Number.POSITIVE_INFINITY } = data.find(({ name }) => name === 'orders')!;
  return messageSeconds < retentionSeconds
    ? []
    : [
        `Orders are kept for ${retentionSeconds} s, and a message can live ${messageSeconds} s: a late one would find no order. Keep orders longer.`,
      ];
}
