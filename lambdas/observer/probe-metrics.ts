import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE, METRIC_SERVICE } from '../../blueprint/metrics';
import type { Probe } from './probe';

/**
 * The observer's metrics have a second dimension, `region`: unlike a business figure, a failed probe is nothing without the
 * region that failed it. One set of stored metrics a region, published as one line each.
 */
const metricsByRegion = new Map<string, Metrics>();

/** Notes one look at a region. An evacuated region that answers is no failure: somebody wanted it so. */
export function measureProbe(
  region: string,
  { isLive, servesOrders, state, latencyMs }: Probe,
  measuresLatency: boolean,
): void {
  const metrics = metricsOf(region);
  const isWell = isLive && servesOrders && (state === 'ready' || state === 'evacuated');
  metrics.addMetric('ProbeFailures', 'Count', isWell ? 0 : 1);
  if (measuresLatency && latencyMs !== undefined) metrics.addMetric('ProbeLatency', 'Milliseconds', latencyMs);
}

/** Publishes what was noted since the last time. */
export function publishProbes(): void {
  for (const metrics of metricsByRegion.values()) metrics.publishStoredMetrics();
  metricsByRegion.clear();
}

function metricsOf(region: string): Metrics {
  const known = metricsByRegion.get(region);
  if (known !== undefined) return known;
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: METRIC_SERVICE });
  metrics.addDimension('region', region);
  metricsByRegion.set(region, metrics);
  return metrics;
}
