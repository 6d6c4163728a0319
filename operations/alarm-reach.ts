import { thresholdIn, type AlarmDefinition, type AlarmMetric, type PlainMetric } from '../blueprint/alarms';
import { CAPACITY, type Stage } from '../blueprint/capacity';
import { datumNamed } from '../blueprint/data';
import { METRIC_NAMESPACE, METRICS } from '../blueprint/metrics';
import { serviceNamed } from '../blueprint/services';

/** Metrics of our own in it that nobody publishes, such as one that was renamed. */
export function deadMetrics(metric: AlarmMetric): string[] {
  const watched = metric.source === 'expression' ? Object.values(metric.metrics) : [metric];
  return watched
    .filter((one) => one.source === 'tandem' && !(one.metricName in METRICS))
    .map(({ metricName }) => `${METRIC_NAMESPACE} ${metricName}`);
}

/** `at or above 15`, with the value of the stage. */
export const thresholdText = (alarm: AlarmDefinition, stage: Stage): string =>
  `${alarm.breaches === 'below' ? 'below' : 'at or above'} ${thresholdIn(alarm, stage)}`;

/** @returns why the alarm can never fire at its threshold; undefined when it can */
export function reachableMax(alarm: AlarmDefinition, stage: Stage): string | undefined {
  const threshold = thresholdIn(alarm, stage);
  if (alarm.breaches === 'below') {
    // Every figure that is watched from below is a count, a share or a number of days.
    return threshold > 0 ? undefined : `Nothing is ever below ${threshold}. Raise the threshold.`;
  }
  if (alarm.metric.source === 'expression') return undefined;
  const most = mostOf(alarm.metric, alarm, stage);
  return threshold <= most
    ? undefined
    : `It can be ${most} at most, and ${threshold} is asked for. Lower the threshold.`;
}

/** The most that the alarm's statistic can come to in a period, where something bounds it. */
function mostOf(metric: PlainMetric, { periodSeconds, statistic }: AlarmDefinition, stage: Stage): number {
  if (metric.source === 'health-check') return 1;
  if (metric.source === 'account' && metric.metricName === 'ConcurrentExecutions') {
    return CAPACITY[stage].accountConcurrencyMin;
  }
  if (metric.source === 'queue' && metric.metricName === 'ApproximateAgeOfOldestMessage') {
    return datumNamed(metric.queue).retentionSeconds ?? Infinity;
  }
  // An HTTP API answers for a function after 30 s at most; ours end before.
  if (metric.metricName === 'Latency') return serviceNamed('intake').timeoutSeconds * 1_000;
  if (metric.source !== 'tandem') return Infinity;
  const isSum = statistic === 'Sum';
  if (metric.metricName === 'ProbeFailures') return isSum ? (10 * periodSeconds) / 60 : 1;
  if (metric.metricName === 'PeerProbeFailures') return isSum ? periodSeconds / 2 : 1;
  return Infinity;
}
