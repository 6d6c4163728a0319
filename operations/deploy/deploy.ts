import type { Configuration } from '../../blueprint/configuration';
import { alarmName, stackName } from '../../blueprint/names';
import type { CloudAssembly, SynthesizedStack } from '../cloud-assembly';
import { DEPLOYMENT_FILE } from '../deployment';
import { bake, type BakeRequest } from './bake';
import type { DeployPlatform } from './deploy-platform';
import { smokeTest } from './smoke-test';

export interface DeployRequest extends BakeRequest {
  /** Do not ask. Allowed for a sandbox alone. @default false */
  readonly isConfirmed?: boolean;
}

/** `refused`: nothing was changed. `stopped`: what was told was deployed, and nothing after it. */
export type DeployOutcome = 'done' | 'refused' | 'stopped';

/** One step: a stack, and whether customers may notice it. */
interface Step {
  readonly stack: SynthesizedStack;
  readonly isServing: boolean;
}

/**
 * Deploys stack by stack in the order of their dependencies, the region that serves nobody first, and watches the alarms
 * after each serving region. It stops at the first failure.
 */
export async function deploy(request: DeployRequest): Promise<DeployOutcome> {
  const { platform, assembly, configuration } = request;
  const steps = stepsOf(assembly, configuration);
  const diff = await platform.run(['npx', 'cdk', 'diff', '--app', assembly.directory, '--method', 'template']);
  if (diff !== 0) {
    platform.say('The difference could not be shown, so nothing was deployed.');
    return 'refused';
  }
  platform.say(`In this order: ${steps.map(({ stack }) => stack.stackName).join(', ')}.`);
  if (!(await isAgreed(request, 'Deploy what is shown above?'))) return 'refused';
  const files: string[] = [];
  const before = await alarmsNow(request);
  for (const { stack, isServing } of steps) {
    const file = `${assembly.directory}/outputs-${stack.stackName}.json`;
    if ((await platform.run(deployCommand(assembly, stack, file))) !== 0) {
      return stopped(request, stack, 'could not be deployed; CloudFormation takes a failed change back by itself');
    }
    files.push(file);
    if (!isServing) continue;
    const bad = await bake(request, stack, before);
    if (bad !== undefined) return stopped(request, stack, bad);
  }
  platform.collectOutputs(files, DEPLOYMENT_FILE);
  platform.say(`Hosts and names are in ${DEPLOYMENT_FILE}: keep it, the other commands read it.`);
  const complaint = await smokeTest(platform, configuration);
  if (complaint === undefined) return 'done';
  platform.say(`The smoke test failed: ${complaint}`);
  sayHowToGoBack(platform);
  return 'stopped';
}

/** A person says yes, or has said so before for a sandbox, which can be made again. */
export async function isAgreed(
  { platform, configuration, isConfirmed }: Pick<DeployRequest, 'platform' | 'configuration' | 'isConfirmed'>,
  question: string,
): Promise<boolean> {
  if (isConfirmed === true && configuration.stage === 'sandbox') return true;
  if (isConfirmed === true) platform.say('--yes is for a sandbox: somebody must have read what is shown above.');
  if (await platform.ask(question)) return true;
  platform.say('Nothing was changed.');
  return false;
}

/** What would need an approval was shown with the whole difference. */
const deployCommand = ({ directory }: CloudAssembly, { stackName: name }: SynthesizedStack, file: string): string[] =>
  `npx cdk deploy ${name} --app ${directory} --exclusively --require-approval never --outputs-file ${file}`.split(' ');

function stepsOf({ stacks }: CloudAssembly, { stage }: Configuration): Step[] {
  return stacks.map((stack) => ({ stack, isServing: stack.stackName.startsWith(stackName(stage, 'Service-')) }));
}

async function alarmsNow({ platform, assembly, configuration }: DeployRequest): Promise<ReadonlySet<string>> {
  const regions = [...new Set(assembly.stacks.map(({ region }) => region))];
  const prefix = alarmName(configuration.stage, '');
  try {
    const states = await Promise.all(regions.map((region) => platform.alarms(region, prefix)));
    return new Set(
      states
        .flat()
        .filter(({ state }) => state === 'ALARM')
        .map(({ name, region }) => `${region} ${name}`),
    );
  } catch (error) {
    platform.say(`Which alarms are on already is not known: ${(error as Error).message}`);
    return new Set();
  }
}

function stopped({ platform }: DeployRequest, stack: SynthesizedStack, why: string): DeployOutcome {
  platform.say(`Stopped: ${stack.stackName} ${why}. Nothing after it was touched.`);
  sayHowToGoBack(platform);
  return 'stopped';
}

function sayHowToGoBack(platform: DeployPlatform): void {
  platform.say('To roll back: git checkout the version before, npm ci, and npm run -s tandem -- deploy again.');
  platform.say('When customers are hurt, first take the region out: npm run -s tandem -- switch evacuate REGION.');
}
