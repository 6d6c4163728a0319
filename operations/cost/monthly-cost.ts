import type { CloudAssembly, SynthesizedStack } from '../cloud-assembly';
import {
  deployedFunctions,
  environmentOf,
  monthlyActivity,
  type Activity,
  type DeployedFunction,
} from './monthly-activity';
import { PRICED_REGIONS, PRICES, PRICES_AS_OF, type PriceName } from './prices';
import { customMetrics, dnsCharges, resourceCharges, type Charge } from './resource-charges';
import {
  ACCESS_LOG_BYTES,
  LAMBDA_LOG_BYTES,
  ORDER_ITEM_BYTES,
  SERVICE_ESTIMATES,
  type ServiceEstimate,
} from './usage-estimates';

/** One line of the bill. */
export interface CostLine extends Charge {
  readonly region: string;
  readonly unit: string;
  /** A month, in US dollars. */
  readonly dollars: number;
}

export interface MonthlyCost {
  readonly pricesAsOf: string;
  readonly ordersPerSecond: number;
  /** The dearest first. */
  readonly lines: readonly CostLine[];
  readonly dollars: number;
  /** What had to be supposed and is worth knowing. */
  readonly assumptions: readonly string[];
}

const GIGABYTE = 1_000_000_000;

/**
 * The bill of a mean month at list prices, without free tiers.
 * @param assembly the templates
 * @param ordersPerSecond around the clock; 0 is the idle cost
 * @throws CostError for a resource, a function or a schedule that cannot be priced
 */
export function monthlyCost(assembly: CloudAssembly, ordersPerSecond = 0): MonthlyCost {
  const activity = monthlyActivity(assembly, ordersPerSecond);
  const functions = deployedFunctions(assembly);
  const merged = new Map<string, CostLine>();
  const put = (region: string, { service, item, price, quantity }: Charge): void => {
    if (quantity === 0) return;
    const key = `${region} ${service} ${item} ${price}`;
    const total = (merged.get(key)?.quantity ?? 0) + quantity;
    const { dollars, per, unit } = PRICES[price];
    merged.set(key, { region, service, item, price, quantity: total, unit, dollars: (total / per) * dollars });
  };
  for (const stack of assembly.stacks) {
    for (const each of resourceCharges(stack)) put(stack.region, each);
    for (const each of dnsCharges(Object.values(stack.resources), ordersPerSecond > 0)) put(stack.region, each);
    put(stack.region, charge('S3', 'deployment packages', 's3Storage', stack.assetBytes / GIGABYTE));
  }
  for (const region of activity.regions.keys()) {
    for (const each of activityCharges(region, activity, functions, assembly)) put(region, each);
  }
  const lines = [...merged.values()].toSorted((a, b) => b.dollars - a.dollars || (keyOf(a) < keyOf(b) ? -1 : 1));
  return {
    pricesAsOf: PRICES_AS_OF,
    ordersPerSecond,
    lines,
    dollars: lines.reduce((sum, { dollars }) => sum + dollars, 0),
    assumptions: assumptions(assembly),
  };
}

const keyOf = ({ region, service, item }: CostLine): string => `${region} ${service} ${item}`;

const charge = (service: string, item: string, price: PriceName, quantity: number): Charge => ({
  service,
  item,
  price,
  quantity,
});

function activityCharges(
  region: string,
  { regions, orders }: Activity,
  functions: readonly DeployedFunction[],
  assembly: CloudAssembly,
): Charge[] {
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
    const seconds = (executions * estimate.executionMs + (activity.waitedMs.get(service) ?? 0)) / 1_000;
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
  return [
    ...charges,
    charge('DynamoDB', 'writes', 'dynamoDbWrite', writes),
    charge('DynamoDB', 'reads', 'dynamoDbRead', reads),
    charge('DynamoDB', 'a month of orders, stored', 'dynamoDbStorage', stored),
    charge('DynamoDB', 'a month of orders, recoverable', 'dynamoDbPointInTimeRecovery', stored),
    charge('CloudWatch', 'logs, ingested', 'logIngestion', logBytes / GIGABYTE),
    // The longest retention of a stage that is kept: three months.
    charge('CloudWatch', 'logs, stored', 'logStorage', (logBytes / GIGABYTE) * logMonths(assembly, region)),
    charge('CloudWatch', 'custom metrics', 'customMetric', metricsIn(here, orders > 0)),
    charge('SQS', 'messages', 'sqsRequest', 3 * (activity.executions.get('fulfilment') ?? 0)),
    charge('Data transfer', 'answers', 'transferToInternet', activity.answeredBytes / GIGABYTE),
    charge(
      'Data transfer',
      'replication',
      'transferToRegion',
      isServing ? (replicatedFrom(activity.executions) * ORDER_ITEM_BYTES * (replicas - 1)) / GIGABYTE : 0,
    ),
  ];
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
function logMonths({ stacks }: CloudAssembly, region: string): number {
  const groups = stacks
    .filter((stack: SynthesizedStack) => stack.region === region)
    .flatMap(({ resources }) => Object.values(resources))
    .filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
  const days = groups.map(({ Properties }) => Number(Properties?.['RetentionInDays'] ?? 365));
  return Math.max(0, ...days) / 30;
}

function assumptions({ stacks }: CloudAssembly): string[] {
  const unlisted = [...new Set(stacks.map(({ region }) => region))].filter(
    (region) => !PRICED_REGIONS.includes(region),
  );
  return [
    ...unlisted.map((region) => `${region} is not in the price list: the prices of ${PRICED_REGIONS[0]} stand in.`),
    'Hosts of API Gateway count as endpoints of AWS in the price of a health check.',
    'Executions are warm, and nobody but checkers, probe and observer calls while idle.',
  ];
}
