import { Kernel } from '../../../simulator/kernel/kernel';
import type { JsonObject } from '../../../simulator/services/aws-service';
import { alarmNotification, CloudWatch, type AlarmEvent } from '../../../simulator/services/cloudwatch';
import { compileMetricMath, type Points } from '../../../simulator/services/cloudwatch/metric-math';

const SOURCE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html';
const MINUTE_US = 60_000_000;

/** `-` is a missing point. */
function parsePoints(text: string): Points {
  return text.split(' ').map((symbol) => (symbol === '-' ? undefined : Number(symbol)));
}

const METRICS: Readonly<Record<string, Points>> = {
  errors: parsePoints('1 2 - 0 -'),
  requests: parsePoints('10 4 5 0 -'),
  errors2: parsePoints('3 - 7 1 -'),
};

function evaluate(expression: string): string {
  const points = compileMetricMath(expression).evaluate({
    points: (id) => METRICS[id]!,
    metricIds: Object.keys(METRICS),
    length: 5,
  });
  return points.map((point) => (point === undefined ? '-' : String(point))).join(' ');
}

describe(`Metric math (${SOURCE})`, () => {
  test.each([
    ['requests + 1', '11 5 6 1 -'],
    ['1 + requests', '11 5 6 1 -'],
    ['requests - errors', '9 2 5 0 -'],
    ['-errors', '-1 -2 - 0 -'],
    ['errors / requests', '0.1 0.5 0 - -'],
    ['requests / errors', '10 2 - - -'],
    ['100 * errors / requests', '10 50 0 - -'],
    ['(errors + errors2) * 2', '8 4 14 2 -'],
    ['errors + errors2 * 2', '7 2 14 2 -'],
    ['10 - 4 - errors', '5 4 - 6 -'],
    ['FILL(errors, 0)', '1 2 0 0 0'],
    ['FILL(errors, requests)', '1 2 5 0 -'],
    ['FILL(errors, REPEAT)', '1 2 2 0 0'],
    ['FILL(errors, 0) / FILL(requests, 1)', '0.1 0.5 0 - 0'],
    ['requests > 4', '1 0 1 0 -'],
    ['requests >= 4 AND errors < 2', '1 0 0 0 -'],
    ['requests == 4 || errors != 1', '0 1 0 1 -'],
    ['IF(requests > 0, errors, 0)', '1 2 - 0 -'],
    ['IF(requests > 4, 100 * errors / requests)', '10 - 0 - -'],
    ['IF(1, errors, requests)', '1 2 - 0 -'],
    ['SUM([errors, errors2])', '4 2 7 1 -'],
    ['AVG([errors, errors2])', '2 2 7 0.5 -'],
    ['MAX([errors, errors2])', '3 2 7 1 -'],
    ['MIN(METRICS("errors"))', '1 2 7 0 -'],
    ['SUM(METRICS())', '14 6 12 1 -'],
    ['SUM(FILL(METRICS(), 1))', '14 7 13 1 3'],
    ['1.5e1 * errors', '15 30 - 0 -'],
  ])('makes of %s the points %s', (expression, expected) => {
    expect(evaluate(expression)).toBe(expected);
  });

  test.each([
    ['RATE(errors)', /Metric math function RATE is not modelled/],
    ['ANOMALY_DETECTION_BAND(errors)', /function ANOMALY_DETECTION_BAND is not modelled/],
    ['1 + ABS(errors)', /function ABS is not modelled/],
    ['SUM(errors)', /SUM of one time series is not modelled/],
    ['FILL(errors, LINEAR)', /FILL with LINEAR is not modelled/],
    ['METRICS() + 1', /Arithmetic on a list of time series is not modelled/],
    ['1 + 1', /gives no single time series/],
    ['errors +', /it cannot be read/],
    ['(errors', /it cannot be read/],
    ['errors requests', /it cannot be read/],
    ['errors # 1', /it cannot be read/],
    ['IF(errors)', /IF takes 2 to 3 arguments, got 1/],
    ['errors + "text"', /"text" is neither a number nor a time series/],
  ])('refuses %s', (expression, message) => {
    expect(() => evaluate(expression)).toThrow(message);
  });
});

function query(id: string, name: string, period = 60): JsonObject {
  const Metric = { Namespace: 'Shop', MetricName: name, Dimensions: [{ Name: 'Service', Value: 'intake' }] };
  return { Id: id, ReturnData: false, MetricStat: { Metric, Period: period, Stat: 'Sum' } };
}

