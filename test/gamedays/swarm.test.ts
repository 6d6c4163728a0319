import { CHECKS } from '../../gamedays';
import {
  drawSwarmRun,
  flySwarmRun,
  isHarmless,
  minimiseFaults,
  outcomeOf,
  replayOf,
  runSeeds,
  SWARM_CHECKS,
  SWARM_CONTEXTS,
  swarmGameDay,
  withFaults,
  type SwarmRun,
} from '../../gamedays/swarm';
import { planFlight } from './flight';

jest.setTimeout(120_000);

const drawn = runSeeds(1, 300).map((seed) => drawSwarmRun(seed, 200));

describe('What the swarm draws', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawSwarmRun(7, 200)).toEqual(drawSwarmRun(7, 200));
    expect(runSeeds(1, 5)).toEqual(runSeeds(1, 9).slice(0, 5));
    expect(new Set(drawn.map((run) => JSON.stringify(run))).size).toBe(drawn.length);
  });

  it('holds every kind of fault and every configuration', () => {
    const kinds = new Set(drawn.flatMap((run) => run.faults.map((step) => step.fault)));

    expect([...kinds].toSorted()).toEqual([
      'delay',
      'duplicate-messages',
      'fail-control-plane',
      'fail-payments',
      'fail-service',
      'isolate-region',
      'kill-environments',
      'lose-metrics',
      'lose-replies',
      'partition',
      'partition-checkers',
      'pause-replication',
      'skew-clock',
    ]);
    expect(new Set(drawn.map((run) => run.context)).size).toBe(SWARM_CONTEXTS.length);
    expect(new Set(drawn.map((run) => run.client)).size).toBe(2);
    expect(drawn.filter((run) => run.twinShare! > 0).length).toBeGreaterThan(30);
    expect(drawn.filter((run) => run.operatorSteps!.length > 0).length).toBeGreaterThan(30);
  });

  it('heals every fault before the run ends, and asks for checks that exist', () => {
    const late = drawn.flatMap(({ faults, durationSeconds }) =>
      faults.filter((step) => step.toSeconds > durationSeconds || step.fromSeconds >= step.toSeconds),
    );

    expect(late).toEqual([]);
    expect(SWARM_CHECKS.filter((id) => !CHECKS.has(id))).toEqual([]);
  });

  it('asks for every deadline to be met where nothing but harmless faults are drawn', () => {
    const base = drawn[0]!;
    const asks = (faults: SwarmRun['faults'], ordersPerSecond = 1): boolean =>
      swarmGameDay({ ...base, context: {}, ordersPerSecond, faults }).expectations.checks.includes('nothing-expired');
    const window = { fromSeconds: 0, toSeconds: 60, region: 'primary' } as const;

    expect(asks([])).toBe(true);
    expect(asks([{ ...window, fault: 'lose-replies', share: 0.2 }])).toBe(true);
    expect(asks([{ ...window, fault: 'lose-replies', share: 0.2 }], 2.5)).toBe(false);
    expect(asks([{ ...window, fault: 'lose-replies', share: 0.21 }])).toBe(false);
    expect(asks([{ ...window, fault: 'isolate-region' }])).toBe(false);
    expect(drawn.filter(isHarmless).length).toBeGreaterThan(20);
  });

  it('can be cut down to some of the faults, and says how to fly that again', () => {
    const run = drawn.find(({ faults }) => faults.length === 4)!;

    expect(withFaults(run, [0, 2]).faults).toEqual([run.faults[0], run.faults[2]]);
    expect(replayOf(7, 200, [0, 2])).toBe('npm run -s tandem -- gameday swarm --run-seed 7 --orders 200 --faults 0,2');
    expect(replayOf(7, 200, [])).toContain('--faults none');
  });
});

describe('A failure is minimised', () => {
  it.each<[what: string, needed: readonly number[]]>([
    ['one fault', [2]],
    ['two faults that only fail together', [0, 3]],
    ['no fault at all', []],
    ['all of them', [0, 1, 2, 3]],
  ])('to %s', async (_what, needed) => {
    const fails = (faults: readonly number[]): Promise<boolean> =>
      Promise.resolve(needed.every((index) => faults.includes(index)));

    expect(await minimiseFaults([0, 1, 2, 3], fails)).toEqual(needed);
  });
});

describe('A run of the swarm', () => {
  it('keeps every promise, and is the same run when it is flown again', async () => {
    const plan = await planFlight();
    const run = drawn.find(({ faults, context }) => faults.length === 3 && context === SWARM_CONTEXTS[0])!;
    const short = { ...drawSwarmRun(run.seed, 60), context: {} };

    const first = outcomeOf(await flySwarmRun(short, plan, ''));
    const second = outcomeOf(await flySwarmRun(short, plan, ''));

    expect(first.findings).toEqual([]);
    expect(first.orders.acknowledged).toBeGreaterThan(10);
    expect(second).toEqual(first);
  });
});
