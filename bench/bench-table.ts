import type { Figure, Unit } from './figure';
import { BARE_SDK_CALL_HOT } from './measurements/bare-sdk-call';
import { hasBar, judgedValue, meetsBar, missedBars, type BenchResult } from './run-bench';

const DIGITS: Readonly<Record<Unit, number>> = {
  ms: 3,
  µs: 1,
  s: 2,
  MB: 1,
  KB: 1,
  'events/s': 0,
  'orders/s': 0,
  times: 2,
  calls: 0,
};

/** The result as a table for a terminal. */
export function benchTable(result: BenchResult, command: string): string {
  const { node, processor, cores, loadAverage, rounds, figures } = result;
  const titleWidth = Math.max(...figures.map((figure) => figure.title.length));
  const lines = figures.map((figure) => row(figure, titleWidth));
  return [
    `${command}   (Node ${node}, ${cores} cores of ${processor}, load ${loadAverage.toFixed(1)} before the start)`,
    `Medians over the batches in a process and over new processes (${rounds}). Cold: the first 20 in a process.`,
    'CPU is the processor time of the whole process and what a bar judges: other work on the machine stretches the wall clock.',
    '',
    `${''.padEnd(titleWidth)} ${'wall'.padStart(12)} ${'CPU'.padStart(12)}           bar`,
    ...lines,
    '',
    ...verdict(result),
  ].join('\n');
}

function row(figure: Figure, titleWidth: number): string {
  const { title, unit, value, cpu } = figure;
  const isSize = cpu === undefined;
  const columns = [
    title.padEnd(titleWidth),
    number(value, unit).padStart(12),
    (isSize ? '' : number(cpu, unit)).padStart(12),
  ];
  const bar = hasBar(figure) ? `${barOf(figure)}  ${meetsBar(figure) ? 'ok' : 'MISSED'}` : '';
  return `${columns.join(' ')} ${unit.padEnd(9)} ${bar}`.trimEnd();
}

function barOf({ unit, barMax, barMin }: Figure): string {
  return barMax === undefined ? `at least ${barMin}` : `at most ${Number(barMax.toFixed(DIGITS[unit]))}`;
}

function number(value: number, unit: Unit): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: DIGITS[unit], maximumFractionDigits: DIGITS[unit] });
}

function verdict({ figures }: BenchResult): string[] {
  const missed = missedBars(figures);
  const judged = figures.filter(hasBar);
  if (judged.length === 0) return ['No bar belongs to what was measured.'];
  if (missed.length === 0) return [`All ${judged.length} bars are met.`];
  const names = missed.map((figure) => {
    const { title, unit } = figure;
    return `Missed: ${title}: ${number(judgedValue(figure), unit)} ${unit}, ${barOf(figure)} ${unit}.`;
  });
  return [...names, ...yardstick(figures)];
}

function yardstick(figures: readonly Figure[]): string[] {
  const bare = figures.find((figure) => figure.title === BARE_SDK_CALL_HOT);
  if (bare === undefined) return ['Measure bare-sdk-call too, to tell a slow machine from slow code.'];
  return [
    `The machine: one SDK call without the simulator takes ${number(judgedValue(bare), bare.unit)} ms here. Where it takes half, so does most of the above.`,
  ];
}
