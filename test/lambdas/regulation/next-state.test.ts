import * as fc from 'fast-check';
import { regulatorPolicy } from '../../../blueprint/load-shedding';
import { ORDER_CLASSES, type PerClass } from '../../../blueprint/priorities';
import { admit, dropMarginMs, retryAfterSeconds } from '../../../lambdas/shared/regulation/admission';
import { nextState } from '../../../lambdas/shared/regulation/next-state';
import {
  initialState,
  NOTHING_COUNTED,
  parseState,
  stateText,
  type RegulationCounters,
  type RegulationState,
} from '../../../lambdas/shared/regulation/regulation-state';

const NOW = Date.UTC(2030, 0, 1, 12);
const POLICY = regulatorPolicy(10, 500);
const CAPACITY = 20;

const amount = fc.double({ min: 0, max: 5_000, noNaN: true });
const triple = fc.tuple(amount, amount, amount);
const counters: fc.Arbitrary<RegulationCounters> = fc.record({
  offered: triple,
  passed: triple,
  admitted: triple,
  decided: fc.nat(1_000),
  busyMs: fc.nat(1_000_000),
  unanswered: fc.nat(100),
  sojourn: fc.record({ ms: fc.nat(60_000), at: fc.integer({ min: NOW - 6_000, max: NOW + 500 }) }),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });
const state: fc.Arbitrary<RegulationState> = fc.record({
  at: fc.integer({ min: NOW - 60_000, max: NOW + 60_000 }),
  serviceMs: amount,
  spare: amount,
  demand: triple,
  open: fc.tuple(share, share, share),
  credits: triple,
  backlog: triple,
  capacity: amount,
  history: fc.array(fc.record({ at: fc.integer({ min: NOW - 20_000, max: NOW }), admitted: triple }), {
    maxLength: 20,
  }),
  work: fc.array(fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50_000)), { maxLength: 5 }),
  isPressed: fc.boolean(),
});

/** A second in a region that offers so much of each class, has so many waiting and so many workers at work. */
function second(
  previous: RegulationState | undefined,
  offered: PerClass<number>,
  waiting: number,
  capacity: number,
  now: number,
): { state: RegulationState; waiting: number } {
  const open = previous?.open ?? ([1, 1, 1] as const);
  const passed = offered.map((rate, each) => rate * open[each]!) as unknown as PerClass<number>;
  const admitted = passed.map((rate, each) =>
    Math.min(rate, (previous ?? initialState(POLICY, now)).credits[each]!),
  ) as unknown as PerClass<number>;
  const inflow = admitted[0] + admitted[1] + admitted[2];
  const decided = Math.min(capacity, waiting + inflow);
  const left = waiting + inflow - decided;
  const sojourn = { ms: (1_000 * left) / capacity, at: now };
  const busyMs = (decided * 1_000 * POLICY.workers) / capacity;
  const counted = { ...NOTHING_COUNTED, offered, passed, admitted, decided, busyMs, sojourn };
  return { state: nextState(POLICY, previous, counted, now), waiting: left };
}

function seconds(count: number, offered: PerClass<number>, capacity: number, from?: RegulationState, before = 0) {
  let found: { state: RegulationState | undefined; waiting: number } = { state: from, waiting: before };
  const start = from?.at ?? NOW;
  for (let index = 1; index <= count; index++) {
    found = second(found.state, offered, found.waiting, capacity, start + index * 1_000);
  }
  return found as { state: RegulationState; waiting: number };
}

