import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { ALARMS } from '../../blueprint/alarms';
import { CATALOGUE } from '../../gamedays';
import { alarmReviewMarkdown, alarmReviewText, reviewAlarms, type AlarmReview } from '../../operations';
import { EXIT_CODES } from './exit-codes';

interface ReviewOptions {
  readonly markdown?: true;
  readonly json?: true;
  readonly strict?: true;
}

export function addAlarmsCommands(program: Command): void {
  program
    .command('alarms')
    .description('what wakes people, and why')
    .command('review')
    .description('every alarm on one page, with what is missing before it can be trusted')
    .addOption(new Option('--markdown', 'print the page as Markdown').conflicts('json'))
    .option('--json', 'print the review for machines')
    .option('--strict', 'exit with 1 when there are findings')
    .action(review);
}

function review(options: ReviewOptions): void {
  const result = reviewAlarms({
    alarms: ALARMS,
    mustFire: new Map(
      CATALOGUE.map(({ name, expectations }) => [name, new Set(expectations.mustFire.map(({ alarm }) => alarm))]),
    ),
    projectDirectory: resolve(__dirname, '../..'),
  });
  process.stdout.write(render(result, options));
  if (options.strict === true && result.findings.length > 0) process.exitCode = EXIT_CODES.findings;
}

function render(result: AlarmReview, { markdown, json }: ReviewOptions): string {
  if (json === true) return `${JSON.stringify(result, null, 2)}\n`;
  return markdown === true ? alarmReviewMarkdown(result) : alarmReviewText(result);
}
