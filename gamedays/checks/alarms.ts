import {
  ALARMS,
  COMPOSITE_ALARMS,
  isAlarmOf,
  type AlarmDefinition,
  type CompositeDefinition,
} from '../../blueprint/alarms';
import { alarmName } from '../../blueprint/names';
import type { AlarmRole, ExpectedAlarm } from '../game-day';
import type { Observations } from '../observations';
import { isSettlingIn, type AlarmInterval, type AlarmLane } from '../result';
import { alarmRegion, expectedLanes, laneKey } from '../stop-conditions';
import { none, type Check } from './check';

export const expectedAlarmsFired: Check = {
  id: 'expected-alarms-fired',
  title: 'Every alarm that must fire fired in time',
  failureTitle: 'Alarms that must fire were late or silent',
  description: 'An alarm that stays silent on the day it was made for is worse than none: somebody relies on it.',
  judge: (observations) => {
    const mustFire = observations.gameDay.expectations.mustFire.filter((expected) => exists(observations, expected));
    const faultSeconds = firstFaultSeconds(observations);
    const late = mustFire.flatMap((expected) => {
      const firedSeconds = intervalsSinceFired(observations, expected.region, expected.alarm)[0]?.fromSeconds;
      if (firedSeconds !== undefined && firedSeconds - faultSeconds <= expected.withinSeconds) return [];
      const when =
        firedSeconds === undefined ? 'never fired' : `fired after ${Math.round(firedSeconds - faultSeconds)} s`;
      return [`${expected.alarm} in the ${expected.region} ${when}, asked for within ${expected.withinSeconds} s`];
    });
    return none(late, `of ${mustFire.length} expected alarms late or silent`);
  },
};

export const expectedAlarmsCleared: Check = {
  id: 'expected-alarms-cleared',
  title: 'Every alarm that this day is to prove cleared again',
  failureTitle: 'Alarms stayed in ALARM after their cause was gone',
  description:
    'An alarm that does not clear cannot fire a second time: the next trouble of its kind is told to nobody.',
  judge: (observations) => {
    const { name, expectations } = observations.gameDay;
    const proven = expectations.mustFire.filter(({ alarm }) => definitionOf(alarm)?.gameDay === name);
    const present = proven.filter((expected) => exists(observations, expected));
    const stuck = present.flatMap(({ region, alarm }) => {
      const intervals = intervalsSinceFired(observations, region, alarm);
      if (intervals.some(({ state }) => state === 'OK')) return [];
      return [`${alarm} in the ${region} ${intervals.length === 0 ? 'never fired' : 'never went back to OK'}`];
    });
    return none(stuck, `of ${present.length} alarms that this day proves did not clear`);
  },
};

export const noOtherAlarmFired: Check = {
  id: 'no-other-alarm-fired',
  title: 'No other alarm fired',
  failureTitle: 'Alarms fired without cause',
  description: 'Every false alarm teaches the person on call to look away.',
  judge: (observations) => {
    const expected = expectedLanes(observations.gameDay.expectations, observations);
    const others = observations.record.alarms.filter((lane) => !expected.has(laneKey(lane.region, lane.alarmName)));
    const fired = others.flatMap((lane) =>
      lane.intervals
        .filter((interval) => interval.state === 'ALARM' && !isSettlingIn(interval))
        .map(
          (interval) =>
            `${lane.alarmName} in ${lane.region} at ${Math.round(interval.fromSeconds)} s: ${interval.reason}`,
        ),
    );
    return none(fired, `false alarms among ${others.length} alarms`);
  },
};

const definitionOf = (alarm: string): AlarmDefinition | CompositeDefinition | undefined =>
  [...ALARMS, ...COMPOSITE_ALARMS].find(({ id }) => id === alarm);

/** Whether the alarm is deployed under this configuration at all. */
function exists(observations: Observations, { region, alarm }: ExpectedAlarm): boolean {
  const definition = definitionOf(alarm);
  return definition !== undefined && isAlarmOf(definition, region, observations.configuration);
}

function laneOf(observations: Observations, role: AlarmRole, alarm: string): AlarmLane | undefined {
  const key = laneKey(alarmRegion(observations.regions, role), alarmName(observations.stage, alarm));
  return observations.record.alarms.find((lane) => laneKey(lane.region, lane.alarmName) === key);
}

const firstFaultSeconds = ({ gameDay }: Observations): number => gameDay.faults[0]?.fromSeconds ?? 0;

/** What an alarm did from the first time that it fired after the first fault. Empty when it never did. */
function intervalsSinceFired(observations: Observations, role: AlarmRole, alarm: string): readonly AlarmInterval[] {
  const intervals = laneOf(observations, role, alarm)?.intervals ?? [];
  const sinceSeconds = firstFaultSeconds(observations);
  const fired = intervals.findIndex(({ state, fromSeconds }) => state === 'ALARM' && fromSeconds >= sinceSeconds);
  return fired < 0 ? [] : intervals.slice(fired);
}
