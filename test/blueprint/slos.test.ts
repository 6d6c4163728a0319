import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BURN_ALARMS } from '../../blueprint/burn-alarms';
import {
  AVAILABILITY_TARGETS,
  BURN_WINDOWS,
  burnThresholdEvents,
  burnThresholdPercent,
  DECLARED_FAILURES,
  reachableAvailability,
  SERVICE_LEVEL_OBJECTIVES,
  type BurnWindow,
} from '../../blueprint/slos';

const README = readFileSync(resolve(__dirname, '../../README.md'), 'utf8').replace(/\s+/g, ' ');
const percent = (share: number): string => `${(100 * share).toFixed(4)} %`;
const withoutDeployments = DECLARED_FAILURES.filter(({ name }) => !name.includes('deployment'));

describe('The availability that is within reach', () => {
  test('is what the declared failures leave of a year', () => {
    const hour = { name: 'an hour', perYear: 1, outageSeconds: 3_600, share: 0.5, source: 'made up' };

    expect(reachableAvailability([hour])).toMatchObject({
      outageSecondsAYear: 1_800,
      isReachable: { critical: false, normal: true, bulk: true },
    });
    expect(reachableAvailability([]).isReachable).toEqual({ critical: true, normal: true, bulk: true });
  });

  test('is told in the README as it is computed, and so is what it would take', () => {
    const { availability, outageSecondsAYear, isReachable } = reachableAvailability();
    const calmer = reachableAvailability(withoutDeployments);

    expect(withoutDeployments).toHaveLength(DECLARED_FAILURES.length - 1);
    expect(README).toContain(`${Math.round(outageSecondsAYear)} s without service a year`);
    expect(README).toContain(percent(availability));
    expect(README).toContain(percent(calmer.availability));
    expect(README.includes('99.999 % of the critical class is not within reach')).toBe(!isReachable.critical);
    expect(calmer.isReachable.critical).toBe(true);
  });
});

describe('A burn window', () => {
  test('fires at its rate times the share that the objective leaves', () => {
    const decision = SERVICE_LEVEL_OBJECTIVES.find(({ id }) => id === 'order-decision')!;

    expect(BURN_WINDOWS.map((window) => burnThresholdPercent(decision, window))).toEqual([1.44, 0.6]);
  });

  test('belongs to an objective that is as high as the class is promised', () => {
    const promised = SERVICE_LEVEL_OBJECTIVES.filter(({ ofClass }) => ofClass !== undefined);

    expect(promised.map(({ ofClass, objective }) => [ofClass, objective])).toEqual(
      Object.entries(AVAILABILITY_TARGETS),
    );
  });

  test('of a class counts what the planned load may have, and never less than one', () => {
    const [fast, slow] = BURN_WINDOWS as [BurnWindow, BurnWindow];
    const normal = SERVICE_LEVEL_OBJECTIVES.find(({ ofClass }) => ofClass === 'normal')!;
    const eventsOf = (window: BurnWindow, eventsPerSecond: number): number[] =>
      [window.longSeconds, window.shortSeconds].map((periodSeconds) =>
        burnThresholdEvents(normal, window, { eventsPerSecond, periodSeconds }),
      );

    // 0.72 % of 7,200 and of 600 requests, 0.3 % of 43,200 and of 3,600.
    expect([eventsOf(fast, 2), eventsOf(slow, 2)]).toEqual([
      [52, 4],
      [130, 11],
    ]);
    expect(eventsOf(fast, 0.001)).toEqual([1, 1]);
  });

  test('is watched in both of its periods for each objective, and the first class needs five refusals', () => {
    expect(BURN_ALARMS.map(({ id }) => id)).toEqual(
      SERVICE_LEVEL_OBJECTIVES.flatMap(({ id }) =>
        ['fast-long', 'fast-short', 'slow-long', 'slow-short'].map(
          (period) => `${id.replace('order-', '')}-burn-${period}`,
        ),
      ),
    );
    expect(BURN_ALARMS.find(({ id }) => id === 'critical-acceptance-burn-fast-long')!.threshold).toEqual({
      sandbox: 5,
      full: 8,
    });
  });
});
