import { ALARMS } from '../../blueprint/alarms';
import { alarmName } from '../../blueprint/names';
import type { RegionRole } from '../game-day';
import type { Observations } from '../observations';
import type { AlarmLane } from '../result';
import { none, type Check } from './check';

export const expectedAlarmsFired: Check = {
  id: 'expected-alarms-fired',
  title: 'Every alarm that must fire fired in time',
  failureTitle: 'Alarms that must fire were late or silent',
  description: 'An alarm that stays silent on the day it was made for is worse than none: somebody relies on it.',
  judge: (observations) => {
    const mustFire = observations.gameDay.expectations.mustFire.filter(({ alarm }) => exists(observations, alarm));
    const faultSeconds = observations.gameDay.faults[0]?.fromSeconds ?? 0;
    const late = mustFire.flatMap((expected) => {
      const firedSeconds = firstAlarmSeconds(laneOf(observations, expected.region, expected.alarm), faultSeconds);
      if (firedSeconds !== undefined && firedSeconds - faultSeconds <= expected.withinSeconds) return [];
      const when =
        firedSeconds === undefined ? 'never fired' : `fired after ${Math.round(firedSeconds - faultSeconds)} s`;
      return [`${expected.alarm} in the ${expected.region} ${when}, asked for within ${expected.withinSeconds} s`];
    });
    return none(late, `of ${mustFire.length} expected alarms late or silent`);
  },
};

export const noOtherAlarmFired: Check = {
  id: 'no-other-alarm-fired',
  title: 'No other alarm fired',
  failureTitle: 'Alarms fired without cause',
  description: 'Every false alarm teaches the person on call to look away.',
  judge: (observations) => {
    const { mustFire, mayFire } = observations.gameDay.expectations;
    const expected = new Set(
      [...mustFire, ...mayFire].map(({ region, alarm }) =>
        laneKey(observations.regions[region], alarmName(observations.stage, alarm)),
      ),
    );
    const others = observations.record.alarms.filter((lane) => !expected.has(laneKey(lane.region, lane.alarmName)));
    const fired = others.flatMap((lane) =>
      lane.intervals
        // What fired and cleared before the start belongs to the settling in.
        .filter((interval) => interval.state === 'ALARM' && interval.toSeconds > 0)
        .map(
          (interval) =>
            `${lane.alarmName} in ${lane.region} at ${Math.round(interval.fromSeconds)} s: ${interval.reason}`,
        ),
    );
    return none(fired, `false alarms among ${others.length} alarms`);
  },
};

/** Whether the alarm is deployed under this routing at all. */
function exists({ routing }: Observations, alarm: string): boolean {
  const onlyUnder = ALARMS.find(({ id }) => id === alarm)?.onlyUnder;
  return onlyUnder === undefined || onlyUnder === routing;
}

function laneOf(observations: Observations, role: RegionRole, alarm: string): AlarmLane | undefined {
  const key = laneKey(observations.regions[role], alarmName(observations.stage, alarm));
  return observations.record.alarms.find((lane) => laneKey(lane.region, lane.alarmName) === key);
}

function firstAlarmSeconds(lane: AlarmLane | undefined, fromSeconds: number): number | undefined {
  return lane?.intervals.find((interval) => interval.state === 'ALARM' && interval.fromSeconds >= fromSeconds)
    ?.fromSeconds;
}

function laneKey(region: string, name: string): string {
  return `${region}/${name}`;
}
