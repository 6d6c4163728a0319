import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { CAPACITY, type Stage } from '../../blueprint/capacity';
import { CATALOGUE } from '../../gamedays';
import {
  alarmReviewHtml,
  alarmReviewMarkdown,
  alarmReviewText,
  OWN_ALARMS,
  readEvidence,
  reviewAlarms,
  type AlarmReview,
} from '../../operations';
import { EXIT_CODES } from './exit-codes';
import { parseResultsFolder } from './option-parsers';

const PROJECT = resolve(__dirname, '../..');

interface ReviewOptions {
  readonly markdown?: true;
  readonly html?: true;
  readonly json?: true;
  readonly strict?: true;
  readonly stage: Stage;
  readonly results?: string;
}

export function addAlarmsCommands(program: Command): void {
  program
    .command('alarms')
    .description('what wakes people, and why')
    .command('review')
    .description('every alarm on one page, with what is missing before it can be trusted')
    .addOption(new Option('--markdown', 'print the page as Markdown').conflicts(['json', 'html']))
    .addOption(new Option('--html', 'print the page for a browser').conflicts('json'))
    .option('--json', 'print the review for machines')
    .option('--strict', 'exit with 1 when there are findings')
    .addOption(new Option('--stage <stage>', 'whose thresholds').choices(Object.keys(CAPACITY)).default('sandbox'))
    .option(
      '--results <folder>',
      'result documents of game days, which prove what fires and clears (default: out/ when it is there)',
      parseResultsFolder,
    )
    .action(review);
}

function review(options: ReviewOptions): void {
  const results = options.results ?? (existsSync(join(PROJECT, 'out')) ? join(PROJECT, 'out') : undefined);
  const evidence = results === undefined ? undefined : readEvidence(results);
  const result = reviewAlarms({
    ...OWN_ALARMS,
    stage: options.stage,
    mustFire: new Map(
      CATALOGUE.map(({ name, expectations }) => [name, new Set(expectations.mustFire.map(({ alarm }) => alarm))]),
    ),
    projectDirectory: PROJECT,
    // A folder without a single result proves nothing and disproves nothing.
    ...(evidence === undefined || evidence.resultsRead === 0 ? {} : { evidence }),
  });
  process.stdout.write(render(result, options));
  if (options.strict === true && result.findings.length > 0) process.exitCode = EXIT_CODES.findings;
}

function render(result: AlarmReview, { markdown, html, json }: ReviewOptions): string {
  if (json === true) return `${JSON.stringify(result, null, 2)}\n`;
  if (html === true) return alarmReviewHtml(result);
  return markdown === true ? alarmReviewMarkdown(result) : alarmReviewText(result);
}
