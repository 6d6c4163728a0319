import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize, type GameDay, type GameDayResult } from '../../gamedays';
import { EXIT_CODES } from './exit-codes';

export interface Sweep {
  readonly gameDay: GameDay;
  readonly seeds: readonly number[];
  readonly appDirectory: string;
  readonly context: Readonly<Record<string, string>>;
}

/** Flies one game day with every seed, as many at once as there are cores, and prints a line each. */
export async function sweep({ gameDay, seeds, appDirectory, context }: Sweep): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-sweep-'));
  try {
    const assembly = join(directory, 'cdk.out');
    await synthesize({ appDirectory, outputDirectory: assembly, context });
    const waiting = [...seeds];
    let failed = 0;
    let worst = 0;
    const work = async (): Promise<void> => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const json = join(directory, `${seed}.json`);
        const exitCode = await flyInProcess([
          gameDay.name,
          '--seed',
          String(seed),
          '--assembly',
          assembly,
          '--json',
          json,
          '--report',
          join(directory, 'report.html'),
          ...contextArguments(context),
        ]);
        if (exitCode !== EXIT_CODES.pass) failed++;
        worst = Math.max(worst, exitCode);
        console.log(exitCode > EXIT_CODES.findings ? `seed ${seed}: exit code ${exitCode}` : describe(seed, json));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    console.log(`${seeds.length - failed} passed, ${failed} failed`);
    return worst;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
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

function describe(seed: number, file: string): string {
  const { verdict, recovery, orders, checks, trace, replay } = JSON.parse(readFileSync(file, 'utf8')) as GameDayResult;
  const { recoveryTime } = recovery;
  const parts = [
    `seed ${String(seed).padStart(3)}`,
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
