import { convergenceSeconds, type OverloadFigures } from './overload-figures';
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
/** The important class, in seconds: the median when most is refused, and the slowest when only capacity is missing. */
const IMPORTANT_P50_SECONDS_MAX = 2.5;
const IMPORTANT_P99_SECONDS_MAX = 12;
const CONVERGENCE_SECONDS_MAX = 3;
/** Of callers that honour Retry-After, at twenty times the capacity. */
const ATTEMPTS_MAX = 2.5;
/** What it may matter to the total whether callers spread their repeats and honour Retry-After. */
const SENSITIVITY_MAX = 0.03;

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
  const promises = [
    ...atLeast('utilisation', mean.utilisation, UTILISATION_MIN),
    ...atMost('missed deadlines', mean.missed, MISSED_MAX),
    ...atMost('recovery, in seconds,', recovery, RECOVERY_SECONDS_MAX + recoveryNoiseSeconds(mean)),
    ...atMost('writes a second', mean.controlWritesPerSecond, CONTROL_WRITES_MAX),
  ];
  // The published model has callers that spread their repeats. What the others get is judged beside them.
  if (!row.hasJitter) return promises;
  const bar = barsOfRow(row);
  if (bar === undefined) return [`there are no bars for a load of ${row.load}`];
  return [
    ...atLeast('total', mean.total, bar.total - TOLERANCE),
    ...atLeast('important class', mean.important, bar.important - TOLERANCE),
    ...promises,
    ...missedInTime(row, mean),
  ];
}

function missedInTime({ load, hasDrop }: OverloadRow, mean: Mean): string[] {
  const converged = mean.convergenceSeconds ?? Number.POSITIVE_INFINITY;
  return [
    ...(load >= 10 ? atMost('median of the important class', mean.importantP50Seconds, IMPORTANT_P50_SECONDS_MAX) : []),
    ...(load === 1 && hasDrop
      ? atMost('99th percentile of the important class', mean.importantP99Seconds, IMPORTANT_P99_SECONDS_MAX)
      : []),
    ...(load > 1 ? atMost('convergence, in seconds,', converged, CONVERGENCE_SECONDS_MAX) : []),
    ...(load >= 20 ? atMost('attempts an order', mean.attemptsPerOrder, ATTEMPTS_MAX) : []),
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
  readonly importantP50Seconds: number;
  readonly importantP99Seconds: number;
  readonly attemptsPerOrder: number;
  readonly convergenceSeconds: number | undefined;
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
    importantP50Seconds: mean(({ latencyP0 }) => latencyP0.p50),
    importantP99Seconds: mean(({ latencyP0 }) => latencyP0.p99),
    attemptsPerOrder: mean(({ attemptsPerOrder }) => attemptsPerOrder),
    convergenceSeconds: convergenceOf(figures),
  };
}

/** Of the mean of the flights: one alone admits by chance a third more or less in some window. */
export function convergenceOf(figures: readonly OverloadFigures[]): number | undefined {
  const [first] = figures;
  const bySecond = first!.admittedBySecond.map(
    (_, second) => figures.reduce((sum, { admittedBySecond }) => sum + admittedBySecond[second]!, 0) / figures.length,
  );
  return convergenceSeconds(first!.row, bySecond);
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

/**
 * Whether anybody who does not spread repeats changes what all get. Only flights of the same seed are compared: they see the
 * same orders, and what chance does to a seed is as large as the bar.
 */
function missedBySensitivity(groups: readonly OverloadFigures[][]): string[] {
  const spread = new Map(groups.flat().map((figures) => [rowName(figures.row), figures]));
  return groups.flatMap((group) => {
    const { row } = group[0]!;
    if (row.hasJitter) return [];
    const pairs = group.flatMap((figures) => {
      const other = spread.get(rowName({ ...figures.row, hasJitter: true }));
      return other === undefined ? [] : [{ figures, other }];
    });
    if (pairs.length === 0) return [];
    const total = (of: (pair: (typeof pairs)[number]) => OverloadFigures): number => meanOf(pairs.map(of)).total;
    const difference = Math.abs(total(({ other }) => other) - total(({ figures }) => figures));
    return atMost('difference in total to callers with jitter', difference, SENSITIVITY_MAX).map(
      (sentence) => `${rowName({ ...row, seed: 0 })}: ${sentence}`,
    );
  });
}

/** Every bar that is missed, as a sentence that names the row. Baselines have no bars: they are what is beaten. */
export function missedOverloadBars(figures: readonly OverloadFigures[]): string[] {
  const groups = groupBySeed(figures).filter(
    ([first]) => first!.row.policy === 'regulator' && !isUnsparing(first!.row.variant),
  );
  const missed = groups.flatMap((group) => {
    const { row } = group[0]!;
    return missedByOne(row, meanOf(group)).map((sentence) => `${rowName({ ...row, seed: 0 })}: ${sentence}`);
  });
  return [...missed, ...missedBySensitivity(groups)];
}
