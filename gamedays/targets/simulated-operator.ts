import type { Stage } from '../../blueprint/capacity';
import { stackName } from '../../blueprint/names';
import { parseDeployment, type Deployment } from '../../operations/deployment';
import { evacuate, failBack } from '../../operations/region-switch';
import type { SwitchPlatform } from '../../operations/switch-platform';
import type { Cloud } from '../../simulator';
import type { OperatorStep } from '../game-day';
import type { OperatorReport } from './target';

/** The switch's world, and what starts a redrive of the region's dead letters. */
export type OperatorPlatform = Omit<SwitchPlatform, 'say'> & { readonly redrive: () => Promise<void> };

/** Runs a command of the runbooks: the same code that stands behind the command line. */
export async function operate(
  { redrive, ...platform }: OperatorPlatform,
  deployment: Deployment,
  { command, forceReason }: OperatorStep,
  region: string,
): Promise<OperatorReport> {
  const said: string[] = [];
  // Enters virtual time: what follows begins with an event of its own.
  await platform.sleep(0);
  const startMs = platform.now();
  if (command === 'redrive') {
    const failure = await redrive().then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    const outcome = failure === undefined ? 'done' : 'failed';
    return {
      command,
      region,
      outcome,
      said: failure === undefined ? [] : [failure.message],
      startMs,
      endMs: platform.now(),
    };
  }
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
