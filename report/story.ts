import {
  isSettlingIn,
  type AlarmInterval,
  type AlarmLane,
  type CheckResult,
  type FaultBand,
  type GameDayResult,
  type TimelineEntry,
} from '../gamedays/result';

export type RegionRole = 'primary' | 'standby' | 'witness' | 'none';

/** What a reader wants to know and the result only implies. Derived, never measured anew. */
export interface Story {
  /** Where every time axis ends: the end of the run, convergence included. */
  readonly endSeconds: number;
  readonly failedChecks: readonly CheckResult[];
  /** Each alarm that was in ALARM at some time, by its first time, with how long that took. */
  readonly firedAlarms: readonly FiredAlarm[];
  readonly quietAlarms: readonly AlarmLane[];
  /** The first alarm that fired at or after the first fault; without a fault, the first that fired. */
  readonly firstAlarm: FiredAlarm | undefined;
  /** The timeline in order, faults and healing included. */
  readonly timeline: readonly TimelineEntry[];
  /** Orders that were begun and got no final answer in time. */
  readonly unanswered: number;
}

export interface FiredAlarm {
  readonly lane: AlarmLane;
  readonly interval: AlarmInterval;
  /** Since the latest fault that had begun by then. Undefined when none had. */
  readonly delaySeconds: number | undefined;
  /** When it was first in another state again. Undefined when it was in ALARM to the end. */
  readonly clearedSeconds: number | undefined;
}

export function storyOf(result: GameDayResult): Story {
  const endSeconds = endOf(result);
  const firedAlarms = result.alarms
    .flatMap((lane) => firedAlarm(lane, result.faults, endSeconds) ?? [])
    .sort((left, right) => left.interval.fromSeconds - right.interval.fromSeconds);
  const firstFaultSeconds = Math.min(...result.faults.map((fault) => fault.fromSeconds));
  return {
    endSeconds,
    failedChecks: result.checks.filter((check) => check.verdict === 'fail'),
    firedAlarms,
    quietAlarms: result.alarms.filter((lane) => !firedAlarms.some((fired) => fired.lane === lane)),
    firstAlarm:
      result.faults.length === 0
        ? firedAlarms[0]
        : firedAlarms.find((fired) => fired.interval.fromSeconds >= firstFaultSeconds),
    timeline: fullTimeline(result),
    unanswered: result.orders.offered - result.orders.acknowledged - result.orders.refused,
  };
}

/** Which of the result's regions this is; `none` for another region, and for what belongs to no region. */
export function roleOf(regions: GameDayResult['regions'], region: string | undefined): RegionRole {
  if (region === regions.primary) return 'primary';
  if (region === regions.standby) return 'standby';
  return region === regions.witness ? 'witness' : 'none';
}

/** `us-east-1 (primary)`; a region without a role by its name alone, nothing for none. */
export function regionTitle(regions: GameDayResult['regions'], region: string | undefined): string {
  const role = roleOf(regions, region);
  return region === undefined ? '' : role === 'none' ? region : `${region} (${role})`;
}

function firedAlarm(lane: AlarmLane, faults: readonly FaultBand[], endSeconds: number): FiredAlarm | undefined {
  const index = lane.intervals.findIndex((interval) => interval.state === 'ALARM' && !isSettlingIn(interval));
  const interval = lane.intervals[index];
  if (interval === undefined) return undefined;
  const begun = faults.map((fault) => fault.fromSeconds).filter((fromSeconds) => fromSeconds <= interval.fromSeconds);
  return {
    lane,
    interval,
    delaySeconds: begun.length === 0 ? undefined : interval.fromSeconds - Math.max(...begun),
    clearedSeconds: interval.toSeconds < endSeconds ? interval.toSeconds : undefined,
  };
}

function endOf({ gameDay, faults, alarms, series, timeline }: GameDayResult): number {
  let endSeconds = gameDay.durationSeconds;
  const reach = (seconds: number): void => {
    endSeconds = Math.max(endSeconds, seconds);
  };
  for (const fault of faults) reach(fault.toSeconds);
  for (const entry of timeline) reach(entry.atSeconds);
  for (const lane of alarms) for (const interval of lane.intervals) reach(interval.toSeconds);
  for (const { points } of series) for (const [seconds] of points) reach(seconds);
  return endSeconds;
}

// A target may have written its faults into the timeline; the bands know them in any case.
function fullTimeline({ timeline, faults }: GameDayResult): TimelineEntry[] {
  const hasFaults = timeline.some((entry) => entry.kind === 'fault' || entry.kind === 'heal');
  const fromBands = faults.flatMap((fault): TimelineEntry[] => {
    const region = fault.region === undefined ? {} : { region: fault.region };
    return [
      { atSeconds: fault.fromSeconds, kind: 'fault', text: fault.title, ...region },
      { atSeconds: fault.toSeconds, kind: 'heal', text: `Over: ${fault.title}`, ...region },
    ];
  });
  return [...(hasFaults ? [] : fromBands), ...timeline].sort((left, right) => left.atSeconds - right.atSeconds);
}
