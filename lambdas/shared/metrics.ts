import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE, METRIC_SERVICE, METRICS, type MetricName } from '../../blueprint/metrics';

const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: METRIC_SERVICE });

/** Add a value to a metric of the blueprint. It is published by `withMetrics` at the end of the invocation. */
export function measure(name: MetricName, value = 1): void {
  metrics.addMetric(name, METRICS[name].unit, value);
}

/** Run one invocation and publish what it measured, whether it succeeded or not. */
export async function withMetrics<T>(invocation: () => Promise<T>): Promise<T> {
  try {
    return await invocation();
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
