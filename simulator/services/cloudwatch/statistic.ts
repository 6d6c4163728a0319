import { NotModelled } from '../../kernel/errors';

/** What is made of the samples of one period. */
export type Statistic =
  | { readonly kind: 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'Sum' }
  | { readonly kind: 'percentile'; readonly percentile: number };

/** The summary of a set of samples. `count` is at least 1. */
export interface StatisticSet {
  count: number;
  sum: number;
  min: number;
  max: number;
}

const SIMPLE = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'] as const;

/**
 * Reads `Sum`, `p99`, `p99.9` and their like.
 *
 * @throws NotModelled for trimmed means, percentile ranks and whatever else CloudWatch offers
 */
export function parseStatistic(text: string): Statistic {
  const simple = SIMPLE.find((name) => name === text);
  if (simple !== undefined) return { kind: simple };
  const percentile = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(text)?.[1];
  if (percentile === undefined) {
    throw new NotModelled(`Statistic ${JSON.stringify(text)}`, `Use ${SIMPLE.join(', ')} or a percentile such as p99.`);
  }
  return { kind: 'percentile', percentile: Number(percentile) };
}

/** A statistic that the summary alone can answer. */
export function simpleStatistic(kind: (typeof SIMPLE)[number], set: StatisticSet): number {
  switch (kind) {
    case 'Average':
      return set.sum / set.count;
    case 'Maximum':
      return set.max;
    case 'Minimum':
      return set.min;
    case 'SampleCount':
      return set.count;
    case 'Sum':
      return set.sum;
  }
}

/**
 * The percentile of sorted values by linear interpolation between the two nearest ranks. CloudWatch does not publish
 * its method; with many samples all methods agree.
 */
export function percentileOf(sorted: readonly number[], percentile: number): number {
  const rank = (percentile / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)]!;
  return below + (sorted[Math.ceil(rank)]! - below) * (rank - Math.floor(rank));
}
