import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmDefinition, PlainMetric } from '../../blueprint/alarms';
import type { MetricSource } from './metric-sources';

/** What an alarm watches, with its statistic and its period. */
export function watchedMetric(
  { metric, statistic, periodSeconds }: Pick<AlarmDefinition, 'metric' | 'statistic' | 'periodSeconds'>,
  sourceOf: (metric: PlainMetric) => MetricSource,
): IMetric {
  const period = Duration.seconds(periodSeconds);
  const plain = (one: PlainMetric): Metric =>
    new Metric({ ...sourceOf(one), metricName: one.metricName, statistic, period });
  if (metric.source !== 'expression') return plain(metric);
  const usingMetrics = Object.fromEntries(Object.entries(metric.metrics).map(([id, one]) => [id, plain(one)]));
  return new MathExpression({ expression: metric.formula, usingMetrics, period, label: metric.title });
}
