import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ONE_PROCESS_A_CORE, START } from '../../gamedays';
import { ORDERS_PER_RUN, RUNS, type CoreWork } from '../core-worker';
import { timed } from '../elapsed';
import type { BenchInputs, Figure } from '../figure';

/** Of what the machine gives to processes that only compute, and have nothing to wait for or to share. */
const GAIN_SHARE_MIN = 0.9;

interface Gain {
  /** How often more work is done in the same time by all cores than by one. */
  readonly times: number;
  /** What all cores take for the work of each, in milliseconds. */
  readonly allMs: number;
}

/** What a second core is good for: to a swarm, and to processes that only compute, which is all the machine can give. */
export async function allCores({ assemblyDirectory }: BenchInputs): Promise<readonly Figure[]> {
  const cores = availableParallelism();
  const computing = await gainOf('computing', cores, assemblyDirectory);
  const swarm = await gainOf('swarm', cores, assemblyDirectory);
  const orders = ORDERS_PER_RUN * RUNS * cores;
  return [
    { title: `Gain of ${cores} cores, for processes that only compute`, unit: 'times', value: computing.times },
    { title: `Gain of ${cores} cores, for a swarm`, unit: 'times', value: swarm.times },
    {
      title: "The swarm's gain, as a share of the other",
      unit: 'times',
      value: swarm.times / computing.times,
      barMin: GAIN_SHARE_MIN,
    },
    { title: `Orders of a swarm on ${cores} cores`, unit: 'orders/s', value: (orders * 1000) / swarm.allMs },
  ];
}

async function gainOf(work: CoreWork, cores: number, assemblyDirectory: string): Promise<Gain> {
  const script = join(__dirname, '..', 'core-worker.ts');
  const execArgv = [...process.execArgv, ...ONE_PROCESS_A_CORE];
  const workers = Array.from({ length: cores }, () =>
    fork(START, [script, work, assemblyDirectory], { stdio: 'ignore', execArgv }),
  );
  try {
    await Promise.all(workers.map(heard));
    const before = await elapsedMs(workers.slice(0, 1));
    const allMs = await elapsedMs(workers);
    const after = await elapsedMs(workers.slice(0, 1));
    return { times: (cores * (before + after)) / 2 / allMs, allMs };
  } finally {
    for (const worker of workers) worker.disconnect();
  }
}

async function elapsedMs(workers: readonly ChildProcess[]): Promise<number> {
  const { wallMs } = await timed(async () => {
    for (const worker of workers) worker.send('go');
    await Promise.all(workers.map(heard));
  });
  return wallMs;
}

/** @throws Error when the process dies instead of saying something */
async function heard(worker: ChildProcess): Promise<void> {
  const silence = new AbortController();
  const died = once(worker, 'exit', { signal: silence.signal }).then(([code]) => {
    throw new Error(`A process of the bench died with exit code ${String(code)}.`);
  });
  try {
    await Promise.race([once(worker, 'message'), died]);
  } finally {
    silence.abort();
    died.catch(() => undefined);
  }
}
