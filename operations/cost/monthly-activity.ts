import { looksMs, RHYTHMS, type LookRhythm, type Rhythm } from '../../blueprint/footprints';
import { SERVICES, type ServiceName } from '../../blueprint/services';
import type { CloudAssembly, SynthesizedStack, TemplateResource, TemplateValue } from '../cloud-assembly';
import { CostError } from './cost-error';
import {
  ANSWER_BYTES,
  CHECKERS_A_REGION,
  MINUTES_A_MONTH,
  PROBE_PUBLICATION_BYTES,
  READS_AN_ORDER,
  SECONDS_A_MONTH,
} from './usage-estimates';

/** A function of the templates, and the service that it is. */
export interface DeployedFunction {
  readonly service: ServiceName;
  readonly region: string;
  readonly resource: TemplateResource;
}

export type ApiName = 'public' | 'health' | 'payments';

/** What happens in one month in one region. */
export interface RegionActivity {
  readonly executions: Map<ServiceName, number>;
  /** Milliseconds that executions spend waiting between looks. */
  readonly waitedMs: Map<ServiceName, number>;
  /** Milliseconds that executions took in all, waiting included. @default - estimated from their number */
  readonly measuredMs?: ReadonlyMap<ServiceName, number>;
  readonly apiRequests: Map<ApiName, number>;
  /** Bytes of answers to the internet. */
  answeredBytes: number;
  /** Lines beside those that each execution writes. */
  extraLogBytes: number;
  /** Plain writes beside those that each execution makes. */
  extraWrites: number;
}

export interface Activity {
  /** By region. */
  readonly regions: ReadonlyMap<string, RegionActivity>;
  readonly orders: number;
}

/**
 * What a month brings: runs by the schedules of the templates, the requests of Route 53's checkers by interval and number of
 * checker regions, the looks of probe and observer by their rhythm, and all that an order causes.
 * @param ordersPerSecond all in the region that is preferred
 * @throws CostError for a function or a schedule nobody has an estimate for
 */
export function monthlyActivity(assembly: CloudAssembly, ordersPerSecond: number): Activity {
  const functions = deployedFunctions(assembly);
  const regions = new Map<string, RegionActivity>();
  for (const { region } of assembly.stacks) if (!regions.has(region)) regions.set(region, emptyActivity());
  const serving = functions.filter(({ service }) => service === 'intake').map(({ region }) => region);
  for (const stack of assembly.stacks) {
    for (const [id, resource] of Object.entries(stack.resources)) {
      if (resource.Type === 'AWS::Events::Rule') addSchedule(regions, stack, id, serving);
      if (resource.Type === 'AWS::Route53::HealthCheck') addChecker(regions, resource, serving);
    }
  }
  const orders = ordersPerSecond * SECONDS_A_MONTH;
  if (orders > 0) addOrders(regions, preferredRegion(assembly, serving), orders, functions);
  return { regions, orders };
}

export const emptyActivity = (): RegionActivity => ({
  executions: new Map(),
  waitedMs: new Map(),
  apiRequests: new Map(),
  answeredBytes: 0,
  extraLogBytes: 0,
  extraWrites: 0,
});

/** @throws CostError for a function that is none of the blueprint's */
export function deployedFunctions({ stacks }: Pick<CloudAssembly, 'stacks'>): DeployedFunction[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.resources)
      .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
      .map(([id, resource]) => ({ service: serviceOf(stack, id), region: stack.region, resource })),
  );
}

function serviceOf({ stackName, resources }: SynthesizedStack, id: string): ServiceName {
  const name = resources[id]?.Properties?.['FunctionName'];
  const service = SERVICES.find((known) => String(name).endsWith(`-${known.name}`));
  if (service !== undefined) return service.name;
  throw new CostError(
    `The function ${id} of ${stackName} is none of the services of blueprint/services.ts: nobody has estimated what it does. Add it there and to operations/cost/usage-estimates.ts.`,
  );
}

