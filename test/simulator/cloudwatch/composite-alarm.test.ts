import { Kernel } from '../../../simulator/kernel/kernel';
import type { JsonObject } from '../../../simulator/services/aws-service';
import { alarmNotification, CloudWatch, type AlarmEvent } from '../../../simulator/services/cloudwatch';

const MINUTE_US = 60_000_000;
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:pages';

function world() {
  const kernel = new Kernel({ seed: 1 });
  const delivered: AlarmEvent[] = [];
  const heard: string[] = [];
  const cloudwatch = new CloudWatch(kernel, {
    accountId: '123456789012',
    deliver: (_, event) => delivered.push(event),
    onStateChange: ({ transition }) => heard.push(`${transition.alarmName} ${transition.to}`),
  });
  const alarm = (name: string, threshold: number): JsonObject => ({
    AlarmName: name,
    Namespace: 'Shop',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: threshold,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  cloudwatch.createAlarm('us-east-1', 'few', alarm('few', 5));
  cloudwatch.createAlarm('us-east-1', 'many', alarm('many', 50));
  const feed = (errorsAt: (minute: number) => number): void => {
    const step = (): void => {
      const value = errorsAt(kernel.nowUs / MINUTE_US);
      cloudwatch.put({ region: 'us-east-1', namespace: 'Shop', name: 'Errors', dimensions: {}, value, unit: 'Count' });
      kernel.after(MINUTE_US, step);
    };
    step();
  };
  return { kernel, cloudwatch, delivered, heard, feed };
}

describe('a composite alarm', () => {
  test('is judged after its creation and whenever an alarm it names changes', async () => {
    const { kernel, cloudwatch, delivered, feed } = world();
    cloudwatch.createCompositeAlarm('us-east-1', 'page', {
      AlarmRule: 'ALARM("few") AND NOT ALARM("many")',
      AlarmActions: [TOPIC],
    });
    feed((minute) => (minute >= 20 ? 100 : minute >= 10 ? 10 : 0));

    await kernel.runUntil(30 * MINUTE_US);

    const changes = cloudwatch.history.filter(({ alarmName }) => alarmName === 'page');
    expect(changes.map(({ from, to }) => `${from} ${to}`)).toEqual(['INSUFFICIENT_DATA OK', 'OK ALARM', 'ALARM OK']);
    const few = cloudwatch.history.find(({ alarmName, to }) => alarmName === 'few' && to === 'ALARM')!;
    expect(changes[1]).toMatchObject({ timeUs: few.timeUs, reason: 'AlarmRule is TRUE: few is ALARM, many is OK' });
    expect(delivered.map(({ transition }) => transition.to)).toEqual(['ALARM']);
  });

  test('can be part of another one', async () => {
    const { kernel, cloudwatch, feed } = world();
    cloudwatch.createCompositeAlarm('us-east-1', 'inner', { AlarmRule: 'ALARM(few)' });
    cloudwatch.createCompositeAlarm('us-east-1', 'outer', { AlarmRule: 'ALARM(inner)' });
    feed(() => 10);

    await kernel.runUntil(10 * MINUTE_US);

    expect(cloudwatch.alarmState('us-east-1', 'outer')).toBe('ALARM');
  });

  test('is refused when it names an alarm or a suppressor that does not exist, or no period', () => {
    const { cloudwatch } = world();

    expect(() => cloudwatch.createCompositeAlarm('us-east-1', 'page', { AlarmRule: 'ALARM(none)' })).toThrow(
      /none does not exist/,
    );
    const suppressed = {
      AlarmRule: 'ALARM(few)',
      ActionsSuppressorWaitPeriod: 60,
      ActionsSuppressorExtensionPeriod: 60,
    };
    expect(() =>
      cloudwatch.createCompositeAlarm('us-east-1', 'page1', { ...suppressed, ActionsSuppressor: 'none' }),
    ).toThrow(/none does not exist/);
    expect(() =>
      cloudwatch.createCompositeAlarm('us-east-1', 'page2', { AlarmRule: 'ALARM(few)', ActionsSuppressor: 'many' }),
    ).toThrow(/ActionsSuppressorWaitPeriod must be given/);
  });

  test('hands its suppressor from the template to the rule, by name or by ARN', async () => {
    const { kernel, cloudwatch, delivered, feed } = world();
    for (const [name, suppressor] of [
      ['named', 'many'],
      ['by-arn', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:many'],
    ]) {
      cloudwatch.createCompositeAlarm('us-east-1', name!, {
        AlarmRule: 'ALARM(few)',
        AlarmActions: [TOPIC],
        ActionsSuppressor: suppressor!,
        ActionsSuppressorWaitPeriod: 120,
        ActionsSuppressorExtensionPeriod: 60,
      });
    }
    feed(() => 100);

    await kernel.runUntil(30 * MINUTE_US);

    expect(cloudwatch.alarmState('us-east-1', 'named')).toBe('ALARM');
    expect(delivered).toEqual([]);
  });
});

describe('a change of state', () => {
  test('is heard by EventBridge whatever the actions', async () => {
    const { kernel, heard, feed } = world();
    feed(() => 10);

    await kernel.runUntil(10 * MINUTE_US);

    expect(heard.toSorted()).toEqual(['few ALARM', 'many OK']);
  });

  test('becomes a message for a topic', async () => {
    const { kernel, cloudwatch, delivered, feed } = world();
    cloudwatch.createAlarm('us-east-1', 'slow', {
      AlarmName: 'slow',
      AlarmDescription: 'Orders take too long.',
      Namespace: 'Shop',
      MetricName: 'Errors',
      Dimensions: [],
      ExtendedStatistic: 'p99',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [TOPIC],
    });
    feed(() => 10);

    await kernel.runUntil(10 * MINUTE_US);
    const notification = alarmNotification(delivered[0]!);

    expect(notification.subject).toBe('ALARM: "slow" in us-east-1');
    expect(JSON.parse(notification.message)).toMatchObject({
      AlarmName: 'slow',
      AlarmDescription: 'Orders take too long.',
      AWSAccountId: '123456789012',
      NewStateValue: 'ALARM',
      OldStateValue: 'INSUFFICIENT_DATA',
      NewStateReason: expect.stringMatching(/^Threshold Crossed: 1 out of the last 1 datapoints \[10\.0\]/),
      StateChangeTime: expect.stringMatching(/^2026-03-02T09:0\d:\d\d\.\d{3}\+0000$/),
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:slow',
      AlarmActions: [TOPIC],
      Trigger: {
        MetricName: 'Errors',
        StatisticType: 'ExtendedStatistic',
        ExtendedStatistic: 'p99',
        Period: 60,
        Threshold: 5,
      },
    });
  });
});
