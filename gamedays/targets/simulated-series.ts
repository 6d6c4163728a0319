import type { Stage } from '../../blueprint/capacity';
import {
  ACCEPTED_OF_CLASS,
  METRIC_NAMESPACE,
  METRIC_SERVICE,
  REFUSED_OF_CLASS,
  type MetricName,
} from '../../blueprint/metrics';
import { datumResourceName } from '../../blueprint/names';
import { CLASS_MEANINGS, ORDER_CLASSES } from '../../blueprint/priorities';
import type { Cloud } from '../../simulator';
import type { Series } from '../result';

/** Whose series, and from when on. */
export interface SeriesScope {
  readonly stage: Stage;
  readonly regions: { readonly primary: string; readonly standby: string; readonly witness: string };
  /** When the game day began, in seconds of virtual time. */
  readonly startSeconds: number;
}

/** What the services and functions of both regions have counted, minute by minute. */
export function seriesOf(cloud: Cloud, { stage, regions, startSeconds }: SeriesScope): Series[] {
  const queue = { QueueName: datumResourceName(stage, 'work') };
  return [regions.primary, regions.standby].flatMap((region) => {
    const read = (
      chart: string,
      name: string,
      unit: string,
      query: Parameters<Cloud['cloudWatch']['series']>[1],
    ): Series => ({
      chart,
      name,
      unit,
      region,
      points: cloud.cloudWatch
        .series(region, query)
        .map(([seconds, value]) => [seconds - startSeconds, value] as const)
        .filter(([seconds]) => seconds >= 0),
    });
    const counted = (metric: MetricName): Series['points'] =>
      read('admission', metric, 'orders', {
        namespace: METRIC_NAMESPACE,
        name: metric,
        dimensions: { service: METRIC_SERVICE },
        statistic: 'Sum',
      }).points;
    const admission = ORDER_CLASSES.map((orderClass): Series => {
      const points = admitted(counted(ACCEPTED_OF_CLASS[orderClass]), counted(REFUSED_OF_CLASS[orderClass]));
      return { chart: 'admission', name: CLASS_MEANINGS[orderClass], unit: '%', region, points };
    });
    return [
      read('queue', 'messages waiting', 'messages', {
        namespace: 'AWS/SQS',
        name: 'ApproximateNumberOfMessagesVisible',
        dimensions: queue,
        statistic: 'Maximum',
      }),
      read('queue', 'age of the oldest', 's', {
        namespace: 'AWS/SQS',
        name: 'ApproximateAgeOfOldestMessage',
        dimensions: queue,
        statistic: 'Maximum',
      }),
      ...admission.filter(({ points }) => points.length > 0),
    ];
  });
}

/** Of the orders that came new or were refused in a minute, the share that was not refused. */
function admitted(accepted: Series['points'], refused: Series['points']): Series['points'] {
  const counts = new Map<number, { accepted: number; refused: number }>();
  const of = (seconds: number): { accepted: number; refused: number } => {
    const known = counts.get(seconds) ?? { accepted: 0, refused: 0 };
    counts.set(seconds, known);
    return known;
  };
  for (const [seconds, value] of accepted) of(seconds).accepted += value ?? 0;
  for (const [seconds, value] of refused) of(seconds).refused += value ?? 0;
  return [...counts]
    .filter(([, { accepted: yes, refused: no }]) => yes + no > 0)
    .sort(([left], [right]) => left - right)
    .map(([seconds, { accepted: yes, refused: no }]) => [seconds, (100 * yes) / (yes + no)]);
}
