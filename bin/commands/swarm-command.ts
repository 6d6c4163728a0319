import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { GameDayUsageError, prepareFlight } from '../../gamedays';
import { drawSwarmRun, flySwarmRun, replayOf, withFaults } from '../../gamedays/swarm';
import { htmlReport, terminalReport, writeReport } from '../../report';
import { EXIT_CODES } from './exit-codes';
import { parseSeed, SEED_MAX } from './option-parsers';
import { flySwarm } from './swarm';
import { parseFaultNumbers, parseOrders, parseRuns } from './swarm-options';

const APP_DIRECTORY = resolve(__dirname, '../..');

interface SwarmOptions {
  readonly runs: number;
  readonly seed: number;
  readonly orders: number;
  readonly runSeed?: number;
  readonly faults?: readonly number[];
}

export function addSwarmCommand(gameday: Command): void {
  gameday
    .command('swarm')
    .description('many small game days, each drawn from its seed, that ask for what must always hold')
    .option('--runs <n>', 'how many', parseRuns, 100)
    .option('--seed <n>', `a whole number from 0 to ${SEED_MAX}`, parseSeed, 1)
    .option('--orders <n>', 'about so many orders a run', parseOrders, 200)
    .option('--run-seed <n>', 'fly one run alone, as a failure names it', parseSeed)
    .option('--faults <numbers>', 'with --run-seed: only these of its faults, such as 0,2, or none', parseFaultNumbers)
    .action(async (options: SwarmOptions) => {
      if (options.faults !== undefined && options.runSeed === undefined) {
        throw new GameDayUsageError(
          'The option --faults chooses among the faults of one run: name it with --run-seed.',
        );
      }
      process.exitCode =
        options.runSeed === undefined
          ? await flySwarm({ ...options, appDirectory: APP_DIRECTORY })
          : await flyOne(options.runSeed, options);
    });
}

async function flyOne(seed: number, { orders, faults }: SwarmOptions): Promise<number> {
  const drawn = drawSwarmRun(seed, orders);
  const unknown = faults?.find((index) => index >= drawn.faults.length);
  if (unknown !== undefined) {
    throw new GameDayUsageError(
      `Run ${seed} with ${orders} orders has no fault ${unknown}. Allowed: ${[...drawn.faults.keys()].join(', ') || 'none'}.`,
    );
  }
  const run = faults === undefined ? drawn : withFaults(drawn, faults);
  for (const [index, fault] of run.faults.entries())
    console.log(`${faults?.[index] ?? index}: ${JSON.stringify(fault)}`);
  const plan = await prepareFlight(APP_DIRECTORY, run.context);
  const result = await flySwarmRun(run, plan, replayOf(seed, orders, faults));
  mkdirSync('out', { recursive: true });
  const report = join('out', `swarm-${seed}.html`);
  await writeReport(report, htmlReport(result));
  console.log(terminalReport(result, { isColoured: process.stdout.isTTY }));
  console.log(`Report: ${resolve(report)}`);
  return result.verdict === 'pass' ? EXIT_CODES.pass : EXIT_CODES.findings;
}
