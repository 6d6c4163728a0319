import type { Configuration } from '../../blueprint/configuration';
import { alarmName } from '../../blueprint/names';
import type { CloudAssembly, SynthesizedStack } from '../cloud-assembly';
import type { AlarmState, DeployPlatform } from './deploy-platform';

/** What was deployed, and how long it is watched. */
export interface BakeRequest {
  readonly platform: DeployPlatform;
  /** What is deployed: the folder that the diff was made from. */
  readonly assembly: CloudAssembly;
  readonly configuration: Configuration;
  /** How long the alarms are watched after each serving region. */
  readonly bakeMinutes: number;
}

const LOOK_MS = 30_000;
/** So many looks in a row without an answer, and nobody is watching. */
const UNANSWERED_MAX = 4;

/**
 * Watches the alarms of every region for a while after a serving region has changed.
 * @param before alarms that were on already, as `region name`
 * @returns why to stop; undefined when nothing new has fired
 */
export async function bake(
  request: BakeRequest,
  { stackName, region }: SynthesizedStack,
  before: ReadonlySet<string>,
): Promise<string | undefined> {
  const { platform, bakeMinutes } = request;
  const endMs = platform.now() + bakeMinutes * 60_000;
  let unanswered = 0;
  platform.say(`Watching the alarms for ${bakeMinutes} min after ${stackName}.`);
  for (;;) {
    const alarms = await look(request);
    unanswered = alarms === undefined ? unanswered + 1 : 0;
    if (unanswered >= UNANSWERED_MAX) return 'is deployed, but CloudWatch does not say how it is';
    if (alarms?.length === 0) {
      platform.say(
        `There is no alarm yet: in an account that is new to it there is nobody to hurt in ${region} either.`,
      );
      return undefined;
    }
    const fired = (alarms ?? []).filter(
      ({ state, name, region: at }) => state === 'ALARM' && !before.has(`${at} ${name}`),
    );
    const isQuiet = fired.every(({ name }) => name === alarmName(request.configuration.stage, 'maintenance'));
    if (!isQuiet) return `is deployed, and ${fired.map(({ name, region: at }) => `${name} in ${at}`).join(', ')} fired`;
    if (platform.now() >= endMs) return undefined;
    await platform.sleep(Math.min(LOOK_MS, endMs - platform.now()));
  }
}

/** @returns undefined when CloudWatch does not answer */
async function look({ platform, assembly, configuration }: BakeRequest): Promise<readonly AlarmState[] | undefined> {
  const regions = [...new Set(assembly.stacks.map(({ region }) => region))];
  try {
    const states = await Promise.all(regions.map((at) => platform.alarms(at, alarmName(configuration.stage, ''))));
    return states.flat();
  } catch (error) {
    platform.say(`CloudWatch does not answer: ${(error as Error).message}`);
    return undefined;
  }
}
