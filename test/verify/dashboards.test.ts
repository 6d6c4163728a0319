import { ALARMS, COMPOSITE_ALARMS, isAlarmOf } from '../../blueprint/alarms';
import { alarmName } from '../../blueprint/names';
import { prepareFlight } from '../../gamedays';
import { SimulatedTarget } from '../../gamedays/targets/simulated-target';
import { OrderWorkloadRun } from '../../gamedays/workloads/order-workload';
import { APP_DIRECTORY } from '../gamedays/flight';

jest.setTimeout(120_000);

/**
 * Published only when there is something to tell, which two minutes of calm with customers of one class have not; charges are told by
 * AWS alone.
 */
const UNSEEN_IN_CALM = [
  'AWS/Billing EstimatedCharges',
  'AWS/DynamoDB WriteThrottleEvents',
  'AWS/Lambda Throttles',
  'Tandem BulkOrdersAccepted',
  'Tandem BulkOrdersRefused',
  'Tandem CriticalOrdersAccepted',
  'Tandem CriticalOrdersRefused',
  'Tandem MaintenanceDeclared',
  'Tandem NormalOrdersRefused',
  'Tandem OrdersExpired',
  'Tandem OrdersRepeated',
  'Tandem WorkReturned',
];

/** Two minutes of calm, in which each region has orders and declines some. */
async function calmWorld(): Promise<SimulatedTarget> {
  const target = new SimulatedTarget({
    ...(await prepareFlight(APP_DIRECTORY, { 'tandem:dashboards': 'on' })),
    seed: 1,
    warmUpSeconds: 60,
  });
  await target.advanceTo(0);
  const workload = { ordersPerSecond: 1, declinedShare: 0.2, readShare: 0.5, readAfterSeconds: 3, twinShare: 0.5 };
  new OrderWorkloadRun(target, workload).start(120);
  await target.advanceTo(180);
  target.cloud.cloudWatch.flush();
  return target;
}

describe('The dashboards', () => {
  let target: SimulatedTarget;
  beforeAll(async () => {
    target = await calmWorld();
  });

  it('are one a serving region and one of both', () => {
    expect(
      target.cloud.cloudWatch
        .dashboards()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['tandem-sandbox-both', 'tandem-sandbox-us-east-1', 'tandem-sandbox-us-west-2']);
  });

  it('draw only what is published', () => {
    const { cloudWatch } = target.cloud;
    const keyOf = ({ region, namespace, name, dimensions }: ReturnType<typeof cloudWatch.metrics>[number]): string =>
      JSON.stringify([region, namespace, name, Object.entries(dimensions).toSorted()]);
    const published = new Set(cloudWatch.metrics().map(keyOf));
    const drawn = cloudWatch.dashboards().flatMap(({ metrics }) => metrics);

    expect(drawn.length).toBeGreaterThan(100);
    const dead = drawn.filter((metric) => !published.has(keyOf(metric)));
    expect([...new Set(dead.map(({ namespace, name }) => `${namespace} ${name}`))].toSorted()).toEqual(UNSEEN_IN_CALM);
  });

  it('show every alarm there is, and none that is not', () => {
    const { cloudWatch } = target.cloud;
    const shown = new Set(cloudWatch.dashboards().flatMap(({ alarmArns }) => alarmArns));

    expect([...shown].toSorted()).toEqual(
      cloudWatch
        .alarmIdentities()
        .map(({ arn }) => arn)
        .toSorted(),
    );
  });

  it('of a serving region show the alarms of the table that stand in it', () => {
    const here = target.cloud.cloudWatch.dashboards().find(({ name }) => name.endsWith(target.regions.primary));
    const names = [...ALARMS, ...COMPOSITE_ALARMS]
      .filter((alarm) => isAlarmOf(alarm, 'primary', target.configuration))
      .map(({ id }) => alarmName(target.stage, id));

    expect(here!.alarmArns.map((arn) => arn.split(':').at(-1)).toSorted()).toEqual(names.toSorted());
  });
});
