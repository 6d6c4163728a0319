import { InvalidArgumentError, type Command } from 'commander';
import {
  missedOverloadBars,
  OVERLOAD_PLAN_NAMES,
  overloadSheet,
  overloadTable,
  runOverload,
  type OverloadPlanName,
} from '../../bench';
import { nearestName } from '../../blueprint/did-you-mean';
import { chartSheetHtml, checkWritable, writeReport } from '../../report';
import { EXIT_CODES } from './exit-codes';
import { parseFile } from './option-parsers';

interface OverloadOptions {
  readonly plan: OverloadPlanName;
  readonly jobs: number;
  readonly only: string;
  readonly fresh?: true;
  readonly json?: true;
  readonly report?: string;
  readonly sheet?: string;
}

export function addBenchOverloadCommand(bench: Command): void {
  bench
    .command('overload')
    .description('the shipped functions under overload, as shares of the optimum; exits with 1 when a bar is missed')
    .option('--plan <name>', `one of ${OVERLOAD_PLAN_NAMES.join(', ')}`, parsePlan, 'table' as OverloadPlanName)
    .option('--only <text>', 'rows whose name contains the text, such as regulator_5x', '')
    .option('--jobs <n>', 'processes at a time, from 1 to 9', parseJobs, 2)
    .option('--fresh', 'fly again what was flown before with the same app')
    .option('--json', 'print the figures for machines')
    .option('--report <file>', 'write the charts as one HTML file', parseFile)
    .option('--sheet <file>', 'write what the charts are drawn from, as JSON', parseFile)
    .action(async (options: OverloadOptions) => {
      for (const file of [options.report, options.sheet]) if (file !== undefined) await checkWritable(file);
      const onProgress = (text: string): void => void process.stderr.write(`${text}\n`);
      const figures = await runOverload({
        ...options,
        isFresh: options.fresh === true,
        ...(process.stderr.isTTY ? { onProgress } : {}),
      });
      const missed = missedOverloadBars(figures);
      console.log(options.json === true ? JSON.stringify({ figures, missed }, null, 2) : overloadTable(figures));
      const command = `npm run -s bench -- overload --plan ${options.plan}${options.only === '' ? '' : ` --only ${options.only}`}`;
      const sheet = overloadSheet(figures, command);
      if (options.sheet !== undefined) await writeReport(options.sheet, `${JSON.stringify(sheet, null, 2)}\n`);
      if (options.report !== undefined) await writeReport(options.report, chartSheetHtml(sheet));
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
