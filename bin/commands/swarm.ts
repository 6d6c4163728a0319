import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../gamedays';
import { drawSwarmRun, minimiseFaults, replayOf, runSeeds, withFaults, type SwarmOutcome } from '../../gamedays/swarm';
import { EXIT_CODES } from './exit-codes';
import { createSwarmProgress } from './swarm-progress';
import { assemblyFolder, type SwarmJob, type SwarmReply } from './swarm-worker';
import { WorkerPool } from './worker-pool';

type SwarmPool = WorkerPool<SwarmJob, SwarmReply>;

export interface Swarm {
  readonly runs: number;
  readonly seed: number;
  /** About so many orders a run. */
  readonly orders: number;
  readonly appDirectory: string;
}

/** So many failed runs are minimised; what is wrong with the others can be asked of their replays. */
const MINIMISED_MAX = 5;

/** Flies a swarm on all cores, and prints each failure with the fewest faults that it takes. @returns the exit code */
export async function flySwarm(swarm: Swarm): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-swarm-'));
  try {
    const seeds = runSeeds(swarm.seed, swarm.runs);
    await synthesizeAll(swarm, seeds, directory);
    const pool = new WorkerPool<SwarmJob, SwarmReply>('swarm-worker.ts', [directory]);
    try {
      return await flyAll(swarm, seeds, pool);
    } finally {
      pool.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Each configuration that is drawn is synthesized once. */
async function synthesizeAll(
  { appDirectory, orders }: Swarm,
  seeds: readonly number[],
  directory: string,
): Promise<void> {
  const contexts = new Set(seeds.map((seed) => drawSwarmRun(seed, orders).context));
  await Promise.all(
    [...contexts].map((context) =>
      synthesize({ appDirectory, outputDirectory: assemblyFolder(directory, context), context }),
    ),
  );
}

async function flyAll(swarm: Swarm, seeds: readonly number[], pool: SwarmPool): Promise<number> {
  const startedMs = Date.now();
  const progress = createSwarmProgress(seeds.length);
  const replies = await Promise.all(
    seeds.map(async (seed) => {
      const reply = await pool.run({ seed, orders: swarm.orders });
      progress.tell(isPassed(reply));
      // At once, so that nobody waits for the end of the swarm to look at it.
      if (!isPassed(reply)) console.log(`run ${seed} failed: ${replayOf(seed, swarm.orders)}`);
      return { seed, reply };
    }),
  );
  progress.end();
  const failed = replies.filter(({ reply }) => !isPassed(reply));
  for (const [index, { seed, reply }] of failed.entries()) {
    if ('error' in reply) console.log(`run ${seed}: ${reply.error.text}\n    ${replayOf(seed, swarm.orders)}`);
    else if (index < MINIMISED_MAX) await explain(swarm, reply.outcome, pool);
    else console.log(`run ${seed}: ${idsOf(reply.outcome).join(', ')}\n    ${replayOf(seed, swarm.orders)}`);
  }
  console.log(summary(swarm, replies, (Date.now() - startedMs) / 1000, pool.size));
  return exitCodeOf(replies.map(({ reply }) => reply));
}

/** Prints a failure with the fewest faults that lead to one of the same findings. */
async function explain({ orders }: Swarm, outcome: SwarmOutcome, pool: SwarmPool): Promise<void> {
  const { seed } = outcome;
  const run = drawSwarmRun(seed, orders);
  const { faults, ordersPerSecond, context } = run;
  const wanted = idsOf(outcome);
  const kept = await minimiseFaults([...faults.keys()], async (fewer) => {
    const reply = await pool.run({ seed, orders, faults: fewer });
    return 'outcome' in reply && idsOf(reply.outcome).some((id) => wanted.includes(id));
  });
  console.log(`run ${seed}: ${ordersPerSecond} orders/s, ${JSON.stringify(context)}`);
  for (const { title, measured, bar, details } of outcome.findings) {
    console.log(
      `    ${title}: ${measured} (${bar})${details
        .slice(0, 2)
        .map((detail) => `\n        ${detail}`)
        .join('')}`,
    );
  }
  console.log(`  ${kept.length} of ${faults.length} faults suffice:`);
  for (const index of kept) console.log(`    ${index}: ${JSON.stringify(faults[index])}`);
  console.log(`  ${replayOf(seed, orders, kept)}`);
  const file = join('out', `swarm-${seed}.json`);
  mkdirSync('out', { recursive: true });
  writeFileSync(file, `${JSON.stringify({ story: '', run: withFaults(run, kept) }, null, 2)}\n`);
  console.log(`  To keep it, tell its story in ${file} and move it to test/regressions/.`);
}

function isPassed(reply: SwarmReply): boolean {
  return 'outcome' in reply && reply.outcome.findings.length === 0;
}

function idsOf({ findings }: SwarmOutcome): string[] {
  return findings.map(({ id }) => id);
}

function exitCodeOf(replies: readonly SwarmReply[]): number {
  const codes = replies.map((reply) => {
    if ('error' in reply) return reply.error.isSimulator ? EXIT_CODES.simulator : EXIT_CODES.unexpected;
    return isPassed(reply) ? EXIT_CODES.pass : EXIT_CODES.findings;
  });
  return Math.max(...codes);
}

function summary(
  { orders }: Swarm,
  replies: readonly { readonly seed: number; readonly reply: SwarmReply }[],
  seconds: number,
  processes: number,
): string {
  const outcomes = replies.flatMap(({ reply }) => ('outcome' in reply ? [reply.outcome] : []));
  const sum = (count: (outcome: SwarmOutcome) => number): string =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0).toLocaleString('en-US');
  const kinds = new Map<string, number>();
  for (const { seed } of replies) {
    for (const { fault } of drawSwarmRun(seed, orders).faults) kinds.set(fault, (kinds.get(fault) ?? 0) + 1);
  }
  const passed = replies.filter(({ reply }) => isPassed(reply)).length;
  const digest = createHash('sha256')
    .update(outcomes.map((outcome) => outcome.digest).join())
    .digest('hex');
  return [
    [...kinds]
      .map(([kind, count]) => `${kind} ${count}`)
      .toSorted()
      .join(', '),
    `${sum((outcome) => outcome.orders.offered)} orders offered, ${sum((outcome) => outcome.orders.acknowledged)} acknowledged, ${sum((outcome) => outcome.orders.expired)} expired, ${sum((outcome) => outcome.orders.lost)} lost`,
    `${seconds.toFixed(0)} s, ${(replies.length / seconds).toFixed(2)} runs/s on ${processes} processes, digest ${digest.slice(0, 12)}`,
    `${passed} passed, ${replies.length - passed} failed`,
  ].join('\n');
}
