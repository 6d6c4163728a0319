import type { Attempt } from '../client';
import { percentile } from './percentile';
import { windowsOf } from './calm';
import { livedOrders } from './lived-orders';
import type { Observations } from './observations';
import type { Series } from './result';

const BUCKET_SECONDS = 10;

/** What callers saw over time: orders begun, attempts answered and unanswered by region, and how long answers took. */
export function callerSeries(observations: Observations): Series[] {
  const { placedOrders, startEpochMs, regions } = observations;
  const secondOf = (epochMs: number): number => (epochMs - startEpochMs) / 1000;
  const attempts = placedOrders.flatMap(({ attempts: own, twin }) => [...own, ...(twin?.attempts ?? [])]);
  // Not by spreading into arguments, of which a day has too many.
  const lastSecond = attempts.reduce((last, attempt) => Math.max(last, secondOf(attempt.endMs)), 0);
  const bucketCount = Math.floor(lastSecond / BUCKET_SECONDS) + 1;
  const rate = (moments: readonly number[]): Series['points'] =>
    bucket(moments, (moment) => moment, bucketCount).map((found, index) => [
      index * BUCKET_SECONDS,
      found.length / BUCKET_SECONDS,
    ]);
  const inRegion = (region: string, isWanted: (attempt: Attempt) => boolean): number[] =>
    attempts
      .filter((attempt) => attempt.region === region && isWanted(attempt))
      .map((attempt) => secondOf(attempt.endMs));
  const series: Series[] = [
    {
      chart: 'requests',
      name: 'orders begun',
      unit: '1/s',
      points: rate(placedOrders.map((order) => secondOf(order.firstAttemptMs))),
    },
  ];
  for (const region of [regions.primary, regions.standby]) {
    series.push(
      { chart: 'requests', name: 'acknowledged', unit: '1/s', region, points: rate(inRegion(region, isAcknowledged)) },
      {
        chart: 'requests',
        name: 'failed attempts',
        unit: '1/s',
        region,
        points: rate(inRegion(region, (a) => !isAcknowledged(a))),
      },
    );
  }
  return [...series, ...latencySeries(observations, secondOf, bucketCount), ...inTimeSeries(observations)];
}

/** Where a day asks for calm: which share of the orders begun in each window was done before its caller lost patience. */
function inTimeSeries(observations: Observations): Series[] {
  if (observations.gameDay.expectations.calm === undefined) return [];
  const windows = windowsOf(livedOrders(observations), observations.gameDay.durationSeconds);
  return [
    {
      chart: 'done-in-time',
      name: 'orders done in time, by when they began',
      unit: '%',
      points: windows.map(({ fromSeconds, doneInTime, begun }) => [
        fromSeconds,
        begun === 0 ? null : (100 * doneInTime) / begun,
      ]),
    },
  ];
}

function latencySeries(
  { placedOrders }: Observations,
  secondOf: (epochMs: number) => number,
  bucketCount: number,
): Series[] {
  const acknowledged = placedOrders.filter((order) => order.acknowledgedMs !== undefined);
  const buckets = bucket(acknowledged, (order) => secondOf(order.acknowledgedMs!), bucketCount);
  return [50, 99].map((share) => ({
    chart: 'latency',
    name: `p${share} from first attempt to acknowledgement`,
    unit: 'ms',
    points: buckets.map((orders, index) => [
      index * BUCKET_SECONDS,
      orders.length === 0
        ? null
        : percentile(
            orders.map((order) => order.acknowledgedMs! - order.firstAttemptMs),
            share,
          ),
    ]),
  }));
}

function isAcknowledged(attempt: Attempt): boolean {
  return attempt.outcome !== 'timeout' && attempt.outcome < 300;
}

function bucket<T>(values: readonly T[], secondOf: (value: T) => number, count: number): T[][] {
  const buckets: T[][] = Array.from({ length: count }, () => []);
  for (const value of values) buckets[Math.max(0, Math.floor(secondOf(value) / BUCKET_SECONDS))]?.push(value);
  return buckets;
}
