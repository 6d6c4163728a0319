import type { Stage } from '../../blueprint/capacity';
import { evacuationKey, REGIONAL_STATE_KEY, stackName } from '../../blueprint/names';
import { parseDeployment, type Deployment } from '../../operations/deployment';
import { setPlan } from '../../operations/customer-plan';
import { evacuate, failBack, type SwitchOutcome } from '../../operations/region-switch';
import { setShed } from '../../operations/shed-override';
import type { SwitchPlatform } from '../../operations/switch-platform';
import type { Cloud } from '../../simulator';
import type { OperatorStep, RegionRole } from '../game-day';
import type { OperatorReport } from './target';

/** The switch's world, and what starts a redrive of a region's dead letters. */
export type OperatorPlatform = Omit<SwitchPlatform, 'say'> & {
  readonly startRedrive: (region: string) => Promise<void>;
};

/** Runs a command of the runbooks: the same code that stands behind the command line. */
export async function operate(
  { startRedrive, ...silent }: OperatorPlatform,
  deployment: Deployment,
  step: OperatorStep,
  regions: Readonly<Record<RegionRole, string>>,
): Promise<OperatorReport> {
  const said: string[] = [];
  const platform: SwitchPlatform = { ...silent, say: (line) => said.push(line) };
  // Enters virtual time: what follows begins with an event of its own.
  await platform.sleep(0);
  const startMs = platform.now();
  const { command, region, run } = commandOf(step, { ...platform, startRedrive }, deployment, regions);
  const outcome = await run();
  return { step, command, region, outcome, said, startMs, endMs: platform.now() };
}

type Command = Pick<OperatorReport, 'command' | 'region'> & { readonly run: () => Promise<SwitchOutcome> };

function commandOf(
  step: OperatorStep,
  platform: SwitchPlatform & OperatorPlatform,
  deployment: Deployment,
  regions: Readonly<Record<RegionRole, string>>,
): Command {
  if (step.command === 'set-plan') {
    const { customerId, plan } = step;
    return {
      command: `plan set ${customerId} ${plan}`,
      region: deployment.plansWriterRegion,
      run: () => setPlan({ platform, deployment, customerId, plan }),
    };
  }
  const region = regions[step.region];
  if (step.command === 'set-switch') {
    const other = deployment.regions.find((each) => each.region !== region)!;
    const item = {
      [REGIONAL_STATE_KEY]: evacuationKey(region),
      evacuated: step.isEvacuated,
      changedAt: platform.now(),
    };
    const write = () => platform.writeItem({ region: other.region, tableName: other.stateTable }, item);
    return { command: `put-item in ${other.region}`, region, run: () => write().then(() => 'done') };
  }
  if (step.command === 'set-shed') {
    const { open, minutes } = step;
    const request = { platform, deployment, region, open, minutes, reason: 'A drill.', isConfirmed: true };
    return { command: `shed set ${region}`, region, run: () => setShed(request) };
  }
  if (step.command === 'redrive') {
    return { command: `redrive in ${region}`, region, run: () => startRedriveIn(region, platform) };
  }
  const move = step.command === 'evacuate' ? evacuate : failBack;
  const reason = step.forceReason === undefined ? {} : { forceReason: step.forceReason };
  return {
    command: `switch ${step.command} ${region}`,
    region,
    run: () => move({ platform, deployment, region, isConfirmed: true, ...reason }),
  };
}

async function startRedriveIn(
  region: string,
  { startRedrive, say }: SwitchPlatform & OperatorPlatform,
): Promise<SwitchOutcome> {
  try {
    await startRedrive(region);
    return 'done';
  } catch (error) {
    say((error as Error).message);
    return 'failed';
  }
}

/** What `cdk deploy --outputs-file` would have written. */
export function deploymentOf(cloud: Cloud, stage: Stage, servingRegions: readonly string[]): Deployment {
  const read = (stack: string, names: readonly string[]) => [
    stackName(stage, stack),
    Object.fromEntries(names.map((name) => [name, String(cloud.deployment.output(stackName(stage, stack), name))])),
  ];
  const ofRegion = ['PublicHost', 'HealthHost', 'HealthPath', 'WorkQueueUrl'];
  return parseDeployment(
    Object.fromEntries([
      ...servingRegions.map((region) => read(`Service-${region}`, ofRegion)),
      read('Routing', ['ServiceName']),
      read('Data', ['PlansWriterRegion']),
    ]),
  );
}
