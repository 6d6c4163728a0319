import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { nearestName } from '../../blueprint/did-you-mean';
import {
  CATALOGUE,
  configuredDay,
  fly,
  flightParameters,
  GameDayUsageError,
  prepareFlight,
  stopConditionsOf,
  toBand,
  type FlightPlan,
  type GameDay,
} from '../../gamedays';
import { checkWritable, htmlReport, terminalReport, writeReport, type WatchedRun } from '../../report';
import { EXIT_CODES } from './exit-codes';
import { addCompareCommand } from './gameday-compare';
import {
  collectContext,
  parseAssemblyFolder,
  parseFile,
  parseFolder,
  parseSeed,
  parseSeedRange,
  SEED_MAX,
} from './option-parsers';
import { createProgress } from './progress';
import { replayCommand } from './replay';
import { createWatch } from './watch';
import { addSwarmCommand } from './swarm-command';
import { sweep, type Sweep } from './sweep';

const APP_DIRECTORY = resolve(__dirname, '../..');

interface RunOptions {
  readonly seed: number;
  readonly json?: string;
  readonly report?: string;
  readonly trace?: string;
  readonly assembly?: string;
  readonly watch?: true;
  readonly counterpart: boolean;
  readonly context: Record<string, string>;
}

export function addGameDayCommands(program: Command): void {
  const gameday = program.command('gameday').description('drills: what is believed, what is done, what must be seen');
  gameday.command('list').description('every game day with its hypothesis').action(list);
  const nameArgument = ['<name>', `one of ${CATALOGUE.map(({ name }) => name).join(', ')}`] as const;
  const seedOption = ['--seed <n>', `a whole number from 0 to ${SEED_MAX}`, parseSeed, 1] as const;
  const contextOption = [
    '-c, --context <key=value>',
    'a context value that wins over cdk.json',
    collectContext,
    {},
  ] as const;
  gameday
    .command('run')
    .argument(...nameArgument)
    .description('fly a game day in the embedded cloud')
    .option(...seedOption)
    .option('--json <file>', 'write the result document', parseFile)
    .option('--report <file>', 'write the report (default: out/<name>-<seed>.html)', parseFile)
    .option('--trace <file>', 'write every line of the trace', parseFile)
    .option('--no-counterpart', 'do not fly what the day would be without what it shows')
    .option('--watch', 'show how far it is, how fast, and the lanes of the alarms while it flies')
    .option('--assembly <directory>', 'fly this cloud assembly instead of synthesizing', parseAssemblyFolder)
    .option(...contextOption)
    .action(run);
  gameday
    .command('sweep')
    .argument('[names...]', `any of ${CATALOGUE.map(({ name }) => name).join(', ')}; none means all`)
    .description('fly game days with many seeds, one process a core')
    .requiredOption('--seeds <from..to>', 'the first and the last seed, such as 1..50', parseSeedRange)
    .option('--results <folder>', 'keep the result document of every run in this folder', parseFolder)
    .option(...contextOption)
    .action(async (names: string[], options: Pick<Sweep, 'seeds' | 'context' | 'results'>) => {
      const gameDays = names.length === 0 ? CATALOGUE : names.map(find);
      process.exitCode = await sweep({ gameDays, appDirectory: APP_DIRECTORY, ...options });
    });
  addCompareCommand(gameday);
  addSwarmCommand(gameday);
}

function list(): void {
  for (const gameDay of CATALOGUE) {
    const { name, title, hypothesis, blastRadius, withAutomation } = gameDay;
    const stops = stopConditionsOf(gameDay).map(({ sentence }) => `  Called off when ${sentence}.`);
    const automated = withAutomation === undefined ? [] : [`  With automation: ${withAutomation.hypothesis}`];
    const lines = [name, `  ${title}`, `  ${hypothesis}`, ...automated, `  Hurts: ${blastRadius}`, ...stops, ''];
    console.log(lines.join('\n'));
  }
}

async function run(name: string, options: RunOptions): Promise<void> {
  const asWritten = find(name);
  const report = options.report ?? join('out', `${name}-${options.seed}.html`);
  // What cannot be written is better known before the flight than after it.
  if (options.report === undefined) mkdirSync(dirname(report), { recursive: true });
  for (const file of [options.json, report, options.trace]) if (file !== undefined) await checkWritable(file);
  const replay = replayCommand(name, options.seed, options.context);
  const plan = await prepareFlight(APP_DIRECTORY, { ...asWritten.settings, ...options.context }, options.assembly);
  const gameDay = configuredDay(asWritten, plan.configuration);
  const parameters = Object.entries(flightParameters({ gameDay, ...plan })).map(([key, value]) => `${key}=${value}`);
  console.log(`${gameDay.name}: seed=${options.seed} ${parameters.join(' ')}`);
  const trace = options.trace === undefined ? undefined : createWriteStream(options.trace);
  const result = await fly({
    ...plan,
    gameDay,
    seed: options.seed,
    replay,
    withCounterpart: options.counterpart,
    onProgress: options.watch === true ? createWatch(watchedRun(gameDay, plan)) : createProgress(gameDay.name),
    ...(trace === undefined ? {} : { debugging: { traceSink: (line: string) => void trace.write(line) } }),
  });
  trace?.end();
  if (options.json !== undefined) await writeReport(options.json, `${JSON.stringify(result, null, 2)}\n`);
  await writeReport(report, htmlReport(result));
  console.log(terminalReport(result, { isColoured: process.stdout.isTTY }));
  console.log(`Report: ${resolve(report)}`);
  process.exitCode = result.verdict === 'pass' ? EXIT_CODES.pass : EXIT_CODES.findings;
}

function watchedRun({ name, durationSeconds, faults }: GameDay, { configuration }: FlightPlan): WatchedRun {
  const { primaryRegion: primary, standbyRegion: standby, witnessRegion: witness } = configuration;
  return { name, durationSeconds, faults: faults.map((step) => toBand(step, { primary, standby, witness })) };
}

function find(name: string): GameDay {
  const gameDay = CATALOGUE.find((candidate) => candidate.name === name);
  if (gameDay !== undefined) return gameDay;
  const names = CATALOGUE.map((candidate) => candidate.name);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new GameDayUsageError(`Unknown game day "${name}". Allowed: ${names.join(', ')}.${hint}`);
}
