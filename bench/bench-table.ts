import type { Figure, Unit } from './figure';
import { judgedValue, missedBars, type BenchResult } from './run-bench';

const DIGITS: Readonly<Record<Unit, number>> = { ms: 3, µs: 1, s: 2, MB: 1, KB: 1, 'events/s': 0, times: 2 };

/** The result as a table for a terminal. */
export function benchTable(result: BenchResult, command: string): string {
  const { node, processor, cores, loadAverage, rounds, figures } = result;
  const titleWidth = Math.max(...figures.map((figure) => figure.title.length));
  const lines = figures.map((figure) => row(figure, titleWidth));
  return [
    `${command}   (Node ${node}, ${cores} cores of ${processor}, load ${loadAverage.toFixed(1)} before the start)`,
    `Medians over ${rounds} processes and over the batches in each. Cold: the first 20 in a new process.`,
    'CPU is the processor time of the whole process and what a bar judges: other work on the machine stretches the wall clock.',
    '',
    `${''.padEnd(titleWidth)} ${'wall'.padStart(12)} ${'CPU'.padStart(12)}           bar`,
    ...lines,
    '',
    ...verdict(result),
  ].join('\n');
}

function row(figure: Figure, titleWidth: number): string {
  const { title, unit, value, cpu, barMax } = figure;
  const isSize = cpu === undefined;
  const columns = [
    title.padEnd(titleWidth),
    number(value, unit).padStart(12),
    (isSize ? '' : number(cpu, unit)).padStart(12),
  ];
  const bar = barMax === undefined ? '' : `at most ${barMax}  ${judgedValue(figure) > barMax ? 'MISSED' : 'ok'}`;
  return `${columns.join(' ')} ${unit.padEnd(9)} ${bar}`.trimEnd();
}

function number(value: number, unit: Unit): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: DIGITS[unit], maximumFractionDigits: DIGITS[unit] });
}

function verdict({ figures }: BenchResult): string[] {
  const missed = missedBars(figures);
  const judged = figures.filter((figure) => figure.barMax !== undefined);
  if (judged.length === 0) return ['No bar belongs to what was measured.'];
  if (missed.length === 0) return [`All ${judged.length} bars are met.`];
  const names = missed.map((figure) => {
    const { title, unit, barMax } = figure;
    return `Missed: ${title}: ${number(judgedValue(figure), unit)} ${unit}, at most ${barMax} ${unit}.`;
  });
  return [...names, ...yardstick(figures)];
}

function yardstick(figures: readonly Figure[]): string[] {
  const ratio = figures.find((figure) => figure.unit === 'times');
  if (ratio === undefined) return [];
  return [
    `The machine: a simulated SDK call takes ${number(judgedValue(ratio), 'times')} times what the SDK takes by itself. Near 1, the simulator is not what is slow.`,
  ];
}
