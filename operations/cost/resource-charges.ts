import { METRICS, type MetricDefinition } from '../../blueprint/metrics';
import type { SynthesizedStack, TemplateResource, TemplateValue } from '../cloud-assembly';
import { CostError } from './cost-error';
import type { PriceName } from './prices';
import { DNS_QUERIES_A_SECOND, LONG_POLL_SECONDS, POLLERS, SECONDS_A_MONTH } from './usage-estimates';

/** So many units of something that has a price. */
export interface Charge {
  /** AWS's name of the service. */
  readonly service: string;
  readonly item: string;
  readonly price: PriceName;
  readonly quantity: number;
}

type Properties = Readonly<Record<string, TemplateValue>>;

/** Nothing is billed for these; what they do is counted where it is done. */
const FREE = new Set([
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CDK::Metadata',
  // A public certificate of ACM.
  'AWS::CertificateManager::Certificate',
  // Schedules and events of AWS on the default bus.
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  // A zone holds ten thousand records.
  'AWS::Route53::RecordSet',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);

/** Billed by what is done with them, which is the business of the month's activity. */
const BY_ACTIVITY = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
]);

const CHARGES: Readonly<Record<string, (properties: Properties) => readonly Charge[]>> = {
  'AWS::CloudWatch::Alarm': alarmCharges,
  'AWS::CloudWatch::CompositeAlarm': () => [charge('CloudWatch', 'composite alarms', 'compositeAlarm', 1)],
  'AWS::CloudWatch::Dashboard': () => [charge('CloudWatch', 'dashboards', 'dashboard', 1)],
  'AWS::Lambda::EventSourceMapping': () => [
    charge('SQS', 'polling of event source mappings', 'sqsRequest', (POLLERS / LONG_POLL_SECONDS) * SECONDS_A_MONTH),
  ],
  'AWS::Route53::HealthCheck': healthCheckCharges,
  'AWS::Route53::HostedZone': () => [charge('Route 53', 'hosted zone', 'hostedZone', 1)],
};

export const charge = (service: string, item: string, price: PriceName, quantity: number): Charge => ({
  service,
  item,
  price,
  quantity,
});

export const GIGABYTE = 1_000_000_000;

/** What CDK uploads for a deployment stays where it is. */
export const packageCharge = (bytes: number): Charge =>
  charge('S3', 'deployment packages', 's3Storage', bytes / GIGABYTE);

/**
 * What the resources of a stack cost by being there.
 * @throws CostError with the type, the resource and the stack, for a type that nobody has priced
 */
export function resourceCharges({ stackName, resources }: SynthesizedStack): Charge[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) => {
    const charges = CHARGES[Type];
    if (charges !== undefined) return charges(Properties);
    if (FREE.has(Type) || BY_ACTIVITY.has(Type)) return [];
    throw new CostError(
      `${Type} (${id} of ${stackName}) has no price: add what it costs, or that it is free, to operations/cost/resource-charges.ts.`,
    );
  });
}

/** An alarm is billed for each metric it looks at; an expression adds none. */
function alarmCharges({ Metrics, Period }: Properties): Charge[] {
  const queries = (Metrics ?? []) as readonly { readonly MetricStat?: { readonly Period: number } }[];
  const periods = Metrics === undefined ? [Number(Period)] : queries.flatMap((query) => query.MetricStat?.Period ?? []);
  const isFast = periods.some((seconds) => seconds < 60);
  return [
    isFast
      ? charge('CloudWatch', 'high-resolution alarms', 'highResolutionAlarmMetric', periods.length)
      : charge('CloudWatch', 'alarms', 'alarmMetric', periods.length),
  ];
}

/** A host of API Gateway in this account is an endpoint of AWS; any other host is somebody else's. */
function healthCheckCharges({ HealthCheckConfig }: Properties): Charge[] {
  const config = HealthCheckConfig as Readonly<Record<string, TemplateValue>>;
  const type = String(config['Type']);
  const item = 'health checks';
  if (config['FullyQualifiedDomainName'] === undefined && config['IPAddress'] === undefined) {
    return [charge('Route 53', item, 'healthCheckOfAws', 1)];
  }
  const features =
    Number(type.startsWith('HTTPS')) +
    Number(type.endsWith('_STR_MATCH')) +
    Number(Number(config['RequestInterval'] ?? 30) === 10) +
    Number(config['MeasureLatency'] === true);
  const isOfAws = isOwnHost(config['FullyQualifiedDomainName']);
  return [
    charge('Route 53', item, isOfAws ? 'healthCheckOfAws' : 'healthCheckOfOthers', 1),
    charge(
      'Route 53',
      'health check features',
      isOfAws ? 'healthCheckFeatureOfAws' : 'healthCheckFeatureOfOthers',
      features,
    ),
  ];
}

/** A generated host of an API, or a name under the custom domain that the stacks make. */
function isOwnHost(host: TemplateValue | undefined): boolean {
  const text = JSON.stringify(host ?? '');
  return text.includes('.execute-api.') || /^"health-[a-z0-9-]+\./.test(text);
}

/** What a region's functions publish of their own. */
export interface Publishing {
  /** A metric of the observer is one for each region it looks at. */
  readonly publisher: 'service' | 'observer';
  readonly publishesZeros: boolean;
  readonly isSteady: boolean;
}

/** How many custom series a region has in an hour without orders, or with some of every kind. */
export function customMetrics({ publisher, publishesZeros, isSteady }: Publishing, hasTraffic: boolean): number {
  const metrics: readonly MetricDefinition[] = Object.values(METRICS);
  const isPublished = ({ zeroEachSweep, publishedInCalm }: MetricDefinition): boolean =>
    publishedInCalm === 'always' ||
    (publishedInCalm === 'when-steady' && isSteady) ||
    (publishedInCalm === undefined && hasTraffic) ||
    ((zeroEachSweep || publishedInCalm === 'with-zeros') && publishesZeros);
  const published = metrics.filter((metric) => (metric.publishedBy ?? 'service') === publisher && isPublished(metric));
  return published.length * (publisher === 'observer' ? 2 : 1);
}

/** Queries of callers, which are there with orders only. */
export function dnsCharges(resources: readonly TemplateResource[], hasTraffic: boolean): Charge[] {
  if (!hasTraffic || !resources.some(({ Type }) => Type === 'AWS::Route53::RecordSet')) return [];
  const isLatency = resources.some(({ Properties }) => Properties?.['Region'] !== undefined);
  const price = isLatency ? 'latencyDnsQuery' : 'dnsQuery';
  return [charge('Route 53', 'queries', price, DNS_QUERIES_A_SECOND * SECONDS_A_MONTH)];
}
