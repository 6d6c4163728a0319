import { InvalidArgumentError, type Command } from 'commander';
import {
  benchTable,
  MEASUREMENT_NAMES,
  missedBars,
  runBench,
  USUAL_MEASUREMENTS,
  type MeasurementName,
} from '../../bench';
import { nearestName } from '../../blueprint/did-you-mean';
import { addBenchOverloadCommand } from './bench-overload';
import { EXIT_CODES } from './exit-codes';

interface BenchOptions {
  readonly json?: true;
  readonly check?: true;
  readonly rounds: number;
}

export function addBenchCommand(program: Command): void {
  const command = program
    .command('bench')
    .description('what an order, a call and a cold start cost, as medians over new processes')
    .argument(
      '[measurements...]',
      `some of ${MEASUREMENT_NAMES.join(', ')} (default: ${USUAL_MEASUREMENTS.join(', ')})`,
      collectNames,
    )
    .option('--json', 'print the figures for machines')
    .option('--check', 'exit with 1 when a bar is missed')
    .option('--rounds <n>', 'processes a measurement, from 1 to 99', parseRounds, 3)
    .action(bench);
  addBenchOverloadCommand(command);
}

async function bench(names: readonly MeasurementName[], options: BenchOptions): Promise<void> {
  const isTerminal = process.stderr.isTTY;
  const result = await runBench({
    names: names.length === 0 ? USUAL_MEASUREMENTS : names,
    rounds: options.rounds,
    ...(isTerminal ? { onProgress: (text: string) => void process.stderr.write(`\r${text}\u001B[K`) } : {}),
  });
  if (isTerminal) process.stderr.write('\r\u001B[K');
  const command = ['npm run bench', ...(names.length === 0 ? [] : ['--', ...names])].join(' ');
  console.log(options.json === true ? JSON.stringify({ command, ...result }, null, 2) : benchTable(result, command));
  if (options.check === true && missedBars(result.figures).length > 0) process.exitCode = EXIT_CODES.findings;
}

function collectNames(name: string, collected: readonly MeasurementName[] = []): readonly MeasurementName[] {
  const known = MEASUREMENT_NAMES.find((candidate) => candidate === name);
  if (known !== undefined) return [...collected, known];
  const nearest = nearestName(name, MEASUREMENT_NAMES);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new InvalidArgumentError(`Allowed: ${MEASUREMENT_NAMES.join(', ')}.${hint}`);
}

function parseRounds(text: string): number {
  if (!/^[1-9]\d?$/.test(text))
    throw new InvalidArgumentError('Allowed: a whole number from 1 to 99, such as --rounds 3.');
  return Number(text);
}
