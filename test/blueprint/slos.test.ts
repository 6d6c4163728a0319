import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  AVAILABILITY_TARGETS,
  BURN_WINDOWS,
  burnThresholdPercent,
  DECLARED_FAILURES,
  reachableAvailability,
  SERVICE_LEVEL_OBJECTIVES,
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
    const objectiveOf = (id: string): number => SERVICE_LEVEL_OBJECTIVES.find((one) => one.id === id)!.objective;

    expect(objectiveOf('critical-acceptance')).toBe(AVAILABILITY_TARGETS.critical);
  });
});
