import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { CAPACITY, type Stage } from '../../blueprint/capacity';
import { CATALOGUE } from '../../gamedays';
import {
  alarmReviewHtml,
  alarmReviewMarkdown,
  alarmReviewText,
  OWN_ALARMS,
  evidenceOf,
  evidenceOfProofs,
  PROOFS_FILE,
  readProofs,
  readResults,
  reviewAlarms,
  updateProofs,
  type AlarmReview,
} from '../../operations';
import { writeReport } from '../../report';
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
  const alarms = program.command('alarms').description('what wakes people, and why');
  alarms
    .command('prove')
    .description(`add to ${PROOFS_FILE} what results of game days prove of each alarm`)
    .requiredOption('--results <folder>', 'result documents of game days', parseResultsFolder)
    .action(prove);
  alarms
    .command('review')
    .description('every alarm on one page, with what is missing before it can be trusted')
    .addOption(new Option('--markdown', 'print the page as Markdown').conflicts(['json', 'html']))
    .addOption(new Option('--html', 'print the page for a browser').conflicts('json'))
    .option('--json', 'print the review for machines')
    .option('--strict', 'exit with 1 when there are findings')
    .addOption(new Option('--stage <stage>', 'whose thresholds').choices(Object.keys(CAPACITY)).default('sandbox'))
    .option(
      '--results <folder>',
      `result documents of game days, which prove what fires and clears (default: what ${PROOFS_FILE} keeps)`,
      parseResultsFolder,
    )
    .action(review);
}

async function prove({ results }: { readonly results: string }): Promise<void> {
  const file = join(PROJECT, PROOFS_FILE);
  const found = readResults(results);
  const madeBy = 'npm run -s tandem -- alarms prove --results out';
  await writeReport(file, `${JSON.stringify(updateProofs(readProofs(file), found, madeBy), null, 2)}\n`);
  console.log(`Read ${found.length} results and wrote ${PROOFS_FILE}.`);
}

function review(options: ReviewOptions): void {
  const evidence =
    options.results === undefined
      ? evidenceOfProofs(readProofs(join(PROJECT, PROOFS_FILE)))
      : evidenceOf(readResults(options.results));
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
