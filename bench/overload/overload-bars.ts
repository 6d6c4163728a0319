import type { OverloadFigures } from './overload-figures';
import { rowName, type OverloadRow, type OverloadVariant } from './overload-row';

/** What a row of the regulator must reach: the figures of the published model at this scale, less its noise. */
interface Bars {
  readonly total: number;
  readonly important: number;
}

/** By load, without and with the slow minute: total and the important class, as shares of the optimum. */
const BARS: Readonly<Record<number, readonly [calm: Bars, drop: Bars]>> = {
  1: [bars(0.99, 1), bars(0.9, 0.99)],
  2: [bars(0.97, 1), bars(0.93, 0.95)],
  5: [bars(0.97, 1), bars(0.93, 0.91)],
  10: [bars(0.98, 0.94), bars(0.95, 0.9)],
  20: [bars(0.98, 0.96), bars(0.95, 0.93)],
};
const TOLERANCE = 0.02;

const MISSED_MAX = 0.015;
const UTILISATION_MIN = 0.95;
const RECOVERY_SECONDS_MAX = 20;
/** The bar is one of means over three seeds. One order that fails in a window of seventy moves a single recovery by ten seconds. */
const RECOVERY_NOISE_SECONDS = { seedsMin: 3, seconds: 10 } as const;
const METASTABLE_RECOVERY_SECONDS_MAX = 25;
const OUTAGE_RECOVERY_SECONDS_MAX = 40;
const WASTED_CALLS_MAX = 40;
const SENSITIVE_TOTAL_MIN = { 'slow-loop': 0.85, 'capacity+30%': 0.92, 'capacity-30%': 0.82 } as const;
const CONTROL_WRITES_MAX = 50;

/** What spares the provider is switched off to see what it is worth. */
const isUnsparing = (variant: OverloadVariant | undefined): variant is 'no-breaker' | 'unspared' =>
  variant === 'no-breaker' || variant === 'unspared';

function bars(total: number, important: number): Bars {
  return { total, important };
}

const atLeast = (what: string, found: number, min: number): string[] =>
  found >= min ? [] : [`${what} ${found.toFixed(3)}, must be at least ${min.toFixed(3)}`];
const atMost = (what: string, found: number, max: number): string[] =>
  found <= max ? [] : [`${what} ${found.toFixed(3)}, must be at most ${max}`];

function barsOfRow({ load, hasDrop }: OverloadRow): Bars | undefined {
  return BARS[load]?.[hasDrop ? 1 : 0];
}

function missedByOne(row: OverloadRow, mean: Mean): string[] {
  const recovery = mean.recoverySeconds ?? Number.POSITIVE_INFINITY;
  if (row.hasOutage === true) {
    return [
      ...atMost('recovery after an outage, in seconds,', recovery, OUTAGE_RECOVERY_SECONDS_MAX),
      ...atMost('wasted calls', mean.wastedCalls, WASTED_CALLS_MAX),
    ];
  }
  if (row.load < 1)
    return atMost('recovery after a slow minute, in seconds,', recovery, METASTABLE_RECOVERY_SECONDS_MAX);
  if (row.variant !== undefined && !isUnsparing(row.variant)) {
    return atLeast('total', mean.total, SENSITIVE_TOTAL_MIN[row.variant]);
  }
  if (row.isShort === true) {
    // Most of what a clairvoyant gains in so short a time is the deadline's worth of work that is banked: no total.
    return [
      ...atLeast('important class', mean.important, 0.97),
      ...atLeast('utilisation', mean.utilisation, UTILISATION_MIN),
      ...atMost('missed deadlines', mean.missed, 2 * MISSED_MAX),
    ];
  }
  const bar = barsOfRow(row);
  if (bar === undefined) return [`there are no bars for a load of ${row.load}`];
  return [
    ...atLeast('total', mean.total, bar.total - TOLERANCE),
    ...atLeast('important class', mean.important, bar.important - TOLERANCE),
    ...atLeast('utilisation', mean.utilisation, UTILISATION_MIN),
    ...atMost('missed deadlines', mean.missed, MISSED_MAX),
    ...atMost('recovery, in seconds,', recovery, RECOVERY_SECONDS_MAX + recoveryNoiseSeconds(mean)),
    ...atMost('writes a second', mean.controlWritesPerSecond, CONTROL_WRITES_MAX),
  ];
}

interface Mean {
  readonly total: number;
  readonly important: number;
  readonly utilisation: number;
  readonly missed: number;
  readonly recoverySeconds: number | undefined;
  readonly seeds: number;
  readonly wastedCalls: number;
  readonly controlWritesPerSecond: number;
}

const recoveryNoiseSeconds = ({ seeds }: Mean): number =>
  seeds < RECOVERY_NOISE_SECONDS.seedsMin ? RECOVERY_NOISE_SECONDS.seconds : 0;

function meanOf(figures: readonly OverloadFigures[]): Mean {
  const mean = (of: (each: OverloadFigures) => number): number =>
    figures.reduce((sum, each) => sum + of(each), 0) / figures.length;
  const recoveries = figures.map(({ recoverySeconds }) => recoverySeconds ?? Number.POSITIVE_INFINITY);
  return {
    total: mean(({ total }) => total),
    important: mean(({ byClass }) => byClass[0] ?? 1),
    utilisation: mean(({ utilisation }) => utilisation),
    missed: mean(({ missed }) => missed),
    recoverySeconds: recoveries.reduce((sum, each) => sum + each, 0) / recoveries.length,
    seeds: figures.length,
    wastedCalls: mean(({ wastedCalls }) => wastedCalls),
    controlWritesPerSecond: mean(({ controlWritesPerSecond }) => controlWritesPerSecond),
  };
}

/** Rows that differ in nothing but their seed are judged by their mean. */
export function groupBySeed(figures: readonly OverloadFigures[]): OverloadFigures[][] {
  const groups = new Map<string, OverloadFigures[]>();
  for (const each of figures) {
    const name = rowName({ ...each.row, seed: 0 });
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups.values()];
}

/** Every bar that is missed, as a sentence that names the row. Baselines have no bars: they are what is beaten. */
export function missedOverloadBars(figures: readonly OverloadFigures[]): string[] {
  return groupBySeed(figures)
    .filter(([first]) => first!.row.policy === 'regulator' && !isUnsparing(first!.row.variant))
    .flatMap((group) => {
      const { row } = group[0]!;
      return missedByOne(row, meanOf(group)).map((sentence) => `${rowName({ ...row, seed: 0 })}: ${sentence}`);
    });
}