function add<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** @throws CostError for a schedule other than a rate of minutes, or one that runs something else than one function */
function addSchedule(
  regions: ReadonlyMap<string, RegionActivity>,
  stack: SynthesizedStack,
  id: string,
  serving: readonly string[],
): void {
  const { ScheduleExpression: schedule, Targets } = stack.resources[id]!.Properties ?? {};
  // Rules on events of AWS itself are free, and alarms that change are the exception that a calm month does not have.
  if (schedule === undefined) return;
  const minutes = Number(/^rate\((\d+) minutes?\)$/.exec(String(schedule))?.[1]);
  const target = (Targets as readonly { readonly Arn: { readonly 'Fn::GetAtt'?: readonly string[] } }[])[0];
  const functionId = target?.Arn['Fn::GetAtt']?.[0];
  if (!(minutes > 0) || functionId === undefined) {
    throw new CostError(
      `The rule ${id} of ${stack.stackName} runs ${String(schedule)}: allowed is a rate of minutes with one function of the same stack as its target.`,
    );
  }
  const runs = MINUTES_A_MONTH / minutes;
  const service = serviceOf(stack, functionId);
  const activity = regions.get(stack.region)!;
  add(activity.executions, service, runs);
  if (service === 'probe') {
    const probe = rhythmOf('probe', stack, functionId);
    addRuns(activity, service, runs, probe);
    activity.extraLogBytes += runs * (probe.looks / probe.looksAPublication) * PROBE_PUBLICATION_BYTES;
    for (const region of serving.filter((other) => other !== stack.region)) {
      addOrderLooks(regions.get(region)!, runs * probe.looks);
    }
  }
  if (service === 'observer') {
    const observer = rhythmOf('observer', stack, functionId);
    addRuns(activity, service, runs, observer);
    activity.extraWrites += runs * observer.looks;
    for (const region of serving) {
      addOrderLooks(regions.get(region)!, runs * observer.looks);
      addHealthRequests(regions.get(region)!, 2 * runs * observer.looks, ANSWER_BYTES.reused);
    }
  }
}

/** @throws CostError when the function's environment does not say how it looks */
function rhythmOf(service: keyof typeof RHYTHMS, { stackName, resources }: SynthesizedStack, id: string): LookRhythm {
  const name = environmentOf(resources[id]!)['RHYTHM'];
  const rhythm: LookRhythm | undefined = RHYTHMS[service][name as Rhythm];
  if (rhythm !== undefined) return rhythm;
  throw new CostError(`The ${service} ${id} of ${stackName} has no RHYTHM that is known: how long it runs is unknown.`);
}

/** The variables of a function. */
export const environmentOf = ({ Properties }: TemplateResource): Readonly<Record<string, TemplateValue>> =>
  (Properties?.['Environment'] as { Variables?: Record<string, TemplateValue> } | undefined)?.Variables ?? {};

const addRuns = (activity: RegionActivity, service: ServiceName, runs: number, rhythm: LookRhythm): void =>
  add(activity.waitedMs, service, runs * looksMs(rhythm));

function addOrderLooks(activity: RegionActivity, looks: number): void {
  add(activity.apiRequests, 'public', looks);
  add(activity.executions, 'query', looks);
  activity.answeredBytes += looks * ANSWER_BYTES.reused;
}

function addHealthRequests(activity: RegionActivity, requests: number, bytes: number): void {
  add(activity.apiRequests, 'health', requests);
  add(activity.executions, 'health', requests);
  activity.answeredBytes += requests * bytes;
}

/** Checkers open a connection for each request. What they ask is a health API of ours, or costs us nothing more. */
function addChecker(
  regions: ReadonlyMap<string, RegionActivity>,
  { Properties }: TemplateResource,
  serving: readonly string[],
): void {
  const config = Properties?.['HealthCheckConfig'] as Readonly<Record<string, TemplateValue>>;
  if (config['FullyQualifiedDomainName'] === undefined) return;
  const host = JSON.stringify(config['FullyQualifiedDomainName']);
  const region = serving.find((candidate) => host.includes(candidate));
  if (region === undefined) return;
  const checkers = CHECKERS_A_REGION * ((config['Regions'] as readonly string[] | undefined)?.length ?? 8);
  const intervalSeconds = Number(config['RequestInterval'] ?? 30);
  addHealthRequests(regions.get(region)!, (checkers / intervalSeconds) * SECONDS_A_MONTH, ANSWER_BYTES.fresh);
}

function addOrders(
  regions: ReadonlyMap<string, RegionActivity>,
  region: string,
  orders: number,
  functions: readonly DeployedFunction[],
): void {
  const here = regions.get(region)!;
  add(here.apiRequests, 'public', orders * (1 + READS_AN_ORDER));
  add(here.executions, 'intake', orders);
  add(here.executions, 'query', orders * READS_AN_ORDER);
  add(here.executions, 'fulfilment', orders);
  here.answeredBytes += orders * (1 + READS_AN_ORDER) * ANSWER_BYTES.fresh;
  for (const { region: witness } of functions.filter(({ service }) => service === 'payments')) {
    add(regions.get(witness)!.apiRequests, 'payments', orders);
    add(regions.get(witness)!.executions, 'payments', orders);
  }
}

/** The region whose record is the primary one; the first that serves where callers go to the nearest. */
function preferredRegion({ stacks }: CloudAssembly, serving: readonly string[]): string {
  const records = stacks.flatMap(({ resources }) => Object.values(resources));
  const primary = records.find(({ Properties }) => Properties?.['Failover'] === 'PRIMARY');
  const region = primary?.Properties?.['SetIdentifier'] ?? serving[0];
  if (typeof region === 'string') return region;
  throw new CostError('No region of the templates takes orders: there is nothing to estimate traffic for.');
}