describe('The regulator, whatever has been counted and whatever stands in the item,', () => {
  test('opens no class further than one above it, and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.option(state, { nil: undefined }), counters, (previous, counted) => {
        const next = nextState(POLICY, previous, counted, NOW);
        expect(next.open[0]).toBeGreaterThanOrEqual(next.open[1]);
        expect(next.open[1]).toBeGreaterThanOrEqual(next.open[2]);
        for (const each of ORDER_CLASSES) {
          expect(next.open[each]).toBeGreaterThanOrEqual(0);
          expect(next.open[each]).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('makes nothing that it would not take for a state itself, in less than a kilobyte', () => {
    fc.assert(
      fc.property(fc.option(state, { nil: undefined }), counters, (previous, counted) => {
        const next = nextState(POLICY, previous, counted, NOW);
        expect(parseState(stateText(next))).toBeDefined();
      }),
    );
    const long = seconds(60, [400.123, 300.456, 200.789], CAPACITY).state;
    expect(stateText(long).length).toBeLessThan(1_024);
  });

  test('is open again within ten seconds of a load that fits', () => {
    fc.assert(
      fc.property(state, (previous) => {
        const later = seconds(10, [3, 5, 2], CAPACITY, { ...previous, at: NOW });
        expect(later.state.open[2]).toBeGreaterThan(0.98);
      }),
    );
  });

  test('does not take two calls in vain beside one order for what orders take, and soon believes that all are slow', () => {
    const small = regulatorPolicy(2, 400);
    const calm = { ...initialState(small, NOW), work: [[1, 0, 400] as const, [4, 1, 4_600] as const] };
    const unlucky = { ...NOTHING_COUNTED, decided: 1, unanswered: 2, busyMs: 6_800 };
    expect(nextState(small, calm, unlucky, NOW + 1_000).serviceMs).toBeLessThan(1_500);

    let slow: RegulationState = initialState(small, NOW);
    for (let tick = 1; tick <= 5; tick++) {
      slow = nextState(small, slow, { ...NOTHING_COUNTED, decided: 1, busyMs: 3_000 }, NOW + tick * 1_000);
    }
    expect(slow.serviceMs).toBeGreaterThan(2_500);
  });

  test('never closes the most important class altogether', () => {
    fc.assert(
      fc.property(state, counters, (previous, counted) => {
        expect(nextState(POLICY, previous, counted, NOW).open[0]).toBeGreaterThan(0);
      }),
    );
  });

  test('goes on admitting an order now and then while the provider is down, for its workers to find out', () => {
    let last: RegulationState | undefined;
    let leased = 0;
    for (let tick = 1; tick <= 60; tick++) {
      last = nextState(POLICY, last, { ...NOTHING_COUNTED, offered: [2, 8, 4] }, NOW + tick * 1_000, 0.02);
      leased += Math.floor(last.credits[0]);
    }
    expect(leased).toBeGreaterThan(10);
    expect(leased).toBeLessThan(60);
  });

  test('takes what is no state for a beginning, open behind the fence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseState(text)).toBeUndefined();
      }),
    );
    for (const broken of [{ capacity: Number.NaN }, { open: [1, 1] }, { history: [null] }, { demand: 'much' }]) {
      expect(parseState(JSON.stringify({ ...initialState(POLICY, NOW), ...broken }))).toBeUndefined();
    }
    expect(admit(POLICY, undefined, { orderClass: 2, cohort: 0.99, remainingMs: 1 }, 'load', 0.5)).toEqual({
      kind: 'admit',
    });
  });
});

describe('Under a load that fits', () => {
  test('nothing is refused, and nothing is regulated', () => {
    const rate = fc.double({ min: 0, max: 0.3 * CAPACITY, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(rate, rate, rate), (offered) => {
        const { state: found } = seconds(20, offered, CAPACITY);
        expect(found.open).toEqual([1, 1, 1]);
      }),
    );
    expect(seconds(20, [2, 8, 4], CAPACITY).state.isPressed).toBe(false);
  });
});

