import { missedOverloadBars } from '../../../bench';
import { isHopeless } from '../../../bench/overload/fly-overload-row';
import { optimumByClass } from '../../../bench/overload/optimum';
import { figuresOf, recoveryOf, type OverloadFigures } from '../../../bench/overload/overload-figures';
import type { OverloadOrder, OverloadRow } from '../../../bench/overload/overload-row';
import { overloadSheet } from '../../../bench/overload/overload-sheet';
import { overloadTable } from '../../../bench/overload/overload-table';

const ROW: OverloadRow = { policy: 'regulator', load: 2, hasDrop: false, hasJitter: true, seed: 1 };

const order = (orderClass: 0 | 1 | 2, firstAttempt: number, doneAfter?: number): OverloadOrder => ({
  orderClass,
  firstAttempt,
  attempts: 2,
  ...(doneAfter === undefined ? {} : { acknowledgedAt: firstAttempt }),
  ...(doneAfter === undefined ? {} : { doneAt: firstAttempt + doneAfter }),
});

/** So many orders a second of each class, evenly, in the overload. */
const steady = (perSecond: readonly [number, number, number], doneAfter?: number): OverloadOrder[] =>
  perSecond.flatMap((rate, orderClass) =>
    Array.from({ length: rate * 180 }, (_, index) => order(orderClass as 0 | 1 | 2, 60 + index / rate, doneAfter)),
  );

const COUNTED = { wastedCalls: 0, controlWritesPerSecond: 10 };

describe('The clairvoyant optimum', () => {
  it('is everything where everything fits', () => {
    expect(optimumByClass(ROW, steady([3, 5, 2]))).toEqual([540, 900, 360]);
  });

  it('gives to each class what those above it leave, and banks a deadline of work', () => {
    const [first, second, third] = optimumByClass(ROW, steady([6, 22, 12]));

    expect(first).toBe(6 * 180);
    expect(first + second + third).toBeGreaterThan(20 * 194);
    expect(first + second + third).toBeLessThan(20 * 196);
    expect(third).toBeLessThan(20);
  });

  it('knows the slow minute', () => {
    const [all] = optimumByClass({ ...ROW, hasDrop: true }, steady([40, 0, 0]));
    expect(all / (20 * 135 + 6 * 60)).toBeCloseTo(1, 1);
  });
});

describe('The figures of a row', () => {
  it('count what was done in time, and the promises that were not kept', () => {
    const orders = [...steady([1, 0, 0], 2), ...steady([0, 1, 0], 16), ...steady([0, 0, 1])];
    const found = figuresOf(ROW, orders, 300, COUNTED);

    expect(found.good).toEqual([180, 0, 0]);
    expect(found.optimum).toEqual([180, 180, 180]);
    expect(found.total).toBeCloseTo(1 / 3);
    expect(found.missed).toBe(0.5);
    expect(found.missedP0).toBe(0);
    expect(found.attemptsPerOrder).toBe(2);
    expect(found.latencyP0.p50).toBeCloseTo(2);
  });

  it('call a region recovered from the first of three calm windows', () => {
    const after = Array.from({ length: 60 }, (_, second) => order(1, 240 + second, second < 12 ? 5 : 1));

    expect(recoveryOf(ROW, after, 300)).toBe(10);
    expect(recoveryOf(ROW, after, 260)).toBeUndefined();
  });
});

describe('A recovery', () => {
  it('is waited for while twice the drain so far would still bring it before the last caller gives up', () => {
    expect(isHopeless(2 * 6 * 100, 6, 100)).toBe(false);
    expect(isHopeless(2 * 6 * 100 + 1, 6, 100)).toBe(true);
  });

  it('is not waited for when orders do not become fewer, unless they are so few that each is in time', () => {
    expect(isHopeless(301, 0, 100)).toBe(true);
    expect(isHopeless(301, -5, 100)).toBe(true);
    expect(isHopeless(300, -5, 100)).toBe(false);
  });
});