const ERROR_RATE: JsonObject = {
  AlarmName: 'error-rate',
  EvaluationPeriods: 2,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
  AlarmActions: ['arn:aws:sns:us-east-1:123456789012:pages'],
  Metrics: [
    { Id: 'rate', Expression: '100 * share', Label: 'Error rate' },
    { Id: 'share', Expression: 'errors / requests', ReturnData: false },
    query('errors', 'Errors'),
    query('requests', 'Requests'),
  ],
};

function world() {
  const kernel = new Kernel({ seed: 1 });
  const delivered: AlarmEvent[] = [];
  const cloudwatch = new CloudWatch(kernel, {
    accountId: '123456789012',
    deliver: (_, event) => delivered.push(event),
  });
  const feed = (errorsAt: (minute: number) => number): void => {
    const step = (): void => {
      for (const [name, value] of [
        ['Errors', errorsAt(kernel.nowUs / MINUTE_US)],
        ['Requests', 100],
      ] as const) {
        const dimensions = { Service: 'intake' };
        cloudwatch.put({ region: 'us-east-1', namespace: 'Shop', name, dimensions, value, unit: 'Count' });
      }
      kernel.after(MINUTE_US, step);
    };
    step();
  };
  return { kernel, cloudwatch, delivered, feed };
}

describe('An alarm on an expression', () => {
  test('follows it, through other expressions to their metrics', async () => {
    const { kernel, cloudwatch, delivered, feed } = world();
    cloudwatch.createAlarm('us-east-1', 'error-rate', ERROR_RATE);
    feed((minute) => (minute >= 10 && minute < 20 ? 10 : 1));

    await kernel.runUntil(40 * MINUTE_US);

    const changes = cloudwatch.history.map(({ from, to, timeUs }) => `${from} ${to} ${Math.floor(timeUs / MINUTE_US)}`);
    expect(changes).toEqual(['INSUFFICIENT_DATA OK 0', 'OK ALARM 12', 'ALARM OK 21']);
    expect(JSON.parse(alarmNotification(delivered[0]!).message)).toMatchObject({
      NewStateReason: expect.stringContaining('[10.0, 10.0] was greater than the threshold (5.0)'),
      Trigger: {
        Period: 60,
        Metrics: [
          { Id: 'rate', Expression: '100 * share', ReturnData: true },
          { Id: 'share', ReturnData: false },
          { Id: 'errors', MetricStat: { Metric: { MetricName: 'Errors' }, Stat: 'Sum' } },
          { Id: 'requests' },
        ],
      },
    });
  });

  test('on one metric in this form is like any other', async () => {
    const { kernel, cloudwatch, feed } = world();
    const Metrics = [{ ...query('errors', 'Errors'), ReturnData: true, Label: 'Errors' }];
    cloudwatch.createAlarm('us-east-1', 'errors', { ...ERROR_RATE, Metrics });
    feed(() => 10);

    await kernel.runUntil(10 * MINUTE_US);

    expect(cloudwatch.alarmState('us-east-1', 'error-rate')).toBe('ALARM');
  });

  test.each<[string, JsonObject, RegExp]>([
    [
      'two results',
      {
        Metrics: [
          { Id: 'a', Expression: 'b + 1' },
          { ...query('b', 'B'), ReturnData: true },
        ],
      },
      /ReturnData true for exactly one/,
    ],
    [
      'two periods',
      { Metrics: [{ Id: 'a', Expression: 'b + c' }, query('b', 'B'), query('c', 'C', 300)] },
      /one and the same Period/,
    ],
    [
      'an id that nobody defines',
      { Metrics: [{ Id: 'a', Expression: 'b + c' }, query('b', 'B')] },
      /Invalid metrics list: a names c/,
    ],
    [
      'a circle',
      {
        Metrics: [
          { Id: 'a', Expression: 'c + b' },
          { Id: 'c', Expression: 'a + 1', ReturnData: false },
          query('b', 'B'),
        ],
      },
      /a depends on itself/,
    ],
    [
      'a function that is not modelled',
      { Metrics: [{ Id: 'a', Expression: 'RATE(b)' }, query('b', 'B')] },
      /function RATE is not modelled/,
    ],
    [
      'another account',
      {
        Metrics: [
          { Id: 'a', Expression: 'b + 1' },
          { ...query('b', 'B'), AccountId: '1' },
        ],
      },
      /property AccountId is not modelled/,
    ],
    ['a rule for few samples', { EvaluateLowSampleCountPercentile: 'ignore' }, /Leave it out beside an expression/],
  ])('is refused with %s', (_what, changes, message) => {
    const { cloudwatch } = world();

    expect(() => cloudwatch.createAlarm('us-east-1', 'error-rate', { ...ERROR_RATE, ...changes })).toThrow(message);
  });
});
