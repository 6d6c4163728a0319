import type { Configuration } from '../../blueprint/configuration';
import type { PlainMetric } from '../../blueprint/alarms';
import { METRIC_NAMESPACE, METRIC_SERVICE } from '../../blueprint/metrics';
import { datumResourceName, functionName } from '../../blueprint/names';
import type { IHealthCheck } from 'aws-cdk-lib/aws-route53';
import type { HttpServiceApi } from './http-service-api';
import type { RegionDomains } from './region-domains';

/** Where CloudWatch keeps a metric. */
export interface MetricSource {
  readonly namespace: string;
  readonly dimensionsMap: Record<string, string>;
}

/** What a serving region has that a metric can be of. */
export interface ServingRegion {
  readonly region: string;
  readonly publicApi: HttpServiceApi;
  readonly healthApi: HttpServiceApi;
  /** @default - no custom domain is configured */
  readonly domains?: RegionDomains;
}

/** What one place has that a metric can be of. */
export interface MetricPlace {
  readonly configuration: Configuration;
  /**
   * The place's region, and the other one.
   * @default - the place is not a serving region
   */
  readonly serving?: { readonly here: ServingRegion; readonly peer: ServingRegion };
  /**
   * The checks that the regions' records hang on.
   * @default - the place is not us-east-1, where their metrics are
   */
  readonly healthChecks?: Readonly<{ primary: IHealthCheck; standby?: IHealthCheck }>;
}

/**
 * Finds a metric of the blueprint, as it is published at that place.
 *
 * @throws Error for a metric of an API or a table of orders at a place that serves nobody
 */
export function metricSource(metric: PlainMetric, place: MetricPlace): MetricSource {
  const { configuration } = place;
  const { stage } = configuration;
  switch (metric.source) {
    case 'queue':
      return { namespace: 'AWS/SQS', dimensionsMap: { QueueName: datumResourceName(stage, metric.queue) } };
    case 'function':
      return { namespace: 'AWS/Lambda', dimensionsMap: { FunctionName: functionName(stage, metric.service) } };
    case 'account':
      return { namespace: 'AWS/Lambda', dimensionsMap: {} };
    case 'public-api':
      return { namespace: 'AWS/ApiGateway', dimensionsMap: { ApiId: servingOf(place).here.publicApi.api.apiId } };
    case 'health-api':
      return { namespace: 'AWS/ApiGateway', dimensionsMap: { ApiId: servingOf(place).here.healthApi.api.apiId } };
    case 'table':
      return { namespace: 'AWS/DynamoDB', dimensionsMap: { TableName: datumResourceName(stage, metric.table) } };
    case 'replication':
      return {
        namespace: 'AWS/DynamoDB',
        dimensionsMap: {
          TableName: datumResourceName(stage, 'orders'),
          ReceivingRegion: servingOf(place).peer.region,
        },
      };
    case 'health-check':
      return {
        namespace: 'AWS/Route53',
        dimensionsMap: { HealthCheckId: place.healthChecks![metric.of]!.healthCheckId },
      };
    case 'certificate':
      return {
        namespace: 'AWS/CertificateManager',
        dimensionsMap: { CertificateArn: servingOf(place).here.domains!.certificate.certificateArn },
      };
    case 'billing':
      return { namespace: 'AWS/Billing', dimensionsMap: { Currency: 'USD' } };
    case 'tandem':
      return {
        namespace: METRIC_NAMESPACE,
        dimensionsMap: {
          service: METRIC_SERVICE,
          ...(metric.of === undefined ? {} : { region: configuration[`${metric.of}Region`] }),
        },
      };
  }
}

function servingOf({ serving }: MetricPlace): NonNullable<MetricPlace['serving']> {
  if (serving !== undefined) return serving;
  throw new Error('This place serves nobody: a metric of an API or of the table of orders does not belong there.');
}
