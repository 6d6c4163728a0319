import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { prepareFlight } from '../gamedays';
import { drawSwarmRun, flySwarmRun, type SwarmRun } from '../gamedays/swarm';

/** Work for one core: runs of the swarm, or nothing but computing. */
export type CoreWork = 'swarm' | 'computing';

export const ORDERS_PER_RUN = 200;
export const RUNS = 4;
const HASHES = 1_500_000;

const WORK: Readonly<Record<CoreWork, (assemblyDirectory: string) => Promise<() => Promise<void>>>> = {
  swarm: async (assemblyDirectory) => {
    const plan = await prepareFlight(resolve(__dirname, '..'), {}, assemblyDirectory);
    const runs = runsAsItComes();
    return async () => {
      for (const run of runs) await flySwarmRun(run, plan, '');
    };
  },
  computing: async () => async () => {
    let sum = '';
    for (let done = 0; done < HASHES; done++) sum = createHash('sha256').update(sum).digest('hex');
  },
};

/** The first runs that are of the app as it comes: one synth is enough for them. */
function runsAsItComes(): readonly SwarmRun[] {
  const runs: SwarmRun[] = [];
  for (let seed = 1; runs.length < RUNS; seed++) {
    const run = drawSwarmRun(seed, ORDERS_PER_RUN);
    if (Object.keys(run.context).length === 0) runs.push(run);
  }
  return runs;
}

/** Does the work once to be warm, and then once for each message of its parent, which it answers. */
async function serve(work: CoreWork, assemblyDirectory: string): Promise<void> {
  const perform = await WORK[work](assemblyDirectory);
  await perform();
  process.on('message', () => void perform().then(() => process.send!('done')));
  process.on('disconnect', () => process.exit());
  process.send!('ready');
}

if (process.send !== undefined && process.argv[1] === __filename) {
  void serve(process.argv[2] as CoreWork, process.argv[3]!);
}
