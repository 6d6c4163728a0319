import type { Stage } from '../../blueprint/capacity';
import { RHYTHMS, type Rhythm } from '../../blueprint/footprints';
import { functionName } from '../../blueprint/names';
import type { ServiceName } from '../../blueprint/services';
import {
  ANSWER_BYTES,
  deployedFunctions,
  emptyActivity,
  environmentOf,
  runCost,
  type ApiName,
  type DeployedFunction,
  type PricedStack,
  type RegionActivity,
} from '../../operations/cost';
import type { Assembly, Cloud } from '../../simulator';
import type { RunCost } from '../result';

export interface CostScope {
  readonly stage: Stage;
  readonly assembly: Assembly;
  /** When the game day began, in seconds of virtual time. */
  readonly startSeconds: number;
}

/** What the same drill would have cost in an account, from what the services have counted of it. */
export function costOf(cloud: Cloud, { stage, assembly, startSeconds }: CostScope): RunCost {
  const stacks = assembly.stacks.map(({ stackName, region, template }) => {
    const resources = template.Resources as PricedStack['resources'];
    return { stackName, region, resources, dependencies: [], assetBytes: 0 };
  });
  const regions = new Map<string, CountedActivity>();
  for (const { region } of stacks) regions.set(region, { ...emptyActivity(), measuredMs: new Map() });
  const sum: Sum = (region, query) =>
    cloud.cloudWatch
      .series(region, { ...query, statistic: 'Sum' })
      .filter(([seconds]) => seconds >= startSeconds)
      .reduce((total, [, value]) => total + value, 0);
  for (const each of deployedFunctions({ stacks })) addFunction(regions.get(each.region)!, each, stage, sum);
  for (const { region, namespace, name, dimensions } of cloud.cloudWatch.metrics()) {
    if (namespace !== 'AWS/ApiGateway' || name !== 'Count') continue;
    addApi(regions.get(region)!, apiOf(cloud, dimensions['ApiId']!), sum(region, { namespace, name, dimensions }));
  }
  const orders = [...regions.values()].reduce((total, { executions }) => total + (executions.get('intake') ?? 0), 0);
  const hours = (cloud.kernel.nowUs / 1e6 - startSeconds) / 3_600;
  return runCost(stacks, { regions, orders }, hours);
}

type CountedActivity = RegionActivity & { readonly measuredMs: Map<ServiceName, number> };
type Sum = (region: string, query: Omit<Parameters<Cloud['cloudWatch']['series']>[1], 'statistic'>) => number;

function addFunction(
  activity: CountedActivity,
  { service, region, resource }: DeployedFunction,
  stage: Stage,
  sum: Sum,
): void {
  const of = { namespace: 'AWS/Lambda', dimensions: { FunctionName: functionName(stage, service) } };
  const executions = sum(region, { ...of, name: 'Invocations' });
  activity.executions.set(service, executions);
  activity.measuredMs.set(service, sum(region, { ...of, name: 'Duration' }));
  // Each look of the observer is written down.
  if (service === 'observer') activity.extraWrites += executions * looksOf(resource);
}

const looksOf = (resource: DeployedFunction['resource']): number =>
  RHYTHMS.observer[environmentOf(resource)['RHYTHM'] as Rhythm].looks;

const APIS: readonly ApiName[] = ['public', 'health', 'payments'];

/** The API by the logical id of its resource. */
function apiOf(cloud: Cloud, apiId: string): ApiName {
  const name = cloud.deployment.nameOf(apiId);
  const api = APIS.find((known) => name.toLowerCase().includes(`/${known}api`));
  if (api === undefined)
    throw new Error(
      `Nobody knows what requests of the API ${name} are billed as: add it to gamedays/targets/simulated-cost.ts.`,
    );
  return api;
}

function addApi(activity: RegionActivity, api: ApiName, requests: number): void {
  activity.apiRequests.set(api, (activity.apiRequests.get(api) ?? 0) + requests);
  if (api !== 'payments') activity.answeredBytes += requests * ANSWER_BYTES.fresh;
}
