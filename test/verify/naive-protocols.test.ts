import type { FlightPlan, GameDay, GameDayResult } from '../../gamedays';
import { bothRegionsWrite } from '../../gamedays/scenarios/both-regions-write';
import { findings, flyGameDay, planFlight } from '../gamedays/flight';
import { withNaiveProtocol, WITH_FENCING_TOKEN, WITHOUT_OWNER } from '../gamedays/naive/naive-protocol';

jest.setTimeout(240_000);

/** The orders alone, in a shorter day: what alarms say of it is another matter. */
const ORDERS_ONLY: GameDay = {
  ...bothRegionsWrite,
  warmUpSeconds: 60,
  durationSeconds: 210,
  faults: [
    { fault: 'pause-replication', from: 'both', fromSeconds: 10, toSeconds: 180 },
    { fault: 'partition', between: ['standby', 'witness'], fromSeconds: 30, toSeconds: 90 },
  ],
  workload: { ...bothRegionsWrite.workload, readShare: 0 },
  expectations: {
    ...bothRegionsWrite.expectations,
    checks: ['no-order-lost', 'charged-exactly-when-confirmed', 'one-outcome-everywhere'],
    mustFire: [],
  },
};

const wrongCharges = (result: GameDayResult): readonly string[] =>
  result.checks.find(({ id }) => id === 'charged-exactly-when-confirmed')!.details;

describe('When both regions write the same orders', () => {
  let plan: FlightPlan;
  beforeAll(async () => {
    plan = await planFlight();
  });

  it('the protocol charges every customer at most once, and exactly when the order is confirmed', async () => {
    expect(findings(await flyGameDay(plan, ORDERS_ONLY))).toEqual([]);
  });

  it.each([
    ['an order has no owner', WITHOUT_OWNER],
    ['owner and fencing token are on one item', WITH_FENCING_TOKEN],
  ])('customers are charged for orders that are called expired, when %s', async (_, modules) => {
    const result = await flyGameDay(await withNaiveProtocol(plan, modules), ORDERS_ONLY);

    expect(findings(result)).toContain('charged-exactly-when-confirmed');
    expect(wrongCharges(result)[0]).toMatch(/was charged and is EXPIRED \/ EXPIRED/);
  });
});
