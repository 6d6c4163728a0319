import { OrderLine } from '../../bench/order-line';
import { prepareFlight, type FlightPlan } from '../../gamedays';
import { readOrderLists, type CustomerList } from '../../gamedays/workloads/order-lists';
import { editTemplates } from '../gamedays/defects';
import { APP_DIRECTORY } from '../gamedays/flight';

jest.setTimeout(240_000);

/** Time to live comes after ten to twenty minutes, the sweeper to each of its shards within sixteen. */
const REST_SECONDS = 1_500;

const keepingOrdersFor = (seconds: number, plan: FlightPlan): FlightPlan =>
  editTemplates(plan, ({ template }) => {
    const text = JSON.stringify(template);
    const edited = text.replaceAll(/"ORDER_RETENTION_SECONDS":"\d+"/g, `"ORDER_RETENTION_SECONDS":"${seconds}"`);
    return JSON.parse(edited) as typeof template;
  });

/** The customers of the line: a hundred orders are two of each. */
const CUSTOMERS = Array.from({ length: 50 }, (_, ordinal) => `customer-${ordinal}`);

/** How many orders each region keeps, and lists, for customers: after a hundred orders, and twenty-five minutes later. */
async function ordersKept(consistency: 'eventual' | 'strong', retentionSeconds: number) {
  const plan = await prepareFlight(APP_DIRECTORY, { 'tandem:consistency': consistency });
  const line = new OrderLine(keepingOrdersFor(retentionSeconds, plan));
  const { target } = line;
  const count = async () => {
    const lists: (readonly CustomerList[])[] = [];
    readOrderLists(target, CUSTOMERS).then(
      (read) => lists.push(read),
      (error: unknown) => target.fail(error),
    );
    await line.rest(60);
    const inRegion = async (region: string) => {
      const kept = (await target.readOrders(region)).length;
      const ofRegion = lists[0]!.filter((list) => list.region === region && list.failedWith === undefined);
      return { kept, listed: ofRegion.reduce((sum, { orders }) => sum + orders.length, 0) };
    };
    return { primary: await inRegion(target.regions.primary), standby: await inRegion(target.regions.standby) };
  };
  await line.warmUp();
  await line.place(100);
  await line.demandConfirmed();
  const before = await count();
  await line.rest(REST_SECONDS);
  return { before, after: await count() };
}

describe('An order', () => {
  const all = { primary: { kept: 100, listed: 100 }, standby: { kept: 100, listed: 100 } };
  const none = { primary: { kept: 0, listed: 0 }, standby: { kept: 0, listed: 0 } };

  it.each(['eventual', 'strong'] as const)(
    'is forgotten in both regions when its time is up, and no list shows it, under %s consistency',
    async (consistency) => {
      expect(await ordersKept(consistency, 60)).toEqual({ before: all, after: none });
    },
  );

  it('is kept until then', async () => {
    expect(await ordersKept('strong', 86_400)).toEqual({ before: all, after: all });
  });
});
