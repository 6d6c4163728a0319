import type { CloudAssembly, SynthesizedStack } from '../cloud-assembly';
import { environmentOf, type Activity, type DeployedFunction } from './monthly-activity';
import { charge, customMetrics, GIGABYTE, type Charge } from './resource-charges';
import {
  ACCESS_LOG_BYTES,
  LAMBDA_LOG_BYTES,
  ORDER_ITEM_BYTES,
  SERVICE_ESTIMATES,
  type ServiceEstimate,
} from './usage-estimates';

/** What is billed for what was done, and what is billed by the month because something was written. */
export interface ActivityCharges {
  readonly used: readonly Charge[];
  readonly kept: readonly Charge[];
}

/** What the activity of a region costs. @param functions of all regions */
export function activityCharges(
  region: string,
  { regions, orders }: Activity,
  functions: readonly DeployedFunction[],
  stacks: CloudAssembly['stacks'],
): ActivityCharges {
  const activity = regions.get(region)!;
  const here = functions.filter((each) => each.region === region);
  const isServing = here.some(({ service }) => service === 'intake');
  const replicas = servingRegions(functions).length;
  const charges: Charge[] = [];
  let logBytes = activity.extraLogBytes;
  let writes = activity.extraWrites;
  let reads = 0;
  for (const { service, resource } of here) {
    const executions = activity.executions.get(service) ?? 0;
    const estimate = SERVICE_ESTIMATES[service];
    const gigabytes = Number(resource.Properties?.['MemorySize'] ?? 128) / 1_024;
    const estimatedMs = executions * estimate.executionMs + (activity.waitedMs.get(service) ?? 0);
    const seconds = (activity.measuredMs?.get(service) ?? estimatedMs) / 1_000;
    const isArm = JSON.stringify(resource.Properties?.['Architectures'] ?? []).includes('arm64');
    const price = isArm ? 'lambdaGigabyteSecondArm' : 'lambdaGigabyteSecondX86';
    charges.push(
      charge('Lambda', `${service}: time`, price, gigabytes * seconds),
      charge('Lambda', `${service}: requests`, 'lambdaRequest', executions),
    );
    logBytes += executions * (estimate.logBytes + LAMBDA_LOG_BYTES);
    reads += executions * estimate.reads;
    writes += executions * estimate.writes;
  }
  if (isServing) writes += replicatedWrites(regions, functions);
  for (const [api, requests] of activity.apiRequests) {
    charges.push(charge('API Gateway', `${api}: requests`, 'httpApiRequest', requests));
    if (api === 'public') logBytes += requests * ACCESS_LOG_BYTES;
  }
  const stored = isServing ? (orders * ORDER_ITEM_BYTES) / GIGABYTE : 0;
  const used = [
    ...charges,
    charge('DynamoDB', 'writes', 'dynamoDbWrite', writes),
    charge('DynamoDB', 'reads', 'dynamoDbRead', reads),
    charge('CloudWatch', 'logs, ingested', 'logIngestion', logBytes / GIGABYTE),
    charge('SQS', 'messages', 'sqsRequest', 3 * (activity.executions.get('fulfilment') ?? 0)),
    charge('Data transfer', 'answers', 'transferToInternet', activity.answeredBytes / GIGABYTE),
    charge(
      'Data transfer',
      'replication',
      'transferToRegion',
      isServing ? (replicatedFrom(activity.executions) * ORDER_ITEM_BYTES * (replicas - 1)) / GIGABYTE : 0,
    ),
  ];
  const kept = [
    charge('DynamoDB', 'a month of orders, stored', 'dynamoDbStorage', stored),
    charge('DynamoDB', 'a month of orders, recoverable', 'dynamoDbPointInTimeRecovery', stored),
    // The longest retention of a stage that is kept: three months.
    charge('CloudWatch', 'logs, stored', 'logStorage', (logBytes / GIGABYTE) * logMonths(stacks, region)),
    charge('CloudWatch', 'custom metrics', 'customMetric', metricsIn(here, orders > 0)),
  ];
  return { used, kept };
}

/** Whoever writes, each replica is billed, and so is its index. */
function replicatedWrites(regions: Activity['regions'], functions: readonly DeployedFunction[]): number {
  return servingRegions(functions).reduce(
    (sum, region) =>
      sum +
      unitsOf(regions.get(region)!.executions, ({ replicatedWrites: writes, indexWrites }) => writes + indexWrites),
    0,
  );
}

const replicatedFrom = (executions: ReadonlyMap<string, number>): number =>
  unitsOf(executions, ({ replicatedWrites: writes }) => writes);

function unitsOf(executions: ReadonlyMap<string, number>, units: (estimate: ServiceEstimate) => number): number {
  return Object.entries(SERVICE_ESTIMATES).reduce(
    (sum, [service, estimate]) => sum + (executions.get(service) ?? 0) * units(estimate),
    0,
  );
}

const servingRegions = (functions: readonly DeployedFunction[]): string[] =>
  functions.filter(({ service }) => service === 'intake').map(({ region }) => region);

function metricsIn(here: readonly DeployedFunction[], hasTraffic: boolean): number {
  const settings = (service: string): Readonly<Record<string, unknown>> | undefined => {
    const found = here.find((each) => each.service === service);
    return found && environmentOf(found.resource);
  };
  const [sweeper, probe, observer] = [settings('sweeper'), settings('probe'), settings('observer')];
  const publishesZeros = sweeper?.['PUBLISHES_ZEROS'] === 'yes';
  const isSteady = (environment: Readonly<Record<string, unknown>> | undefined): boolean =>
    environment?.['RHYTHM'] === 'steady';
  const ofServices = { publisher: 'service', publishesZeros, isSteady: isSteady(probe) } as const;
  const ofObserver = { publisher: 'observer', publishesZeros, isSteady: isSteady(observer) } as const;
  return (
    (sweeper === undefined ? 0 : customMetrics(ofServices, hasTraffic)) +
    (observer === undefined ? 0 : customMetrics(ofObserver, hasTraffic))
  );
}

/** Days of retention as months; a week at least, and what is kept for ever grows. */
function logMonths(stacks: CloudAssembly['stacks'], region: string): number {
  const groups = stacks
    .filter((stack: SynthesizedStack) => stack.region === region)
    .flatMap(({ resources }) => Object.values(resources))
    .filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
  const days = groups.map(({ Properties }) => Number(Properties?.['RetentionInDays'] ?? 365));
  return Math.max(0, ...days) / 30;
}