describe('Under more than fits', () => {
  test('workers are never idle, little waits, and the important class goes first', () => {
    const multiple = fc.double({ min: 1.2, max: 20, noNaN: true });
    fc.assert(
      fc.property(multiple, fc.double({ min: 0.3, max: 1, noNaN: true }), (times, share_) => {
        const capacity = CAPACITY * share_;
        const total = CAPACITY * times;
        const { state: found, waiting } = seconds(60, [0.15 * total, 0.55 * total, 0.3 * total], capacity);
        expect(waiting).toBeGreaterThan(0);
        expect(waiting / capacity).toBeLessThan(4);
        const recent = found.history.slice(-10).map(({ admitted }) => admitted);
        const mean = (of: (admitted: PerClass<number>) => number): number =>
          recent.reduce((sum, admitted) => sum + of(admitted), 0) / recent.length;
        const sum = mean((admitted) => admitted[0] + admitted[1] + admitted[2]);
        expect(sum).toBeLessThan(1.05 * capacity + 0.1);
        const due = Math.min(0.15 * total, sum);
        expect(mean((admitted) => admitted[0])).toBeGreaterThan(0.9 * due);
      }),
    );
  });

  test('as much is let in while demand falls: tokens hold what cohorts let pass', () => {
    const flood = [60, 0, 0] as const;
    const before = seconds(30, flood, CAPACITY);
    const passed = (offered: number): number => offered * before.state.open[0];
    expect(passed(0.8 * flood[0])).toBeGreaterThan(0.95 * CAPACITY);
    expect(before.state.credits[0]).toBeLessThan(1.05 * CAPACITY);
  });

  test('a drop of the capacity is followed within seconds, and its end too', () => {
    const offered = [15, 55, 30] as const;
    const before = seconds(30, offered, 20);
    const during = seconds(8, offered, 6, before.state, before.waiting);
    expect(during.state.capacity).toBeLessThan(7);
    const after = seconds(5, offered, 20, during.state, during.waiting);
    expect(after.state.capacity).toBeGreaterThan(18);
  });
});

describe('A region that has just begun to regulate', () => {
  test('gives every class only its part of the capacity until all its environments have told what they count', () => {
    const given = [1, 2, 3].map((count) => seconds(count, [0, 0, 0], CAPACITY).state.credits[0]);
    expect(given[0]).toBeLessThan(CAPACITY / 2);
    expect(given[1]).toBeLessThan(CAPACITY / 2);
    expect(given[2]).toBeGreaterThan(CAPACITY);
  });
});

describe('Workers that are faster than believed', () => {
  const slow = { ...initialState(POLICY, NOW - 1_000), serviceMs: 1_600 };
  const counted = { ...NOTHING_COUNTED, decided: 10, busyMs: 5_000 };
  const serviceMsAfter = (sojournMs: number): number =>
    nextState(POLICY, slow, { ...counted, sojourn: { ms: sojournMs, at: NOW } }, NOW).serviceMs;

  test('are believed at once while nobody waits, and step by step otherwise', () => {
    expect(serviceMsAfter(5)).toBe(500);
    expect(serviceMsAfter(800)).toBe(1_050);
  });
});

describe('Workers beyond those that are planned', () => {
  const planned = regulatorPolicy(7, 500);
  const PLANNED = 14;
  /** Ticks in which so much is offered, and the message that was received last has waited so long. */
  function ticks(count: number, offered: PerClass<number>, sojournMs: number, from?: RegulationState): RegulationState {
    let found = from ?? initialState(planned, NOW);
    for (let tick = 1; tick <= count; tick++) {
      const at = found.at + 1_000;
      const passed = offered.map((rate, each) => rate * found.open[each]!) as unknown as PerClass<number>;
      const worked = { decided: PLANNED, busyMs: PLANNED * 500, sojourn: { ms: sojournMs, at } };
      found = nextState(planned, found, { ...NOTHING_COUNTED, offered, passed, ...worked }, at);
    }
    return found;
  }

  test('are believed in step by step while orders are refused and nobody waits, up to half as many again', () => {
    const soon = ticks(6, [5, 20, 5], 10).capacity;
    expect(soon).toBeGreaterThan(1.15 * PLANNED);
    expect(soon).toBeLessThan(1.35 * PLANNED);
    expect(ticks(60, [5, 20, 5], 10).capacity).toBeCloseTo(1.5 * PLANNED);
  });

  test('are not believed in while nobody is refused, nor while anybody waits', () => {
    expect(ticks(20, [2, 5, 2], 10).capacity).toBeCloseTo(PLANNED);
    expect(ticks(20, [5, 20, 5], 100).capacity).toBeCloseTo(PLANNED);
  });

  test('are given up while orders wait longer than a right belief leaves them waiting', () => {
    const believed = ticks(20, [5, 20, 5], 10);
    expect(ticks(3, [5, 20, 5], 1_400, believed).capacity).toBeCloseTo(1.5 * PLANNED);
    expect(ticks(12, [5, 20, 5], 2_000, believed).capacity).toBeLessThan(1.05 * PLANNED);
  });

  test('are none because of a provider that is down', () => {
    const refusing = { ...initialState(planned, NOW), open: [1, 0.5, 0] as const };
    const counted = { ...NOTHING_COUNTED, sojourn: { ms: 10, at: NOW + 1_000 } };
    expect(nextState(planned, refusing, counted, NOW + 1_000, 0.02).spare).toBe(0);
    expect(nextState(planned, refusing, counted, NOW + 1_000).spare).toBeGreaterThan(0);
  });
});

