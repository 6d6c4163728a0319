import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize, type GameDay, type GameDayResult } from '../../gamedays';
import { EXIT_CODES, reportFailure } from './exit-codes';
import type { SweepJob, SweepReply } from './sweep-worker';
import { WorkerPool } from './worker-pool';

export interface Sweep {
  /** With more than one, long ones among them fly fewer seeds: see `GameDay.sweepSeedsMax`. */
  readonly gameDays: readonly GameDay[];
  readonly seeds: readonly number[];
  readonly appDirectory: string;
  readonly context: Readonly<Record<string, string>>;
  /** A folder for the result document of every run. @default - only the lines are left of it */
  readonly results?: string;
}

/** Flies game days with every seed, as many runs at once as there are cores, and prints a line each. */
export async function sweep({ gameDays, seeds, appDirectory, context, results }: Sweep): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-sweep-'));
  let pool: WorkerPool<SweepJob, SweepReply> | undefined;
  try {
    const assemblies = await synthesizeAll(gameDays, { directory, appDirectory, context });
    const workers = new WorkerPool<SweepJob, SweepReply>('sweep-worker.ts');
    pool = workers;
    const runs = runsOf(gameDays, seeds);
    const nameWidth = Math.max(...gameDays.map(({ name }) => name.length));
    let failed = 0;
    let worst = 0;
    const flyOne = async ({ gameDay, seed }: Run): Promise<void> => {
      const result = join(results ?? directory, `${gameDay.name}-${seed}.json`);
      const assembly = assemblies.get(settingsOf(gameDay))!;
      const job = { gameDay: gameDay.name, seed, assembly, context, result };
      const exitCode = await workers.run(job).then(({ exitCode: code }) => code, reportFailure);
      if (exitCode !== EXIT_CODES.pass) failed++;
      worst = Math.max(worst, exitCode);
      const title = `${gameDay.name.padEnd(nameWidth)}  seed ${String(seed).padStart(3)}`;
      console.log(exitCode > EXIT_CODES.findings ? `${title}  exit code ${exitCode}` : describe(title, result));
      if (results === undefined) rmSync(result, { force: true });
    };
    await Promise.all(runs.map(flyOne));
    console.log(`${runs.length - failed} passed, ${failed} failed`);
    return worst;
  } finally {
    pool?.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** One assembly for each set of settings that the game days are about. */
async function synthesizeAll(
  gameDays: readonly GameDay[],
  { directory, appDirectory, context }: Pick<Sweep, 'appDirectory' | 'context'> & { readonly directory: string },
): Promise<ReadonlyMap<string, string>> {
  const assemblies = new Map<string, string>();
  for (const gameDay of gameDays) {
    const key = settingsOf(gameDay);
    if (assemblies.has(key)) continue;
    const outputDirectory = join(directory, `cdk.out-${assemblies.size}`);
    assemblies.set(key, outputDirectory);
    await synthesize({ appDirectory, outputDirectory, context: { ...gameDay.settings, ...context } });
  }
  return assemblies;
}

interface Run {
  readonly gameDay: GameDay;
  readonly seed: number;
}

const settingsOf = ({ settings }: GameDay): string => JSON.stringify(settings ?? {});

// Seed by seed, so that a sweep that is stopped early has seen every game day.
function runsOf(gameDays: readonly GameDay[], seeds: readonly number[]): Run[] {
  return seeds.flatMap((seed, index) =>
    gameDays
      .filter(({ sweepSeedsMax }) => gameDays.length === 1 || index < (sweepSeedsMax ?? Infinity))
      .map((gameDay) => ({ gameDay, seed })),
  );
}

function describe(title: string, file: string): string {
  const { verdict, recovery, orders, checks, trace, replay } = JSON.parse(readFileSync(file, 'utf8')) as GameDayResult;
  const { recoveryTime } = recovery;
  const parts = [
    title,
    verdict,
    ...(recoveryTime === undefined ? [] : [`RTO p99 ${recoveryTime.p99Seconds?.toFixed(1) ?? 'never'} s`]),
    `${orders.acknowledged} acknowledged`,
    `${orders.expired} expired`,
    `${orders.lost} lost`,
    trace.digest.slice(0, 12),
  ];
  const findings = checks.filter((check) => check.verdict === 'fail');
  const details = findings.map((check) => `\n    ${check.title}: ${check.measured} (${check.bar})`);
  return parts.join('  ') + details.join('') + (findings.length === 0 ? '' : `\n    ${replay}`);
}
