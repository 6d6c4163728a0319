import { MetricResolution, Metrics } from '@aws-lambda-powertools/metrics';
import {
  METRIC_NAMESPACE,
  METRIC_SERVICE,
  METRICS,
  type MetricDefinition,
  type MetricName,
} from '../../blueprint/metrics';

const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: METRIC_SERVICE });

/** Add a value to a metric of the blueprint. It is published by `withMetrics` at the end of the invocation. */
export function measure(name: MetricName, value = 1): void {
  const { unit, isHighResolution }: MetricDefinition = METRICS[name];
  if (isHighResolution === true) metrics.addMetric(name, unit, value, MetricResolution.High);
  else metrics.addMetric(name, unit, value);
}

/** Publish what was measured so far: for invocations that last longer than an alarm waits. */
export function publishMeasured(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** Run one invocation and publish what it measured, whether it succeeded or not. */
export async function withMetrics<T>(invocation: () => Promise<T>): Promise<T> {
  try {
    return await invocation();
  } finally {
    publishMeasured();
  }
}
