import type { CheckResult, GameDayResult } from '../gamedays/result';
import { chartsOf } from './charts';
import { IncomparableResultsError } from './errors';
import { knownResult } from './known-result';
import { amount, count, duration } from './quantities';
import { storyOf, type FiredAlarm } from './story';

/** What is different between two runs of one game day. Whatever is equal is left out. */
export interface ResultComparison {
  readonly before: GameDayResult;
  readonly after: GameDayResult;
  /** Whether the traces are equal: then everything is. */
  readonly isSameRun: boolean;
  /** Checks that fail now and did not before. */
  readonly worse: readonly ChangedCheck[];
  readonly better: readonly ChangedCheck[];
  /** Checks with the same verdict and another figure. */
  readonly measuredOtherwise: readonly ChangedCheck[];
  readonly parameters: readonly Change[];
  readonly recovery: readonly Change[];
  readonly orders: readonly Change[];
  /** Means of what callers saw, while the faults lasted, or over the whole day where there were none. */
  readonly requests: readonly Change[];
  readonly alarms: readonly Change[];
}

export interface Change {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export interface ChangedCheck {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/**
 * @throws UnknownResultError for a document that is no result of a known version; IncomparableResultsError for results of
 *   two game days, or of two versions of one
 */
export function compareResults(first: unknown, second: unknown): ResultComparison {
  const before = knownResult(first);
  const after = knownResult(second);
  refuseOtherDay(before, after);
  const checks = changedChecks(before.checks, after.checks);
  return {
    before,
    after,
    isSameRun: before.trace.digest === after.trace.digest,
    ...checks,
    parameters: changes(before.parameters, after.parameters, String),
    recovery: changes(recoveryFigures(before), recoveryFigures(after), String),
    orders: changes({ ...before.orders }, { ...after.orders }, count),
    requests: changes(requestFigures(before), requestFigures(after), String),
    alarms: changes(alarmFigures(before), alarmFigures(after), String, 'silent'),
  };
}

function refuseOtherDay(before: GameDayResult, after: GameDayResult): void {
  if (before.gameDay.name !== after.gameDay.name) {
    throw new IncomparableResultsError(
      `These are results of two game days, ${before.gameDay.name} and ${after.gameDay.name}. Compare two results of one.`,
    );
  }
  const shapeOf = ({ gameDay, faults }: GameDayResult): Record<string, string> => ({
    duration: `${gameDay.durationSeconds} s`,
    faults: faults.map((fault) => `${fault.name} ${fault.fromSeconds}–${fault.toSeconds} s`).join(', ') || 'none',
  });
  const [other] = changes(shapeOf(before), shapeOf(after), String);
  if (other === undefined) return;
  throw new IncomparableResultsError(
    `These are results of two versions of ${before.gameDay.name}: its ${other.what} changed from ${other.before} to ${other.after}. Fly the older one again.`,
  );
}

function changedChecks(
  before: readonly CheckResult[],
  after: readonly CheckResult[],
): Pick<ResultComparison, 'worse' | 'better' | 'measuredOtherwise'> {
  const worse: ChangedCheck[] = [];
  const better: ChangedCheck[] = [];
  const measuredOtherwise: ChangedCheck[] = [];
  const earlier = new Map(before.map((check) => [check.id, check]));
  for (const check of after) {
    const was = earlier.get(check.id);
    const change = { title: check.title, before: was?.measured ?? 'not asked', after: check.measured };
    if (check.verdict === 'fail' && was?.verdict !== 'fail') worse.push(change);
    else if (check.verdict === 'pass' && was?.verdict === 'fail') better.push(change);
    else if (was?.measured !== check.measured) measuredOtherwise.push(change);
  }
  const asked = new Set(after.map(({ id }) => id));
  for (const { id, title, measured } of before) {
    if (!asked.has(id)) measuredOtherwise.push({ title, before: measured, after: 'not asked' });
  }
  return { worse, better, measuredOtherwise };
}

function recoveryFigures({ recovery: { recoveryTime, recoveryPoint } }: GameDayResult): Record<string, string> {
  return {
    ...(recoveryTime && {
      'RTO p50': duration(recoveryTime.p50Seconds),
      'RTO p99': duration(recoveryTime.p99Seconds),
      'RTO max': duration(recoveryTime.maxSeconds),
    }),
    ...(recoveryPoint && { RPO: `${recoveryPoint.orders} orders, ${duration(recoveryPoint.oldestAgeSeconds)}` }),
  };
}

function requestFigures(result: GameDayResult): Record<string, string> {
  const ofCallers = chartsOf(result).filter(({ title }) => title === 'Requests' || title === 'Latency');
  return Object.fromEntries(
    ofCallers.flatMap(({ unit, lines }) =>
      lines.map(({ name, region, figures, points }) => [
        region === undefined ? name : `${name}, ${region}`,
        amount(figures.during ?? meanOf(points), unit),
      ]),
    ),
  );
}

function meanOf(points: readonly (readonly [number, number | null])[]): number | null {
  const values = points.flatMap(([, value]) => value ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function alarmFigures(result: GameDayResult): Record<string, string> {
  return Object.fromEntries(
    storyOf(result).firedAlarms.map((fired) => [`${fired.lane.alarmName}, ${fired.lane.region}`, alarmFigure(fired)]),
  );
}

function alarmFigure({ interval, delaySeconds, clearedSeconds }: FiredAlarm): string {
  const fired =
    delaySeconds === undefined
      ? `at ${duration(Math.round(interval.fromSeconds))}`
      : `after ${duration(Math.round(delaySeconds))}`;
  return clearedSeconds === undefined
    ? `${fired}, to the end`
    : `${fired}, for ${duration(Math.round(clearedSeconds - interval.fromSeconds))}`;
}

/** What differs between two tables of figures, in the order of the first and then of what only the second has. */
function changes<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  show: (value: T) => string,
  missing = 'none',
): Change[] {
  const shown = (value: T | undefined): string => (value === undefined ? missing : show(value));
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((what) => ({ what, before: shown(before[what]), after: shown(after[what]) }))
    .filter((change) => change.before !== change.after);
}
