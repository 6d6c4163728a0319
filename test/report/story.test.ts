import type { AlarmLane } from '../../gamedays/result';
import { chartsOf } from '../../report/charts';
import { amount, clockTime, duration, plural } from '../../report/quantities';
import { roleOf, storyOf } from '../../report/story';
import { regionLossResult } from './region-loss-result';

function lane(alarmName: string, fromSeconds: number, toSeconds: number): AlarmLane {
  return {
    region: 'us-west-2',
    alarmName,
    severity: 'page',
    intervals: [{ state: 'ALARM', fromSeconds, toSeconds, reason: '' }],
  };
}

describe('The story of a result', () => {
  it('counts the delay of an alarm from the latest fault that had begun', () => {
    const fault = regionLossResult.faults[0]!;
    const faults = [fault, { ...fault, fromSeconds: 300, toSeconds: 400 }];

    const { firedAlarms, firstAlarm } = storyOf({
      ...regionLossResult,
      faults,
      alarms: [lane('late', 320, 620), lane('early', 190, 250), lane('before', 100, 150)],
    });

    expect(firedAlarms.map((fired) => [fired.lane.alarmName, fired.delaySeconds, fired.clearedSeconds])).toEqual([
      ['before', undefined, 150],
      ['early', 10, 250],
      ['late', 20, undefined],
    ]);
    expect(firstAlarm?.lane.alarmName).toBe('early');
  });

  it('takes the first alarm at all for first where there is no fault', () => {
    const { firstAlarm } = storyOf({ ...regionLossResult, faults: [], alarms: [lane('false', 100, 150)] });

    expect(firstAlarm).toMatchObject({ lane: { alarmName: 'false' }, delaySeconds: undefined });
  });

  it('does not count an alarm that had cleared before the game day began', () => {
    expect(storyOf({ ...regionLossResult, alarms: [lane('warm-up', -200, -100)] }).firedAlarms).toEqual([]);
  });

  it('writes the faults into the timeline unless they are there already', () => {
    const { timeline } = storyOf(regionLossResult);

    expect(timeline.map((entry) => entry.kind).slice(0, 2)).toEqual(['fault', 'health-check']);
    expect(timeline.filter((entry) => entry.kind === 'heal')).toHaveLength(1);
    expect(storyOf({ ...regionLossResult, timeline }).timeline).toEqual(timeline);
  });

  it('ends with the last thing known, convergence included', () => {
    expect(storyOf(regionLossResult).endSeconds).toBe(620);
    expect(storyOf({ ...regionLossResult, alarms: [], timeline: [] }).endSeconds).toBe(600);
  });

  it('knows the role of a region', () => {
    const { regions } = regionLossResult;
    expect(
      ['us-east-1', 'us-west-2', 'us-east-2', 'eu-west-1', undefined].map((region) => roleOf(regions, region)),
    ).toEqual(['primary', 'standby', 'witness', 'none', 'none']);
  });
});

describe('The charts of a result', () => {
  it('share an axis when they share chart and unit', () => {
    const charts = chartsOf(regionLossResult);

    expect(charts.map(({ title, unit, lines }) => [title, unit, lines.length])).toEqual([
      ['Requests', '1/s', 5],
      ['Latency', 'ms', 2],
      ['Queue', 'messages', 2],
      ['Queue', 's', 2],
    ]);
  });

  it('tell lines of one colour apart by their dash', () => {
    const [requests] = chartsOf(regionLossResult);

    expect(requests!.lines.map(({ role, dash }) => `${role} ${dash}`)).toEqual([
      'none 0',
      'primary 0',
      'primary 1',
      'standby 0',
      'standby 1',
    ]);
  });

  it('are logarithmic only where values span magnitudes and none is zero', () => {
    expect(chartsOf(regionLossResult).map((chart) => chart.isLogarithmic)).toEqual([false, true, false, false]);
  });

  it('give the means of before, during and after, and skip gaps', () => {
    const series = [
      {
        chart: 'x',
        name: 'x',
        unit: 's',
        points: [
          [0, 1],
          [170, 3],
          [180, 10],
          [190, null],
          [480, 4],
        ] as [number, number | null][],
      },
    ];

    expect(chartsOf({ ...regionLossResult, series })[0]!.lines[0]!.figures).toEqual({
      before: 2,
      during: 10,
      after: 4,
      highest: 10,
    });
  });

  it('have no figures where there is nothing but gaps', () => {
    const series = [{ chart: 'x', name: 'x', unit: 's', points: [[0, null]] as [number, null][] }];

    expect(chartsOf({ ...regionLossResult, series })[0]!.lines[0]!.figures).toEqual({
      before: null,
      during: null,
      after: null,
      highest: null,
    });
  });
});

describe('Quantities', () => {
  it('are told as a person would', () => {
    expect([0, 205, 3599.6, 7200, -30].map(clockTime)).toEqual(['00:00', '03:25', '1:00:00', '2:00:00', '−00:30']);
    expect([0.62, 34.6, 95, 179.7, 300, 3720, Infinity, null].map(duration)).toEqual([
      '0.62 s',
      '34.6 s',
      '95 s',
      '3 min',
      '5 min',
      '1 h 2 min',
      'never',
      'never',
    ]);
    expect([amount(4.968, '1/s'), amount(34_600, 'ms'), amount(210.4, 'ms'), amount(null, 's'), amount(3, '')]).toEqual(
      ['4.97 /s', '34.6 s', '210 ms', '–', '3'],
    );
    expect([plural(1, 'order'), plural(1508, 'order')]).toEqual(['1 order', '1,508 orders']);
  });
});