describe('The bars of the overload bench', () => {
  const good = figuresOf(ROW, steady([6, 14, 0], 1), 300, COUNTED);
  const met: OverloadFigures = {
    ...good,
    total: 0.98,
    byClass: [1, 0.98, undefined],
    utilisation: 0.99,
    recoverySeconds: 5,
  };

  it('are met by what the model has reached', () => {
    expect(missedOverloadBars([met])).toEqual([]);
  });

  it.each<[string, Partial<OverloadFigures>, string]>([
    ['too little of everything', { total: 0.94 }, 'total 0.940'],
    ['too little of what is important', { byClass: [0.97, 1, undefined] }, 'important class 0.970'],
    ['idle workers', { utilisation: 0.9 }, 'utilisation'],
    ['promises that are not kept', { missed: 0.02 }, 'missed deadlines'],
    ['an overload that lasts', { recoverySeconds: 35 }, 'recovery'],
    ['a control item that is written too often', { controlWritesPerSecond: 51 }, 'writes a second'],
    [
      'calls of a provider that is down',
      { row: { ...ROW, load: 0.7, hasOutage: true }, wastedCalls: 41 },
      'wasted calls',
    ],
    ['a slow minute that is not forgotten', { row: { ...ROW, load: 0.9 }, recoverySeconds: 30 }, 'slow minute'],
    [
      'important orders that wait',
      { row: { ...ROW, load: 10 }, latencyP0: { p50: 2.6, p99: 3 } },
      'median of the important class 2.600',
    ],
    [
      'important orders that wait in a slow minute',
      { row: { ...ROW, load: 1, hasDrop: true }, latencyP0: { p50: 1, p99: 13 } },
      '99th percentile of the important class 13.000',
    ],
    [
      'admissions that take long to find the capacity',
      { admittedBySecond: Array.from({ length: 180 }, (__, second) => (second < 8 ? 40 : 20)) },
      'convergence, in seconds, 7.000',
    ],
    ['admissions that never find it', { admittedBySecond: Array.from({ length: 180 }, () => 40) }, 'convergence'],
    [
      'a belief in more capacity than there is',
      { row: { ...ROW, load: 1, hasDrop: true, variant: 'capacity+30%' }, total: 0.91 },
      'total 0.910, must be at least 0.920',
    ],
    ['callers that ask too often', { row: { ...ROW, load: 20 }, attemptsPerOrder: 2.6 }, 'attempts an order 2.600'],
    ['a load nobody has set a bar for', { row: { ...ROW, load: 3 } }, 'no bars'],
  ])('are missed by %s', (_, change, sentence) => {
    expect(missedOverloadBars([{ ...met, ...change }]).join('\n')).toContain(sentence);
  });

  it('are missed by a region that never recovers, and by the mean of the seeds', () => {
    const { recoverySeconds: _, ...never } = met;
    expect(missedOverloadBars([never]).join('\n')).toContain('recovery');
    const seeds = [0.99, 0.9].map((total, seed) => ({ ...met, total, row: { ...ROW, seed } }));
    expect(missedOverloadBars(seeds)).toEqual(['regulator_2x_seed0: total 0.945, must be at least 0.950']);
  });

  it('allow a single seed ten seconds more to recover, and the mean of three nothing', () => {
    const recovering = (...seconds: number[]): OverloadFigures[] =>
      seconds.map((recoverySeconds, seed) => ({ ...met, recoverySeconds, row: { ...ROW, seed } }));

    expect(missedOverloadBars(recovering(30))).toEqual([]);
    expect(missedOverloadBars(recovering(15, 20, 25))).toEqual([]);
    expect(missedOverloadBars(recovering(20, 20, 25)).join('\n')).toContain('recovery');
  });

  it('hold callers without jitter to the total of those with it, and to promises', () => {
    const marching = { ...met, row: { ...ROW, hasJitter: false } };
    expect(missedOverloadBars([met, { ...marching, total: 0.955, byClass: [0.9, 1, undefined] }])).toEqual([]);
    expect(missedOverloadBars([met, { ...marching, total: 0.94, missed: 0.02 }])).toEqual([
      'regulator_2x_no-jitter_seed0: missed deadlines 0.020, must be at most 0.015',
      'regulator_2x_no-jitter_seed0: difference in total to callers with jitter 0.040, must be at most 0.03',
    ]);
  });

  it('compare callers without jitter only with those of the same seed, who see the same orders', () => {
    const spread = [0.98, 1.06].map((total, seed) => ({ ...met, total, row: { ...ROW, seed } }));
    const marching = (total: number) => ({ ...met, total, row: { ...ROW, seed: 0, hasJitter: false } });
    expect(missedOverloadBars([...spread, marching(0.96)])).toEqual([]);
    expect(missedOverloadBars([...spread, marching(0.94)])).toEqual([
      'regulator_2x_no-jitter_seed0: difference in total to callers with jitter 0.040, must be at most 0.03',
    ]);
  });

  it('leave baselines alone', () => {
    expect(missedOverloadBars([{ ...met, total: 0.1, row: { ...ROW, policy: 'none' } }])).toEqual([]);
  });
});

describe('The table of the overload bench', () => {
  it('shows means, and in brackets what a class got that deserved nothing', () => {
    const figures = figuresOf(ROW, steady([6, 14, 0], 1), 300, COUNTED);
    const table = overloadTable([
      { ...figures, total: 0.9, byClass: [1, 0.98, undefined], good: [1080, 1960, 12] },
      { ...figures, total: 1, byClass: [1, 0.98, undefined], good: [1080, 1960, 14], row: { ...ROW, seed: 2 } },
    ]);

    const [, , line] = table.split('\n');
    expect(line).toContain('| 2x | none | regulator | 2 | 0.95 | 1.00 | 0.98 | (13) |');
    expect(line).toContain('never');
  });
});

describe('The charts of the bench', () => {
  const flown = (changes: Partial<OverloadRow>, doneAfter: number): OverloadFigures =>
    figuresOf({ ...ROW, ...changes }, steady([2, 2, 2], doneAfter), 300, COUNTED);
  const figures = [flown({}, 1), flown({ policy: 'none' }, 20), flown({ load: 5 }, 1), flown({ seed: 2 }, 20)];
  const { charts } = overloadSheet(figures, 'the command');

  it('show the share of the optimum by load and policy, as means over seeds', () => {
    expect(charts[0]).toMatchObject({ title: 'Total, without a slow minute', places: ['2x', '5x'] });
    expect(charts[0]!.lines).toEqual([
      { name: 'regulator', values: [0.5, 1] },
      { name: 'none', values: [0, null] },
    ]);
  });

  it('show who is served as time goes by, with and without the regulator in one chart', () => {
    const chart = charts.find(({ title }) => title.startsWith('Orders done in time'));
    expect(chart!.lines.map(({ name }) => name)).toEqual(['regulator', 'none']);
    expect(chart!.lines[0]!.values[11]).toBeNull();
    expect(chart!.lines[0]!.values[12]).toBeCloseTo(0.5);
    expect(chart!.lines[1]!.values[12]).toBe(0);
  });
});
