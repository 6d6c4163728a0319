import { CAPACITY, type RouteThrottle, type Stage, type StageCapacity } from '../blueprint/capacity';
import { datumResourceName, functionName, stackName } from '../blueprint/names';
import { PUBLIC_ROUTES } from '../blueprint/order-api';
import { SERVICES, type ServiceName } from '../blueprint/services';
import type { CloudAssembly } from './cloud-assembly';

type Stacks = CloudAssembly['stacks'];

/** Templates that are none of Tandem's, or say something this cannot reckon with, told in one line. */
export class CapacityError extends Error {
  override readonly name = 'CapacityError';
}

/**
 * What the templates give a serving region, in the form in which the blueprint plans it.
 * @throws CapacityError when something is missing, or is of a kind whose limits are others
 */
export function capacityInTemplates({ stacks }: CloudAssembly, stage: Stage, region: string): StageCapacity {
  const resources = resourcesOf(stacks, stackName(stage, `Service-${region}`));
  refuseProvisionedTables(stacks, stage);
  const [mapping] = resources('AWS::Lambda::EventSourceMapping');
  const scaling = mapping?.['ScalingConfig'] as { MaximumConcurrency?: number } | undefined;
  if (scaling?.MaximumConcurrency === undefined) {
    throw new CapacityError(
      `${stackName(stage, `Service-${region}`)} bounds the workers of no queue: give its event source mapping a MaximumConcurrency.`,
    );
  }
  return {
    nominalOrdersPerSecond: CAPACITY[stage].nominalOrdersPerSecond,
    workers: scaling.MaximumConcurrency,
    reservedConcurrency: reservedIn(resources('AWS::Lambda::Function'), stage),
    routeThrottles: throttlesIn(resources('AWS::ApiGatewayV2::Stage')),
    // No template says what the account has.
    accountConcurrencyMin: CAPACITY[stage].accountConcurrencyMin,
  };
}

type Properties = Readonly<Record<string, unknown>>;

function resourcesOf(stacks: Stacks, name: string): (type: string) => Properties[] {
  const stack = stacks.find((candidate) => candidate.stackName === name);
  if (stack === undefined) {
    const found = stacks.map((candidate) => candidate.stackName).join(', ');
    throw new CapacityError(`The assembly has no stack ${name}, only ${found}: synthesize it with the same settings.`);
  }
  return (type) =>
    Object.values(stack.resources)
      .filter((resource) => resource.Type === type)
      .map(({ Properties: properties = {} }) => properties);
}

function reservedIn(functions: readonly Properties[], stage: Stage): Partial<Record<ServiceName, number>> {
  return Object.fromEntries(
    SERVICES.flatMap(({ name }): [ServiceName, number][] => {
      const found = functions.find((each) => each['FunctionName'] === functionName(stage, name));
      const reserved = found?.['ReservedConcurrentExecutions'];
      return typeof reserved === 'number' ? [[name, reserved]] : [];
    }),
  );
}

function throttlesIn(apiStages: readonly Properties[]): StageCapacity['routeThrottles'] {
  type Settings = Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number } | undefined>;
  const settings = Object.assign({}, ...apiStages.map((each) => each['RouteSettings'] ?? {})) as Settings;
  return Object.fromEntries(
    PUBLIC_ROUTES.map(({ method, path, throttle }): [string, RouteThrottle] => {
      const found = settings[`${method} ${path}`];
      if (found === undefined) throw new CapacityError(`No template throttles ${method} ${path}: the fence is open.`);
      return [throttle, { requestsPerSecond: found.ThrottlingRateLimit, burst: found.ThrottlingBurstLimit }];
    }),
  ) as StageCapacity['routeThrottles'];
}

/** Limits of tables are reckoned as those on demand; a table with another billing would have its own. */
function refuseProvisionedTables(stacks: Stacks, stage: Stage): void {
  const tables = stacks.flatMap(({ resources }) =>
    Object.values(resources).filter(({ Type }) => /^AWS::DynamoDB::(Global)?Table$/.test(Type)),
  );
  const names = new Set(tables.map(({ Properties: properties }) => properties?.['TableName']));
  for (const datum of ['orders', 'customer-plans', 'regional-state', 'payment-ledger'] as const) {
    if (!names.has(datumResourceName(stage, datum))) {
      throw new CapacityError(
        `The assembly has no table ${datumResourceName(stage, datum)}: read one that this version has synthesized.`,
      );
    }
  }
  for (const { Properties: properties } of tables) {
    if (properties?.['BillingMode'] === 'PAY_PER_REQUEST') continue;
    throw new CapacityError(
      `The table ${String(properties?.['TableName'])} is not billed on demand, and limits of provisioned throughput are not reckoned with: bill it on demand.`,
    );
  }
}
