import { Kernel } from '../../../simulator/kernel/kernel';
import { CloudWatch } from '../../../simulator/services/cloudwatch';
import { readDashboard } from '../../../simulator/services/cloudwatch/dashboards';

const bodyOf = (...widgets: object[]): string => JSON.stringify({ widgets });
const metric = (...metrics: readonly unknown[]) => ({ type: 'metric', properties: { region: 'us-east-1', metrics } });

describe('A dashboard', () => {
  it('is read for the metrics that it draws and the alarms that it shows', () => {
    const body = bodyOf(
      { type: 'text', properties: { markdown: '# Hello' } },
      { type: 'alarm', properties: { alarms: ['arn:one'] } },
      metric(['AWS/SQS', 'Age', 'QueueName', 'work', { stat: 'Maximum' }], ['.', 'Depth', '.', '.']),
      metric(['AWS/SQS', 'Age', 'QueueName', 'work'], ['AWS/Lambda', 'Throttles', { region: 'us-west-2' }]),
      metric([{ expression: 'a / b' }]),
    );

    expect(readDashboard('us-east-1', 'both', body)).toEqual({
      name: 'both',
      alarmArns: ['arn:one'],
      metrics: [
        { region: 'us-east-1', namespace: 'AWS/SQS', name: 'Age', dimensions: { QueueName: 'work' } },
        { region: 'us-east-1', namespace: 'AWS/SQS', name: 'Depth', dimensions: { QueueName: 'work' } },
        { region: 'us-west-2', namespace: 'AWS/Lambda', name: 'Throttles', dimensions: {} },
      ],
    });
  });

  it.each([
    ['a body that is no JSON', 'both', '{', 'The dashboard both: its body is no JSON'],
    ['a body without widgets', 'both', '{}', 'The dashboard both: its body has no list of widgets.'],
    ['a name with a blank', 'the both', bodyOf(), 'its name may have letters, digits, - and _'],
    ['too many widgets', 'both', bodyOf(...Array.from({ length: 501 }, () => metric())), '501 widgets, at most 500'],
    ['half a dimension', 'both', bodyOf(metric(['AWS/SQS', 'Age', 'QueueName'])), 'pairs of dimensions'],
    ['a widget that nobody knows', 'both', bodyOf({ type: 'chart' }), 'a widget of type chart is not modelled'],
  ])('is refused with %s', (_what, name, body, message) => {
    expect(() => readDashboard('us-east-1', name, body)).toThrow(message);
  });

  it('has a name that is taken in every region', () => {
    const cloudWatch = new CloudWatch(new Kernel({ seed: 1 }), { accountId: '1', deliver: () => undefined });
    cloudWatch.createDashboard('us-east-1', 'both', bodyOf());

    expect(() => cloudWatch.createDashboard('us-west-2', 'both', bodyOf())).toThrow('both exists already');
    expect(cloudWatch.dashboards().map(({ name }) => name)).toEqual(['both']);
  });
});
