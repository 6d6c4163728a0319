import { readFileSync } from 'node:fs';
import { CAPACITY, type Stage } from '../blueprint/capacity';
import { datumResourceName, stackName } from '../blueprint/names';

/** One serving region as it was deployed: what an operator must know of it while nothing can be looked up. */
export interface RegionDeployment {
  readonly region: string;
  readonly publicHost: string;
  readonly healthHost: string;
  readonly healthPath: string;
  readonly workQueueUrl: string;
  readonly stateTable: string;
  readonly ordersTable: string;
  readonly plansTable: string;
}

/** What `cdk deploy --outputs-file` has written down. */
export interface Deployment {
  readonly stage: Stage;
  /** The service's name in DNS. The TXT record beside it is `_region.<serviceName>`. */
  readonly serviceName: string;
  /** The zone's own name servers. Empty when the zone is somebody else's, and is delegated. */
  readonly nameServers: readonly string[];
  readonly regions: readonly [RegionDeployment, RegionDeployment];
  /** The serving region in which customers' plans are written. */
  readonly plansWriterRegion: string;
}

/** A person's mistake with the file, told in one line. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

export const DEPLOYMENT_FILE = 'tandem-outputs.json';
const HOW_TO_WRITE = `Write it with npx cdk deploy --all --outputs-file ${DEPLOYMENT_FILE}.`;

/** @throws DeploymentError when the file is not there or does not hold what a deployment of Tandem writes */
export function readDeployment(file: string): Deployment {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new DeploymentError(`The deployment file ${file} cannot be read. ${HOW_TO_WRITE}`);
  }
  let outputs: unknown;
  try {
    outputs = JSON.parse(text);
  } catch {
    throw new DeploymentError(`The deployment file ${file} is not JSON. ${HOW_TO_WRITE}`);
  }
  return parseDeployment(outputs, file);
}

type Outputs = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/**
 * The deployment in the outputs of its stacks: stack name, then output name, then value.
 * @param source what to call it when something is missing
 * @throws DeploymentError
 */
export function parseDeployment(outputs: unknown, source = 'the outputs'): Deployment {
  const stacks = (outputs ?? {}) as Outputs;
  const stage = (Object.keys(CAPACITY) as Stage[]).find((known) => stacks[stackName(known, 'Routing')] !== undefined);
  if (stage === undefined) {
    throw new DeploymentError(
      `${source}: no stack ${stackName('sandbox', 'Routing')} or of another stage. ${HOW_TO_WRITE}`,
    );
  }
  const read = (stack: string, output: string): string => {
    const value = stacks[stack]?.[output];
    if (value !== undefined) return value;
    throw new DeploymentError(`${source}: the stack ${stack} has no output ${output}. ${HOW_TO_WRITE}`);
  };
  const servicePrefix = stackName(stage, 'Service-');
  const regions = Object.keys(stacks)
    .filter((name) => name.startsWith(servicePrefix))
    .map((name) => regionOf(name.slice(servicePrefix.length), stage, (output) => read(name, output)));
  const [first, second] = regions;
  if (first === undefined || second === undefined || regions.length > 2) {
    throw new DeploymentError(
      `${source}: ${regions.length} stacks ${servicePrefix}<region>, and two are needed. ${HOW_TO_WRITE}`,
    );
  }
  const routing = stackName(stage, 'Routing');
  return {
    stage,
    serviceName: read(routing, 'ServiceName'),
    nameServers: (stacks[routing]!['NameServers'] ?? '').split(',').filter((name) => name !== ''),
    regions: [first, second],
    plansWriterRegion: read(stackName(stage, 'Data'), 'PlansWriterRegion'),
  };
}

function regionOf(region: string, stage: Stage, read: (output: string) => string): RegionDeployment {
  return {
    region,
    publicHost: read('PublicHost'),
    healthHost: read('HealthHost'),
    healthPath: read('HealthPath'),
    workQueueUrl: read('WorkQueueUrl'),
    stateTable: datumResourceName(stage, 'regional-state'),
    ordersTable: datumResourceName(stage, 'orders'),
    plansTable: datumResourceName(stage, 'customer-plans'),
  };
}
