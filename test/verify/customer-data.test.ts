import { dynamodbThrottled } from '../../gamedays/scenarios/dynamodb-throttled';
import { paymentDown } from '../../gamedays/scenarios/payment-down';
import type { FlightPlan, GameDay } from '../../gamedays';
import { flyGameDay, planFlight } from '../gamedays/flight';

jest.setTimeout(120_000);

/** What the callers of game days send of their customers: names, keys, and the mistaken ones. */
const CUSTOMER_DATA = /customer-\d+|\bkey-\d+|mistaken-\d+/;

/** Lines that say something of a customer. */
const leaks = (lines: readonly string[]): string[] => lines.filter((line) => CUSTOMER_DATA.test(line));

/** A minute of trouble in two, with callers who are mistaken as well. */
const shortened = (base: GameDay): GameDay => ({
  ...base,
  warmUpSeconds: 60,
  durationSeconds: 90,
  workload: { ...base.workload, ordersPerSecond: 2, mistakenShare: 0.1 },
  faults: base.faults.map((fault) => ({ ...fault, fromSeconds: 10, toSeconds: 70 })),
  expectations: { checks: ['no-order-lost'], mustFire: [], mayFire: [] },
});

describe('The logs of a game day', () => {
  let plan: FlightPlan;
  beforeAll(async () => {
    plan = await planFlight();
  });

  test.each([
    ['the orders table throttles', dynamodbThrottled],
    ['the provider is down', paymentDown],
  ])('hold nothing of a customer when %s', async (_, gameDay) => {
    const lines: string[] = [];
    await flyGameDay(plan, shortened(gameDay), 1, { logSink: (_function, _region, line) => lines.push(line) });

    // There is something to read, and not only metrics.
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => /"level":"(WARN|ERROR)"/.test(line)).length).toBeGreaterThan(5);
    expect(leaks(lines)).toEqual([]);
  });

  test('name the order from the first request to the last retry', async () => {
    const lines: { readonly by: string; readonly orderId?: string; readonly message?: string }[] = [];
    const logSink = (by: string, _region: string, line: string): void => {
      if (line.startsWith('{')) lines.push({ ...(JSON.parse(line) as object), by });
    };
    await flyGameDay(plan, shortened(paymentDown), 1, { logSink });

    const warned = lines.filter(({ message }) => message === 'The order is not decided yet.');
    expect(warned.length).toBeGreaterThan(3);
    expect(lines.filter(({ message }) => message === 'The control item cannot be reached.')).toEqual([]);
    const { orderId } = warned[0]!;
    expect(warned.filter((line) => line.orderId === undefined)).toEqual([]);
    const services = lines.filter((line) => line.orderId === orderId).map(({ by }) => by);
    expect([...new Set(services)]).toEqual(
      expect.arrayContaining([expect.stringMatching(/intake$/), expect.stringMatching(/fulfilment$/)]),
    );
  });

  test('would be found out by a customer, or the key of a request', () => {
    expect(leaks(['{"customerId":"customer-17"}', '{"orderId":"0123"}', 'key-3 was repeated'])).toHaveLength(2);
  });
});
