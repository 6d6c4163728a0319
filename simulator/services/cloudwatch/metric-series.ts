import { NotModelled } from '../../kernel/errors';
import { percentileOf, simpleStatistic, type Statistic, type StatisticSet } from './statistic';

/** The samples of one bucket. Once nothing looks back that far, the values give way to a few percentiles. */
interface Bucket extends StatisticSet {
  readonly startSeconds: number;
  values: number[] | undefined;
  percentiles: Readonly<Record<number, number>> | undefined;
}

/** The percentiles that remain of a bucket whose values were dropped: those a report draws. */
export const KEPT_PERCENTILES = [50, 90, 99] as const;

/** One value a period. */
export type MetricPoint = readonly [startSeconds: number, value: number];

/** The data of one metric, in buckets of fixed length that are kept in order of time. */
export class MetricSeries {
  private readonly buckets: Bucket[] = [];
  private sealedCount = 0;

  /**
   * @param bucketSeconds the resolution; every period asked for must be a multiple of it
   * @param retentionSeconds how long single values are kept; summaries are kept for the whole run
   */
  constructor(
    readonly bucketSeconds: number,
    public retentionSeconds: number,
  ) {}

  add(epochSeconds: number, value: number): void {
    const bucket = this.bucketAt(Math.floor(epochSeconds / this.bucketSeconds) * this.bucketSeconds);
    bucket.count++;
    bucket.sum += value;
    if (value < bucket.min) bucket.min = value;
    if (value > bucket.max) bucket.max = value;
    bucket.values?.push(value);
  }

  /** The statistic over [from, to), or `undefined` without samples. */
  statistic(fromSeconds: number, toSeconds: number, statistic: Statistic): number | undefined {
    const buckets = this.between(fromSeconds, toSeconds);
    const [first] = buckets;
    if (first === undefined) return undefined;
    if (statistic.kind !== 'percentile')
      return simpleStatistic(statistic.kind, buckets.length === 1 ? first : merge(buckets));
    if (buckets.length === 1 && first.percentiles !== undefined)
      return keptPercentile(first.percentiles, statistic.percentile);
    const values = buckets.flatMap((bucket) => {
      if (bucket.values !== undefined) return bucket.values;
      throw new NotModelled(
        `A percentile over ${buckets.length} buckets whose single values were dropped`,
        `Ask for periods of ${this.bucketSeconds} s, or within ${this.retentionSeconds} s.`,
      );
    });
    return percentileOf(
      values.toSorted((left, right) => left - right),
      statistic.percentile,
    );
  }

  sampleCount(fromSeconds: number, toSeconds: number): number {
    return this.between(fromSeconds, toSeconds).reduce((sum, bucket) => sum + bucket.count, 0);
  }

  /** One point for every period that has samples, in order of time. */
  points(periodSeconds: number, statistic: Statistic): MetricPoint[] {
    const points: MetricPoint[] = [];
    let nextSeconds = Number.NEGATIVE_INFINITY;
    for (const { startSeconds } of this.buckets) {
      if (startSeconds < nextSeconds) continue;
      const from = Math.floor(startSeconds / periodSeconds) * periodSeconds;
      nextSeconds = from + periodSeconds;
      points.push([from, this.statistic(from, nextSeconds, statistic)!]);
    }
    return points;
  }

  /** The buckets that start in [from, to). What is asked for is nearly always at the end, so the search starts there. */
  private between(fromSeconds: number, toSeconds: number): Bucket[] {
    const end = this.indexAtOrAfter(toSeconds);
    let begin = end;
    while (begin > 0 && this.buckets[begin - 1]!.startSeconds >= fromSeconds) begin--;
    return this.buckets.slice(begin, end);
  }

  private indexAtOrAfter(seconds: number): number {
    let low = 0;
    let high = this.buckets.length;
    if (high === 0 || this.buckets[high - 1]!.startSeconds < seconds) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.buckets[middle]!.startSeconds < seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private bucketAt(startSeconds: number): Bucket {
    const last = this.buckets.at(-1);
    if (last?.startSeconds === startSeconds) return last;
    const index = this.indexAtOrAfter(startSeconds);
    const found = this.buckets[index];
    if (found?.startSeconds === startSeconds) return found;
    const bucket: Bucket = {
      startSeconds,
      count: 0,
      sum: 0,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      values: [],
      percentiles: undefined,
    };
    this.buckets.splice(index, 0, bucket);
    this.seal(startSeconds - this.retentionSeconds);
    return bucket;
  }

  /** Replaces the values of buckets older than that by their percentiles. */
  private seal(beforeSeconds: number): void {
    for (; this.sealedCount < this.buckets.length; this.sealedCount++) {
      const bucket = this.buckets[this.sealedCount]!;
      if (bucket.startSeconds >= beforeSeconds || bucket.count === 0) return;
      if (bucket.values === undefined) continue;
      const sorted = bucket.values.toSorted((left, right) => left - right);
      bucket.percentiles = Object.fromEntries(KEPT_PERCENTILES.map((rank) => [rank, percentileOf(sorted, rank)]));
      bucket.values = undefined;
    }
  }
}

function merge(buckets: readonly Bucket[]): StatisticSet {
  const merged = { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  for (const bucket of buckets) {
    merged.count += bucket.count;
    merged.sum += bucket.sum;
    merged.min = Math.min(merged.min, bucket.min);
    merged.max = Math.max(merged.max, bucket.max);
  }
  return merged;
}

function keptPercentile(percentiles: Readonly<Record<number, number>>, percentile: number): number {
  const kept = percentiles[percentile];
  if (kept !== undefined) return kept;
  throw new NotModelled(
    `The percentile p${percentile} of a bucket whose single values were dropped`,
    `Use one of ${KEPT_PERCENTILES.map((rank) => `p${rank}`).join(', ')}.`,
  );
}