describe('A loop of five seconds', () => {
  test('remembers its last tick as one of a second does', () => {
    const slow = { ...POLICY, tickMs: 5_000, cacheMs: 5_000, correctionMs: 20_000 };
    const last = { ...initialState(slow, NOW - 6_000), demand: [10, 40, 10] as const, serviceMs: 900 };
    expect(nextState(slow, last, NOTHING_COUNTED, NOW).serviceMs).toBeGreaterThan(800);
    expect(nextState(POLICY, last, NOTHING_COUNTED, NOW).serviceMs).toBe(500);
  });
});

describe('A drop margin', () => {
  test('never outgrows a fifth of the deadline, however slow the provider is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (serviceMs) => {
        expect(dropMarginMs(serviceMs)).toBeLessThanOrEqual(3_000);
      }),
    );
    expect(dropMarginMs(500)).toBe(1_000);
  });
});

describe('A Retry-After', () => {
  test('is spread around the time in which the excess is worked off, from one second to half a deadline and a half', () => {
    fc.assert(
      fc.property(triple, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (demand, chance) => {
        const found = retryAfterSeconds(POLICY, { demand, capacity: CAPACITY }, 2, 'load', chance);
        expect(Number.isInteger(found)).toBe(true);
        expect(found).toBeGreaterThanOrEqual(1);
        expect(found).toBeLessThanOrEqual(12);
      }),
    );
    const spread = [0, 0.5, 0.99].map((chance) =>
      retryAfterSeconds(POLICY, { demand: [40, 0, 0], capacity: 20 }, 2, 'load', chance),
    );
    expect(spread).toEqual([2, 4, 6]);
  });

  test('follows what is asked for in the class and above it: who comes after an order does not keep it waiting', () => {
    const loaded = { demand: [10, 30, 300], capacity: 20 } as const;
    const found = ([0, 1, 2] as const).map((orderClass) => retryAfterSeconds(POLICY, loaded, orderClass, 'load', 0.5));
    expect(found).toEqual([1, 4, 8]);
  });

  test('is long for what a person has closed, however little there is to do', () => {
    const calm = { demand: [1, 0, 0], capacity: 20 } as const;
    const ofLoad = retryAfterSeconds(POLICY, calm, 2, 'load', 0.5);
    expect([ofLoad, retryAfterSeconds(POLICY, calm, 2, 'override', 0.5)]).toEqual([1, 8]);
  });
});

describe('An order', () => {
  const calm = initialState(POLICY, NOW);

  test('needs the whole margin however little patience its client has left', () => {
    const slow = { ...calm, serviceMs: 1_600 };
    const kindOf = (remainingMs: number): string =>
      admit(POLICY, slow, { orderClass: 0, cohort: 0, remainingMs }, 'load', 0.5).kind;
    expect([kindOf(2_500), kindOf(3_200)]).toEqual(['too-late', 'admit']);
  });

  test('is refused for good when its deadline cannot be met, and by its cohort otherwise', () => {
    const late = { ...calm, backlog: [0, 200, 0] as const };
    expect(admit(POLICY, late, { orderClass: 0, cohort: 0, remainingMs: 10_000 }, 'load', 0.5)).toEqual({
      kind: 'too-late',
    });
    const shed = { ...calm, open: [1, 0.5, 0] as const };
    const kinds = [0.49, 0.51].map(
      (cohort) => admit(POLICY, shed, { orderClass: 1, cohort, remainingMs: 15_000 }, 'load', 0.5).kind,
    );
    expect(kinds).toEqual(['admit', 'overloaded']);
  });
});
