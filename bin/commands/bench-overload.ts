import { InvalidArgumentError, type Command } from 'commander';
import {
  missedOverloadBars,
  OVERLOAD_PLAN_NAMES,
  overloadTable,
  runOverload,
  type OverloadPlanName,
} from '../../bench';
import { nearestName } from '../../blueprint/did-you-mean';
import { EXIT_CODES } from './exit-codes';

interface OverloadOptions {
  readonly plan: OverloadPlanName;
  readonly jobs: number;
  readonly only: string;
  readonly fresh?: true;
  readonly json?: true;
}

export function addBenchOverloadCommand(bench: Command): void {
  bench
    .command('overload')
    .description('the shipped functions under overload, as shares of the optimum; exits with 1 when a bar is missed')
    .option('--plan <name>', `one of ${OVERLOAD_PLAN_NAMES.join(', ')}`, parsePlan, 'whole' as OverloadPlanName)
    .option('--only <text>', 'rows whose name contains the text, such as regulator_5x', '')
    .option('--jobs <n>', 'processes at a time, from 1 to 9', parseJobs, 2)
    .option('--fresh', 'fly again what was flown before with the same app')
    .option('--json', 'print the figures for machines')
    .action(async (options: OverloadOptions) => {
      const onProgress = (text: string): void => void process.stderr.write(`${text}\n`);
      const figures = await runOverload({
        ...options,
        isFresh: options.fresh === true,
        ...(process.stderr.isTTY ? { onProgress } : {}),
      });
      const missed = missedOverloadBars(figures);
      console.log(options.json === true ? JSON.stringify({ figures, missed }, null, 2) : overloadTable(figures));
      if (figures.length === 0) console.log(`No row of the plan ${options.plan} has "${options.only}" in its name.`);
      for (const sentence of missed) console.error(`missed  ${sentence}`);
      if (missed.length > 0 || figures.length === 0) process.exitCode = EXIT_CODES.findings;
    });
}

function parsePlan(text: string): OverloadPlanName {
  const known = OVERLOAD_PLAN_NAMES.find((name) => name === text);
  if (known !== undefined) return known;
  const nearest = nearestName(text, OVERLOAD_PLAN_NAMES);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new InvalidArgumentError(`Allowed: ${OVERLOAD_PLAN_NAMES.join(', ')}.${hint}`);
}

function parseJobs(text: string): number {
  if (!/^[1-9]$/.test(text)) throw new InvalidArgumentError('Allowed: a whole number from 1 to 9, such as --jobs 2.');
  return Number(text);
}
