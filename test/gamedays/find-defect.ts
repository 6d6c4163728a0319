import { fly, prepareFlight, type FlightPlan } from '../../gamedays';
import { drawSwarmRun, flySwarmRun, runSeeds, type SwarmRun } from '../../gamedays/swarm';
import type { GameDayResult } from '../../gamedays';
import { APP_DIRECTORY } from './flight';
import { DEPLOYMENT, SEEDED_DEFECTS, type SeededDefect } from './seeded-defects';

const RUNS_MAX = 200;
const ORDERS = 200;

/** What the parent reads. */
export interface Hunt {
  readonly name: string;
  readonly check: string;
  readonly by: string;
  /** How many runs it took; undefined when none found it. */
  readonly runs: number | undefined;
}

/** Runs of the swarm with the configuration that was synthesized: a defect is planted into one assembly. */
function swarmRun(index: number): SwarmRun {
  return { ...drawSwarmRun(runSeeds(1, index + 1)[index]!, ORDERS), context: {} };
}

async function flyOnce({ gameDay }: SeededDefect, plan: FlightPlan, index: number): Promise<GameDayResult> {
  if (gameDay !== undefined) return fly({ ...plan, gameDay, seed: index + 1, replay: '' });
  return flySwarmRun(swarmRun(index), plan, '');
}

async function findings(defect: SeededDefect, plan: FlightPlan, index: number): Promise<string[]> {
  try {
    const { checks } = await flyOnce(defect, plan, index);
    return checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  } catch (error) {
    // What the service itself refuses when it is asked for: nothing has flown.
    if (error instanceof Error && error.name === 'InvalidParameterValueException') return [DEPLOYMENT];
    throw error;
  }
}

async function hunt(defect: SeededDefect, assembly: string): Promise<Hunt> {
  const { name, check, gameDay } = defect;
  const settings = gameDay?.settings;
  // The parent has synthesized what cdk.json says, which serves all but the days that are about other settings.
  const sound =
    settings === undefined
      ? await prepareFlight(APP_DIRECTORY, {}, assembly)
      : await prepareFlight(APP_DIRECTORY, settings);
  const plan = defect.plant(sound);
  const by = gameDay?.name ?? 'swarm';
  for (let index = 0; index < RUNS_MAX; index++) {
    if (!(await findings(defect, plan, index)).includes(check)) continue;
    // Red must be the defect's doing: the very same run without it is green.
    if ((await findings(defect, sound, index)).includes(check)) {
      throw new Error(`${check} is red in run ${index + 1} of ${by} without the defect "${name}".`);
    }
    return { name, check, by, runs: index + 1 };
  }
  return { name, check, by, runs: undefined };
}

async function main(name: string, assembly: string): Promise<void> {
  const defect = SEEDED_DEFECTS.find((candidate) => candidate.name === name);
  if (defect === undefined) throw new Error(`There is no seeded defect "${name}".`);
  console.log(JSON.stringify(await hunt(defect, assembly)));
}

main(process.argv[2]!, process.argv[3]!).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
