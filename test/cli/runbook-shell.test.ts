import { ALARMS, type PlainMetric } from '../../blueprint/alarms';
import { METRICS } from '../../blueprint/metrics';
import { logGroupName } from '../../blueprint/names';
import { SERVICES } from '../../blueprint/services';
import { SimulatedTarget } from '../../gamedays/targets/simulated-target';
import { planFlight } from '../gamedays/flight';
import { scripts } from '../../package.json';
import { awsCall, type AwsCall } from './aws-commands';
import { READERS_VARIABLES, recordBlock, runbookCommands, type RecordedCommand } from './recorded-commands';

jest.setTimeout(60_000);

const commands = runbookCommands();
const of = (program: string) => commands.filter(({ command }) => command[0] === program);

/**
 * No more is looked at than names and options of what the embedded cloud does not have, and of what needs a redrive that is
 * under way.
 */
const NOT_RUN = new Set(['DescribeLimits', 'CancelMessageMoveTask']);

/** Names of metrics that an alarm watches or that the blueprint publishes. */
const METRIC_NAMES = new Set<unknown>([
  ...Object.keys(METRICS),
  ...ALARMS.flatMap(({ metric }) =>
    metric.source === 'expression' ? Object.values<PlainMetric>(metric.metrics) : [metric],
  ).map(({ metricName }) => metricName),
]);
const LOG_GROUPS = new Set<unknown>(SERVICES.map(({ name }) => logGroupName('sandbox', name)));

/** Runs a call on the data services of the embedded cloud. What another call would have answered is asked there, too. */
function execute({ cloud }: SimulatedTarget, { service, operation, region, input }: AwsCall): unknown {
  const model = service === 'dynamodb' ? cloud.dynamoDb : cloud.sqs;
  const QueueUrl = `https://sqs.${region!}.amazonaws.com/${cloud.accountId}/tandem-sandbox-work-dead-letters`;
  const known = input['QueueUrl'] === undefined ? input : { ...input, QueueUrl };
  return model.execute({ region: region!, operation, input: known as Parameters<typeof model.execute>[0]['input'] });
}

/** What is wrong with a call of AWS, beside what `awsCall` refuses and the embedded cloud answers. */
function complaintsAbout(target: SimulatedTarget, command: RecordedCommand): string[] {
  const call = awsCall(command);
  const { service, operation, input } = call;
  const { MetricName: metric, Argument: logGroup } = input;
  if ((service === 'dynamodb' || service === 'sqs') && !NOT_RUN.has(operation)) execute(target, call);
  return [
    ...(metric === undefined || METRIC_NAMES.has(metric) ? [] : [`Nobody publishes ${JSON.stringify(metric)}.`]),
    ...(logGroup === undefined || LOG_GROUPS.has(logGroup) ? [] : [`Nobody logs to ${JSON.stringify(logGroup)}.`]),
  ];
}

let target: SimulatedTarget;
beforeAll(async () => {
  target = new SimulatedTarget({ ...(await planFlight()), seed: 1, warmUpSeconds: 0 });
});

describe('The shell commands of the runbooks', () => {
  it.each(of('aws'))('$file: $line', ({ command }) => {
    expect(complaintsAbout(target, command)).toEqual([]);
  });

  it.each(of('curl'))('$file: $line', ({ command }) => {
    const url = new URL(command.at(-1)!);

    expect(Object.values(READERS_VARIABLES)).toContain(url.host);
    expect(url.pathname).toMatch(
      new RegExp(`^/${READERS_VARIABLES.HEALTH_PATH}/(live|ready|switch/us-(east-1|west-2))$`),
    );
  });

  it.each(of('dig'))('$file: $line', ({ command }) => {
    expect(command).toEqual(['dig', '+short', 'TXT', `_region.${target.serviceName}`, '@ns-1.example.com']);
  });

  it.each(of('npx'))('$file: $line', ({ command: [, tool, verb, ...options] }) => {
    expect([tool, verb]).toEqual(['cdk', expect.stringMatching(/^(bootstrap|synth|deploy|destroy|diff)$/)]);
    const known = /^--(all|outputs-file|require-approval|force|context|exclusively)$/;
    expect(options.filter((option) => option.startsWith('--') && !known.test(option))).toEqual([]);
  });

  it.each(of('npm'))('$file: $line', ({ command: [, verb, ...options] }) => {
    const known = verb === 'run' ? Object.keys(scripts) : [undefined];

    expect(verb).toMatch(/^(ci|test|run)$/);
    expect(known).toContain(options.find((option) => !option.startsWith('-')));
  });

  it('are of these programs, and there are many', () => {
    expect([...new Set(commands.map(({ command }) => command[0]))].toSorted()).toEqual([
      'aws',
      'curl',
      'dig',
      'npm',
      'npx',
    ]);
    expect(of('aws').length).toBeGreaterThan(30);
  });
});

describe('A block of a runbook', () => {
  it('is read as a shell reads it', () => {
    const block = 'for n in 1 2; do aws sqs send --body "$REGION $n" --id \\\n  "$(aws sqs get)"; done';

    const sent = (n: number): RecordedCommand => [
      'aws',
      'sqs',
      'send',
      '--body',
      `us-east-1 ${n}`,
      '--id',
      'answer-of-aws',
    ];
    expect(recordBlock(block)).toEqual([['aws', 'sqs', 'get'], sent(1), ['aws', 'sqs', 'get'], sent(2)]);
  });

  it.each([
    ['a variable that nobody has', 'aws s3 ls "$BUCKET"', 'BUCKET'],
    ['a program that nobody knows', 'terraform apply', 'terraform'],
    ['a quote that is open', 'aws s3 ls "', 'unexpected EOF'],
  ])('would be found wrong with %s', (_what, block, message) => {
    expect(() => recordBlock(block)).toThrow(message);
  });

  it.each([
    ['aws dynamodb put-items --region x', 'aws dynamodb put-items is not known'],
    ['aws dynamodb get-item --table-name t --region x', 'aws dynamodb get-item needs --key'],
    ['aws dynamodb get-item --table-name t --key {}', 'aws dynamodb get-item needs --region'],
    ['aws dynamodb get-item --table t --key {} --region x', 'aws dynamodb get-item takes no --table'],
    ["aws dynamodb get-item --table-name t --key '{a}' --region x", 'JSON'],
    ['aws logs tail --region x --since', 'takes no argument'],
  ])('would be found wrong: %s', (block, message) => {
    const [command] = recordBlock(block);
    expect(() => awsCall(command!)).toThrow(message);
  });

  it.each([
    [
      'aws logs tail /aws/lambda/tandem-sandbox-intakes --region x',
      'Nobody logs to "/aws/lambda/tandem-sandbox-intakes".',
    ],
    ['aws cloudwatch put-metric-data --region x --namespace Tandem --metric-name Old', 'Nobody publishes "Old".'],
  ])('would be found wrong: %s', (block, complaint) => {
    expect(complaintsAbout(target, recordBlock(block)[0]!)).toEqual([complaint]);
  });

  it('would be found wrong with a key that the table does not have', () => {
    const [command] = recordBlock(
      `aws dynamodb get-item --region "$REGION" --table-name tandem-sandbox-orders --key '{"id":{"S":"x"}}'`,
    );
    expect(() => execute(target, awsCall(command!))).toThrow('key');
  });
});
