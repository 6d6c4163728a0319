import { Kernel } from '../../../simulator/kernel/kernel';
import type { JsonObject } from '../../../simulator/services/aws-service';
import { CloudWatch, type AlarmEvent } from '../../../simulator/services/cloudwatch';

const MINUTE_US = 60_000_000;
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:alarms';

const QUEUE_AGE: JsonObject = {
  AlarmName: 'queue-age',
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateAgeOfOldestMessage',
  Dimensions: [{ Name: 'QueueName', Value: 'work' }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 30,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
  AlarmActions: [TOPIC],
};

interface World {
  readonly kernel: Kernel;
  readonly cloudwatch: CloudWatch;
  readonly delivered: { actionArn: string; event: AlarmEvent }[];
  /** Puts one age every ten seconds: what `ages` says for that second. */
  feed(ages: (seconds: number) => number | undefined): void;
}

function world(seed = 1): World {
  const kernel = new Kernel({ seed });
  const delivered: World['delivered'] = [];
  const cloudwatch = new CloudWatch(kernel, {
    accountId: '123456789012',
    deliver: (actionArn, event) => delivered.push({ actionArn, event }),
  });
  const feed: World['feed'] = (ages) => {
    const step = (): void => {
      const value = ages(kernel.nowUs / 1_000_000);
      if (value !== undefined) cloudwatch.put(age(value));
      kernel.after(10_000_000, step);
    };
    step();
  };
  return { kernel, cloudwatch, delivered, feed };
}

function age(value: number) {
  return {
    region: 'us-east-1',
    namespace: 'AWS/SQS',
    name: 'ApproximateAgeOfOldestMessage',
    dimensions: { QueueName: 'work' },
    value,
    unit: 'Seconds',
  };
}

describe('an alarm', () => {
  test('starts in INSUFFICIENT_DATA and acts on transitions only', async () => {
    const { kernel, cloudwatch, delivered, feed } = world();
    cloudwatch.createAlarm('us-east-1', 'generated', QUEUE_AGE);
    feed((seconds) => (seconds >= 600 && seconds < 1200 ? 60 : 5));

    const before = cloudwatch.alarmState('us-east-1', 'queue-age');
    await kernel.runUntil(40 * MINUTE_US);

    expect(before).toBe('INSUFFICIENT_DATA');
    expect(cloudwatch.history.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'INSUFFICIENT_DATA OK',
      'OK ALARM',
      'ALARM OK',
    ]);
    expect(delivered.map(({ actionArn, event }) => [actionArn, event.transition.to])).toEqual([[TOPIC, 'ALARM']]);
  });

  test('sees a sample only after its delay, and in the period in which it was taken', async () => {
    const { kernel, cloudwatch, feed } = world();
    cloudwatch.createAlarm('us-east-1', 'generated', QUEUE_AGE);
    feed((seconds) => (seconds >= 600 ? 60 : 5));

    await kernel.runUntil(20 * MINUTE_US);

    // The minute of the first bad sample is full at 660 s and arrives at 720 s; the phase adds up to a minute.
    const alarmAtSeconds = cloudwatch.history.find(({ to }) => to === 'ALARM')!.timeUs / 1_000_000;
    expect(alarmAtSeconds).toBeGreaterThanOrEqual(720);
    expect(alarmAtSeconds).toBeLessThan(780);
  });

  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    "never judges half a minute of a service's metric, whatever its phase (seed %i)",
    async (seed) => {
      const { kernel, cloudwatch, feed } = world(seed);
      // Six samples a minute: an alarm that saw a minute before it was whole would count fewer, and fire.
      cloudwatch.createAlarm('us-east-1', 'generated', {
        ...QUEUE_AGE,
        Statistic: 'SampleCount',
        Threshold: 6,
        ComparisonOperator: 'LessThanThreshold',
      });
      feed(() => 5);

      await kernel.runUntil(20 * MINUTE_US);

      expect(cloudwatch.history.map(({ to }) => to)).toEqual(['OK']);
    },
  );

  test('holds its last bad point while nothing newer arrives, then treats the silence', async () => {
    const { kernel, cloudwatch, feed } = world();
    cloudwatch.createAlarm('us-east-1', 'generated', QUEUE_AGE);
    feed((seconds) => (seconds === 600 ? 60 : undefined));

    await kernel.runUntil(20 * MINUTE_US);

    const [, alarm, ok] = cloudwatch.history;
    expect([alarm?.to, ok?.to]).toEqual(['ALARM', 'OK']);
    expect((ok!.timeUs - alarm!.timeUs) / MINUTE_US).toBe(4);
  });

  test('slides a long period by a minute at a time', async () => {
    const { kernel, cloudwatch, feed } = world();
    cloudwatch.createAlarm('us-east-1', 'generated', { ...QUEUE_AGE, Statistic: 'Sum', Period: 300, Threshold: 100 });
    feed((seconds) => (seconds === 400 || seconds === 500 ? 60 : 0));

    await kernel.runUntil(30 * MINUTE_US);

    // Neither 300..600 alone nor its half would matter: some five-minute window holds both samples.
    expect(cloudwatch.history.map(({ to }) => to)).toEqual(['OK', 'ALARM', 'OK']);
    const alarmAtSeconds = cloudwatch.history[1]!.timeUs / 1_000_000;
    expect(alarmAtSeconds).toBeLessThan(660);
  });

  test('with a period of ten seconds is evaluated every ten seconds over high-resolution data', async () => {
    const { kernel, cloudwatch } = world();
    cloudwatch.createAlarm('us-east-1', 'fast', {
      AlarmName: 'fast',
      Namespace: 'Shop',
      MetricName: 'Shed',
      Statistic: 'Sum',
      Period: 10,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    const step = (): void => {
      const line = {
        _aws: {
          Timestamp: kernel.epochMs,
          CloudWatchMetrics: [
            { Namespace: 'Shop', Dimensions: [[]], Metrics: [{ Name: 'Shed', Unit: 'Count', StorageResolution: 1 }] },
          ],
        },
        Shed: kernel.nowUs >= 120_000_000 ? 1 : 0,
      };
      cloudwatch.putLogLine('us-east-1', JSON.stringify(line));
      kernel.after(1_000_000, step);
    };
    step();

    await kernel.runUntil(5 * MINUTE_US);

    const alarmAtSeconds = cloudwatch.history.find(({ to }) => to === 'ALARM')!.timeUs / 1_000_000;
    expect(alarmAtSeconds).toBeGreaterThanOrEqual(140);
    expect(alarmAtSeconds).toBeLessThan(170);
  });

  test('ignores missing DynamoDB data unless the template says otherwise', async () => {
    const { kernel, cloudwatch } = world();
    const { TreatMissingData: _, ...untreated } = QUEUE_AGE;
    cloudwatch.createAlarm('us-east-1', 'generated', { ...untreated, Namespace: 'AWS/DynamoDB' });
    for (let second = 0; second < 120; second += 10) {
      kernel.at(second * 1_000_000, () => cloudwatch.put({ ...age(60), namespace: 'AWS/DynamoDB' }));
    }

    await kernel.runUntil(30 * MINUTE_US);

    expect(cloudwatch.alarmState('us-east-1', 'queue-age')).toBe('ALARM');
  });

  test('leaves another region and another dimension value alone', async () => {
    const { kernel, cloudwatch } = world();
    cloudwatch.createAlarm('us-east-1', 'generated', QUEUE_AGE);
    cloudwatch.put({ ...age(60), region: 'us-west-2' });
    cloudwatch.put({ ...age(60), dimensions: { QueueName: 'other' } });
    cloudwatch.put({ ...age(60), dimensions: {} });

    await kernel.runUntil(10 * MINUTE_US);

    expect(cloudwatch.alarmState('us-east-1', 'queue-age')).toBe('OK');
  });

  test('does nothing but change its state when its actions are disabled', async () => {
    const { kernel, cloudwatch, delivered, feed } = world();
    cloudwatch.createAlarm('us-east-1', 'generated', { ...QUEUE_AGE, ActionsEnabled: false });
    feed(() => 60);

    await kernel.runUntil(10 * MINUTE_US);

    expect(cloudwatch.alarmState('us-east-1', 'queue-age')).toBe('ALARM');
    expect(delivered).toEqual([]);
  });

  test.each([
    [{ Metrics: [{ Id: 'm1' }] }, /Metrics\[0\]: MetricStat must be an object/],
    [{ Unit: 'Seconds' }, /property Unit is not modelled/],
    [{ ThresholdMetricId: 'ad1' }, /ThresholdMetricId is not modelled/],
    [{ ComparisonOperator: 'GreaterThanUpperThreshold' }, /GreaterThanUpperThreshold" is not modelled/],
    [{ Statistic: 'tm99' }, /tm99" is not modelled/],
    [{ Period: 45 }, /Period must be 10, 30 or a multiple of 60, got 45/],
    [
      { EvaluationPeriods: 1, DatapointsToAlarm: 2 },
      /DatapointsToAlarm must be between 1 and EvaluationPeriods \(1\), got 2/,
    ],
    [{ Period: 600, EvaluationPeriods: 145 }, /EvaluationPeriods must be at most 86400 s long together/],
    [{ Threshold: 'much' }, /Threshold must be a number, got "much"/],
    [{ TreatMissingData: 'zero' }, /TreatMissingData "zero" is not modelled/],
  ])('is refused with %j', (change, message) => {
    const { cloudwatch } = world();

    expect(() => cloudwatch.createAlarm('us-east-1', 'generated', { ...QUEUE_AGE, ...change })).toThrow(message);
  });
});

describe('metrics', () => {
  test('give a chart their points, those on their way included after a flush', async () => {
    const { kernel, cloudwatch, feed } = world();
    feed((seconds) => seconds);
    const query = {
      namespace: 'AWS/SQS',
      name: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: 'work' },
      statistic: 'Maximum',
    };

    await kernel.runUntil(3 * MINUTE_US - 1);
    const visible = cloudwatch.series('us-east-1', query);
    cloudwatch.flush();

    expect(visible).toEqual([[0, 50]]);
    expect(cloudwatch.series('us-east-1', query)).toEqual([
      [0, 50],
      [60, 110],
      [120, 170],
    ]);
    expect(cloudwatch.series('us-east-1', { ...query, periodSeconds: 120, statistic: 'SampleCount' })).toEqual([
      [0, 12],
      [120, 6],
    ]);
  });

  test('keep the percentiles of a report after single values were dropped, and refuse others', async () => {
    const { kernel, cloudwatch, feed } = world();
    feed((seconds) => seconds % 60);
    const query = {
      namespace: 'AWS/SQS',
      name: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: 'work' },
    };

    await kernel.runUntil(60 * MINUTE_US - 1);

    const p50 = cloudwatch.series('us-east-1', { ...query, statistic: 'p50' });
    expect(p50[0]).toEqual([0, 25]);
    expect(p50.at(-1)).toEqual([3420, 25]);
    expect(() => cloudwatch.series('us-east-1', { ...query, statistic: 'p75' })).toThrow(/p75 .* is not modelled/);
  });

  test('report a log line that claims to hold metrics and does not', () => {
    const { cloudwatch } = world();

    cloudwatch.putLogLine('us-east-1', '{"_aws": {}}');

    expect(cloudwatch.emfProblems).toMatchObject([
      { region: 'us-east-1', problem: expect.stringMatching(/Timestamp/) },
    ]);
  });

  test('refuse a value that is not a number', () => {
    const { cloudwatch } = world();

    expect(() => cloudwatch.put(age(Number.NaN))).toThrow(/must be a finite number, got NaN/);
  });
});

describe('determinism', () => {
  async function run(seed: number): Promise<string> {
    const { kernel, cloudwatch, feed } = world(seed);
    cloudwatch.createAlarm('us-east-1', 'generated', QUEUE_AGE);
    feed((seconds) => (seconds >= 600 ? 60 : 5));
    await kernel.runUntil(20 * MINUTE_US);
    return kernel.trace.digest();
  }

  test('the same seed gives the same trace, another seed another one', async () => {
    const [first, again, other] = [await run(1), await run(1), await run(2)];

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

test('what is sent while a region takes in nothing is lost, and later samples are taken again', async () => {
  const { kernel, cloudwatch, feed } = world();
  feed(() => 1);
  await kernel.runUntil(5 * MINUTE_US);
  cloudwatch.loseSamples('us-east-1');
  await kernel.runUntil(10 * MINUTE_US);
  cloudwatch.takeSamples('us-east-1');
  await kernel.runUntil(15 * MINUTE_US);
  cloudwatch.flush();

  const seen = cloudwatch.series('us-east-1', {
    namespace: 'AWS/SQS',
    name: 'ApproximateAgeOfOldestMessage',
    dimensions: { QueueName: 'work' },
    statistic: 'SampleCount',
  });

  const minutes = seen.map(([seconds]) => seconds / 60);
  expect(minutes.filter((minute) => minute > 5 && minute < 10)).toEqual([]);
  expect(minutes.filter((minute) => minute > 10)).toEqual([11, 12, 13, 14, 15]);
});
