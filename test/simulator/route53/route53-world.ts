import { Kernel } from '../../../simulator/kernel/kernel';
import type { JsonObject } from '../../../simulator/services/aws-service';
import type { MetricSample } from '../../../simulator/services/metric-sink';
import { Route53, type HealthChecksOptions, type Probe, type ProbeOutcome } from '../../../simulator/services/route53';

export const SECOND_US = 1_000_000;
export const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];

export type Endpoint = (probe: Probe) => { outcome: ProbeOutcome; afterMs: number };

export interface World {
  readonly kernel: Kernel;
  readonly route53: Route53;
  readonly probes: { timeUs: number; probe: Probe }[];
  readonly metrics: MetricSample[];
  endpoint: Endpoint;
}

export const ok: Endpoint = () => ({ outcome: { kind: 'status', status: 200 }, afterMs: 40 });
export const unavailable: Endpoint = () => ({ outcome: { kind: 'status', status: 503 }, afterMs: 40 });
export const blackHole: Endpoint = (probe) => ({
  outcome: { kind: 'connect-timeout' },
  afterMs: probe.connectTimeoutMs,
});

export function world(options: Partial<HealthChecksOptions> = {}, seed = 1): World {
  const kernel = new Kernel({ seed });
  const probes: World['probes'] = [];
  const metrics: MetricSample[] = [];
  const route53 = new Route53(kernel, {
    sendProbe: (probe, done) => {
      probes.push({ timeUs: kernel.nowUs, probe });
      const { outcome, afterMs } = self.endpoint(probe);
      kernel.after(afterMs * 1000, () => done(outcome));
    },
    metrics: { put: (sample) => metrics.push(sample) },
    judgeAlarm: () => 'INSUFFICIENT_DATA',
    ...options,
  });
  const self: World = { kernel, route53, probes, metrics, endpoint: ok };
  return self;
}

export function endpointCheck(host: string, changes: JsonObject = {}): JsonObject {
  const config: JsonObject = {
    Type: 'HTTPS',
    FullyQualifiedDomainName: host,
    ResourcePath: '/ready',
    RequestInterval: 10,
    FailureThreshold: 2,
    Regions: REGIONS,
    ...changes,
  };
  return { HealthCheckConfig: config };
}

export function calculatedCheck(childIds: string[], healthThreshold: number, changes: JsonObject = {}): JsonObject {
  return {
    HealthCheckConfig: {
      Type: 'CALCULATED',
      ChildHealthChecks: childIds,
      HealthThreshold: healthThreshold,
      ...changes,
    },
  };
}

export function statusesOf(route53: Route53, id: string): boolean[] {
  return route53.statusChanges.filter(({ healthCheckId }) => healthCheckId === id).map(({ healthy }) => healthy);
}
