import type { Stage } from '../../blueprint/capacity';
import { stackName } from '../../blueprint/names';
import { parseDeployment, type Deployment } from '../../operations/deployment';
import { evacuate, failBack } from '../../operations/region-switch';
import type { SwitchPlatform } from '../../operations/switch-platform';
import type { Cloud } from '../../simulator';
import type { OperatorStep } from '../game-day';
import type { OperatorReport } from './target';

/** Runs a command of the runbooks: the same code that stands behind the command line. */
export async function operate(
  platform: Omit<SwitchPlatform, 'say'>,
  deployment: Deployment,
  { command, forceReason }: OperatorStep,
  region: string,
): Promise<OperatorReport> {
  const said: string[] = [];
  // Enters virtual time: what follows begins with an event of its own.
  await platform.sleep(0);
  const startMs = platform.now();
  const run = command === 'evacuate' ? evacuate : failBack;
  const outcome = await run({
    platform: { ...platform, say: (line) => said.push(line) },
    deployment,
    region,
    isConfirmed: true,
    ...(forceReason === undefined ? {} : { forceReason }),
  });
  return { command, region, outcome, said, startMs, endMs: platform.now() };
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
    ]),
  );
}
