import { OrderLine } from '../../bench/order-line';
import { prepareFlight, type FlightPlan } from '../../gamedays';
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

/** How many items of orders each region has: after a hundred orders, and twenty-five minutes later. */
async function ordersKept(consistency: 'eventual' | 'strong', retentionSeconds: number) {
  const plan = await prepareFlight(APP_DIRECTORY, { 'tandem:consistency': consistency });
  const line = new OrderLine(keepingOrdersFor(retentionSeconds, plan));
  const { target } = line;
  const count = async () => ({
    primary: (await target.readOrders(target.regions.primary)).length,
    standby: (await target.readOrders(target.regions.standby)).length,
  });
  await line.warmUp();
  await line.place(100);
  await line.demandConfirmed();
  const before = await count();
  await line.rest(REST_SECONDS);
  return { before, after: await count() };
}

describe('An order', () => {
  const all = { primary: 100, standby: 100 };

  it.each(['eventual', 'strong'] as const)(
    'is forgotten in both regions when its time is up, under %s consistency',
    async (consistency) => {
      expect(await ordersKept(consistency, 60)).toEqual({ before: all, after: { primary: 0, standby: 0 } });
    },
  );

  it('is kept until then', async () => {
    expect(await ordersKept('strong', 86_400)).toEqual({ before: all, after: all });
  });
});
