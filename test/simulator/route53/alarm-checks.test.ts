import { Kernel } from '../../../simulator/kernel/kernel';
import type { JsonObject } from '../../../simulator/services/aws-service';
import { CloudWatch } from '../../../simulator/services/cloudwatch';
import { Route53 } from '../../../simulator/services/route53';
import { calculatedCheck, SECOND_US, statusesOf } from './route53-world';

const REGION = 'us-west-2';
const ALARM = 'no-orders';

interface World {
  readonly kernel: Kernel;
  readonly cloudWatch: CloudWatch;
  readonly route53: Route53;
}

/** A metric that every minute says how many orders came; undefined is silence. */
function world(ordersAt: (minute: number) => number | undefined, alarm: JsonObject = {}): World {
  const kernel = new Kernel({ seed: 1 });
  const cloudWatch = new CloudWatch(kernel, { accountId: '123456789012', deliver: () => {} });
  const route53 = new Route53(kernel, {
    sendProbe: () => {},
    metrics: cloudWatch,
    judgeAlarm: (...question) => cloudWatch.judgeAlarmData(...question),
  });
  cloudWatch.createAlarm(REGION, ALARM, {
    Namespace: 'Shop',
    MetricName: 'Orders',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    ...alarm,
  });
  const put = (minute: number): void => {
    const value = ordersAt(minute);
    const sample = { region: REGION, namespace: 'Shop', name: 'Orders', dimensions: {}, unit: 'Count' };
    if (value !== undefined) cloudWatch.put({ ...sample, value });
    kernel.after(60 * SECOND_US, () => put(minute + 1));
  };
  put(0);
  return { kernel, cloudWatch, route53 };
}

const alarmCheck = (changes: JsonObject = {}): JsonObject => ({
  HealthCheckConfig: {
    Type: 'CLOUDWATCH_METRIC',
    AlarmIdentifier: { Name: ALARM, Region: REGION },
    ...changes,
  },
});

const minutes = (count: number): number => count * 60 * SECOND_US;

describe('A health check on an alarm', () => {
  test('is healthy until the data breaches, and again when it no longer does', async () => {
    const { kernel, route53 } = world((minute) => (minute >= 10 && minute < 20 ? 0 : 5));
    route53.createHealthCheck('orders', alarmCheck());
    await kernel.runUntil(minutes(10));
    const before = route53.isHealthy('orders');
    await kernel.runUntil(minutes(14));
    const meanwhile = route53.isHealthy('orders');
    await kernel.runUntil(minutes(30));

    expect([before, meanwhile, route53.isHealthy('orders')]).toEqual([true, false, true]);
    expect(statusesOf(route53, 'orders')).toEqual([false, true]);
  });

  test('follows the data at moments of its own, not the state of the alarm', async () => {
    const { kernel, cloudWatch, route53 } = world((minute) => (minute >= 10 && minute < 20 ? 0 : 5));
    route53.createHealthCheck('orders', alarmCheck());
    await kernel.runUntil(minutes(30));

    const alarmAt = cloudWatch.history.filter(({ to }) => to === 'ALARM').map(({ timeUs }) => timeUs);
    const checkAt = route53.statusChanges.filter(({ healthy }) => !healthy).map(({ timeUs }) => timeUs);
    expect(alarmAt).toHaveLength(1);
    expect(checkAt).toHaveLength(1);
    expect(checkAt[0]).not.toBe(alarmAt[0]);
    expect(Math.abs(checkAt[0]! - alarmAt[0]!)).toBeLessThan(minutes(1) + 3 * SECOND_US);
  });

  test.each([
    ['Healthy', true],
    ['Unhealthy', false],
    ['LastKnownStatus', false],
    [undefined, false],
  ])('without data is what %s says', async (status, isHealthy) => {
    const { kernel, route53 } = world((minute) => (minute < 10 ? 5 : minute < 20 ? 0 : undefined));
    const changes = status === undefined ? {} : { InsufficientDataHealthStatus: status };
    route53.createHealthCheck('orders', alarmCheck(changes));
    await kernel.runUntil(minutes(40));

    expect(route53.isHealthy('orders')).toBe(isHealthy);
  });

  test.each([
    ['LastKnownStatus', true],
    ['Unhealthy', false],
  ])('that has never had data is healthy with LastKnownStatus only: %s', async (status, isHealthy) => {
    const { kernel, route53 } = world(() => undefined);
    route53.createHealthCheck('orders', alarmCheck({ InsufficientDataHealthStatus: status }));
    const atOnce = route53.isHealthy('orders');
    await kernel.runUntil(minutes(10));

    expect([atOnce, route53.isHealthy('orders')]).toEqual([isHealthy, isHealthy]);
  });

  test('can be inverted, and counts as a child of a calculated one', async () => {
    const { kernel, route53 } = world((minute) => (minute >= 10 ? 0 : 5));
    route53.createHealthCheck('orders', alarmCheck());
    route53.createHealthCheck('inverted', alarmCheck({ Inverted: true }));
    route53.createHealthCheck('both', calculatedCheck(['orders', 'inverted'], 2));
    route53.createHealthCheck('one', calculatedCheck(['orders', 'inverted'], 1));
    await kernel.runUntil(minutes(20));

    const healthy = ['orders', 'inverted', 'both', 'one'].map((id) => route53.isHealthy(id));
    expect(healthy).toEqual([false, true, false, true]);
  });

  test('publishes its status, and nothing of checkers', async () => {
    const { kernel, cloudWatch, route53 } = world(() => 5);
    route53.createHealthCheck('orders', alarmCheck());
    await kernel.runUntil(minutes(3));

    const names = cloudWatch.metrics().filter(({ namespace }) => namespace === 'AWS/Route53');
    expect(names.map(({ region, name }) => `${region} ${name}`)).toEqual(['us-east-1 HealthCheckStatus']);
  });
});

describe('A health check is refused', () => {
  test.each([
    ['a percentile', { Statistic: undefined, ExtendedStatistic: 'p99' }],
    ['a metric of high resolution', { Period: 10 }],
    [
      'an expression',
      {
        ...Object.fromEntries(['Namespace', 'MetricName', 'Statistic', 'Period'].map((name) => [name, undefined])),
        Metrics: [
          { Id: 'twice', Expression: 'orders * 2' },
          {
            Id: 'orders',
            ReturnData: false,
            MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Period: 60, Stat: 'Sum' },
          },
        ],
      },
    ],
  ])('on an alarm on %s', (_what, alarm) => {
    const { route53 } = world(() => 5, alarm);

    expect(() => route53.createHealthCheck('orders', alarmCheck())).toThrow(/cannot follow alarm no-orders/);
  });

  test('on a composite alarm', () => {
    const { cloudWatch, route53 } = world(() => 5);
    cloudWatch.createCompositeAlarm(REGION, 'any', { AlarmRule: `ALARM("${ALARM}")` });
    const check = alarmCheck({ AlarmIdentifier: { Name: 'any', Region: REGION } });

    expect(() => route53.createHealthCheck('any', check)).toThrow(/cannot follow alarm any/);
  });

  test('on an alarm that does not exist there', () => {
    const { route53 } = world(() => 5);
    const check = alarmCheck({ AlarmIdentifier: { Name: ALARM, Region: 'us-east-1' } });

    expect(() => route53.createHealthCheck('orders', check)).toThrow(/no-orders does not exist in us-east-1/);
  });
});
