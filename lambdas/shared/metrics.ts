import { MetricResolution, Metrics } from '@aws-lambda-powertools/metrics';
import {
  METRIC_NAMESPACE,
  METRIC_SERVICE,
  METRICS,
  type MetricDefinition,
  type MetricName,
} from '../../blueprint/metrics';
import { logger } from './logger';

const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: METRIC_SERVICE });

/** Add a value to a metric of the blueprint. It is published by `withMetrics` at the end of the invocation. */
export function measure(name: MetricName, value = 1): void {
  const { unit, isHighResolution }: MetricDefinition = METRICS[name];
  if (isHighResolution === true) metrics.addMetric(name, unit, value, MetricResolution.High);
  else metrics.addMetric(name, unit, value);
}

/** Say on the line that will carry what is measured which order it is about. */
export const measureOf = (orderId: string): void => void metrics.addMetadata('orderId', orderId);

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
    // The next one is about another order.
    logger.resetKeys();
  }
}
