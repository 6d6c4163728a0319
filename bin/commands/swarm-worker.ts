import { join, resolve } from 'node:path';
import { prepareFlight, type FlightPlan } from '../../gamedays';
import {
  drawSwarmRun,
  flySwarmRun,
  outcomeOf,
  SWARM_CONTEXTS,
  withFaults,
  type SwarmOutcome,
} from '../../gamedays/swarm';
import { SimulatorError } from '../../simulator';

/** One run to be flown. */
export interface SwarmJob {
  readonly seed: number;
  readonly orders: number;
  /** Indexes of the faults to keep. @default - all that are drawn */
  readonly faults?: readonly number[];
}

/** How it went, or why there is nothing to say about it. */
export type SwarmReply =
  | { readonly outcome: SwarmOutcome }
  | { readonly error: { readonly text: string; readonly isSimulator: boolean } };

/** The folder of the assembly of that context, among those that were synthesized for a swarm. */
export function assemblyFolder(directory: string, context: (typeof SWARM_CONTEXTS)[number]): string {
  return join(directory, String(SWARM_CONTEXTS.indexOf(context)));
}

const APP_DIRECTORY = resolve(__dirname, '../..');

/** Flies what its parent sends, run after run: bundles are compiled and warm from the second run on. */
function serve(directory: string): void {
  const plans = new Map<string, Promise<FlightPlan>>();
  const planFor = (context: (typeof SWARM_CONTEXTS)[number]): Promise<FlightPlan> => {
    const folder = assemblyFolder(directory, context);
    const plan = plans.get(folder) ?? prepareFlight(APP_DIRECTORY, context, folder);
    plans.set(folder, plan);
    return plan;
  };
  const fly = async ({ seed, orders, faults }: SwarmJob): Promise<SwarmReply> => {
    try {
      const drawn = drawSwarmRun(seed, orders);
      const run = faults === undefined ? drawn : withFaults(drawn, faults);
      return { outcome: outcomeOf(await flySwarmRun(run, await planFor(run.context), '')) };
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { error: { text, isSimulator: error instanceof SimulatorError } };
    }
  };
  process.on('message', (job: SwarmJob) => void fly(job).then((reply) => process.send!(reply)));
  process.on('disconnect', () => process.exit());
}

if (process.send !== undefined && process.argv[1] === __filename) serve(process.argv[2]!);
