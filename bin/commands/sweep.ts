import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize, type GameDay, type GameDayResult } from '../../gamedays';
import { EXIT_CODES } from './exit-codes';

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
  try {
    const assemblies = await synthesizeAll(gameDays, { directory, appDirectory, context });
    const waiting = runsOf(gameDays, seeds);
    const runs = waiting.length;
    const nameWidth = Math.max(...gameDays.map(({ name }) => name.length));
    let failed = 0;
    let worst = 0;
    const work = async (): Promise<void> => {
      for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
        const { gameDay, seed } = run;
        const json = join(results ?? directory, `${gameDay.name}-${seed}.json`);
        const report = join(directory, `${gameDay.name}-${seed}.html`);
        const exitCode = await flyInProcess([
          gameDay.name,
          '--seed',
          String(seed),
          '--assembly',
          assemblies.get(settingsOf(gameDay))!,
          '--json',
          json,
          '--report',
          report,
          '--no-counterpart',
          ...contextArguments(context),
        ]);
        if (exitCode !== EXIT_CODES.pass) failed++;
        worst = Math.max(worst, exitCode);
        const title = `${gameDay.name.padEnd(nameWidth)}  seed ${String(seed).padStart(3)}`;
        console.log(exitCode > EXIT_CODES.findings ? `${title}  exit code ${exitCode}` : describe(title, json));
        if (results === undefined) rmSync(json, { force: true });
        rmSync(report, { force: true });
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    console.log(`${runs - failed} passed, ${failed} failed`);
    return worst;
  } finally {
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

const settingsOf = ({ settings }: GameDay): string => JSON.stringify(settings ?? {});

// Seed by seed, so that a sweep that is stopped early has seen every game day.
function runsOf(gameDays: readonly GameDay[], seeds: readonly number[]): { gameDay: GameDay; seed: number }[] {
  return seeds.flatMap((seed, index) =>
    gameDays
      .filter(({ sweepSeedsMax }) => gameDays.length === 1 || index < (sweepSeedsMax ?? Infinity))
      .map((gameDay) => ({ gameDay, seed })),
  );
}

function contextArguments(context: Readonly<Record<string, string>>): string[] {
  return Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

// A process of its own for each seed: the runs share nothing, and a defect of one cannot reach another.
function flyInProcess(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, 'gameday', 'run', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? EXIT_CODES.unexpected));
  });
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
