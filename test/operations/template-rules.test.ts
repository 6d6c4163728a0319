import type { TemplateResource } from '../../operations/cloud-assembly';
import { TEMPLATE_RULES, templateFindings } from '../../operations/template-rules';
import { CONFIGURATIONS, LEAN } from '../lib/synthesis';
import { assemblyOf, planted } from './synthesized-assembly';

const TANDEM = assemblyOf();
const FULL = { 'tandem:stage': 'full', 'tandem:healthPath': 'test-5c9b7a61d84e3520', 'tandem:automation': 'on' };

const EXAMINED = { ...CONFIGURATIONS, lean: LEAN, full: FULL };

const resource = (Type: string, Properties: object): TemplateResource =>
  ({ Type, Properties }) as unknown as TemplateResource;

const alarm = (changes: object): TemplateResource =>
  resource('AWS::CloudWatch::Alarm', { AlarmName: 'planted', Period: 60, EvaluationPeriods: 3, ...changes });

const composite = (AlarmRule: unknown): TemplateResource => resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule });

const following = (Name: string, Region = 'us-east-2'): TemplateResource =>
  resource('AWS::Route53::HealthCheck', {
    HealthCheckConfig: { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name, Region } },
  });

const record = (changes: object): TemplateResource =>
  resource('AWS::Route53::RecordSet', {
    HostedZoneId: { Ref: 'Zone' },
    Name: 'api.example.com.',
    Type: 'A',
    ...changes,
  });
const ZONE = resource('AWS::Route53::HostedZone', { Name: 'example.com.' });
const check = { HealthCheckId: 'known' };

const strongTable = (regions: readonly string[], changes: object = {}): TemplateResource =>
  resource('AWS::DynamoDB::GlobalTable', {
    MultiRegionConsistency: 'STRONG',
    Replicas: regions.map((Region) => ({ Region })),
    ...changes,
  });

const policy = (Action: unknown, Resource: unknown, changes: object = {}): TemplateResource =>
  resource('AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource, ...changes }] } });

/** A rule, what is planted into the witness stack (us-east-2), and what the rule says. */
const FAULTS: readonly (readonly [string, string, Readonly<Record<string, TemplateResource>>, string])[] = [
  [
    'arn-where-an-arn-belongs',
    'a name of a topic',
    { P: alarm({ AlarmActions: ['on-call'] }) },
    '"on-call": it must be an ARN',
  ],
  [
    'arn-where-an-arn-belongs',
    'the topic of another region',
    { P: alarm({ OKActions: ['arn:aws:sns:us-east-1:123456789012:on-call'] }) },
    'an ARN of us-east-1: it must be of us-east-2',
  ],
  [
    'arn-where-an-arn-belongs',
    'a queue that shall be a dead-letter queue by its URL',
    { P: resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: { Ref: 'Q' } } }) },
    'RedrivePolicy.deadLetterTargetArn is',
  ],
  [
    'arn-where-an-arn-belongs',
    'a table as the target of a rule',
    {
      P: resource('AWS::Events::Rule', { Targets: [{ Arn: { 'Fn::GetAtt': ['T', 'Arn'] } }] }),
      T: resource('AWS::DynamoDB::GlobalTable', { TableName: 't' }),
    },
    'Targets.Arn is an ARN of dynamodb',
  ],
  ['alarm-can-be-evaluated', 'M above N', { P: alarm({ DatapointsToAlarm: 4 }) }, '4 of 3 EvaluationPeriods'],
  ['alarm-can-be-evaluated', 'more than a day', { P: alarm({ EvaluationPeriods: 1441 }) }, 'at most 86400 s'],
  [
    'alarm-can-be-evaluated',
    'more than a week',
    { P: alarm({ Period: 3600, EvaluationPeriods: 169 }) },
    'at most 604800 s',
  ],
  ['alarm-can-be-evaluated', 'a period of 45 s', { P: alarm({ Period: 45 }) }, 'a multiple of 60'],
  [
    'alarm-can-be-evaluated',
    'an id that is no metric',
    {
      P: alarm({
        Metrics: [
          { Id: 'e1', Expression: 'IF(total > 0, bad / total, 0)' },
          { Id: 'total', ReturnData: false },
        ],
      }),
    },
    'Its expression names bad',
  ],
  [
    'alarm-can-be-evaluated',
    'two metrics that return data',
    { P: alarm({ Metrics: [{ Id: 'e1', Expression: 'm1 * 2' }, { Id: 'm1' }] }) },
    '2 of its metrics return data',
  ],
  [
    'composite-names-alarms-that-exist',
    'an alarm that nobody makes',
    { P: composite('ALARM("gone") OR ALARM("tandem-sandbox-primary-unseen")') },
    'names gone, which no stack of us-east-2 makes',
  ],
  ['composite-names-alarms-that-exist', 'no alarm at all', { P: composite('') }, 'names no alarm'],
  [
    'health-check-can-follow',
    'an alarm that no stack makes',
    { P: following('gone') },
    'gone of us-east-2, which no stack makes',
  ],
  [
    'health-check-can-follow',
    'an alarm of another region',
    { P: following('planted', 'us-east-1'), A: alarm({}) },
    'planted of us-east-1, which no stack makes',
  ],
  [
    'health-check-can-follow',
    'M of N',
    { P: following('planted'), A: alarm({ DatapointsToAlarm: 2 }) },
    'wants 2 points of 3',
  ],
  [
    'health-check-can-follow',
    'metric math',
    { P: following('planted'), A: alarm({ Metrics: [{ Id: 'e1' }] }) },
    'is on metric math',
  ],
  [
    'health-check-can-follow',
    'a percentile',
    { P: following('planted'), A: alarm({ ExtendedStatistic: 'p99' }) },
    'percentile p99',
  ],
  ['health-check-can-follow', 'ten seconds', { P: following('planted'), A: alarm({ Period: 10 }) }, 'a period of 10 s'],
  [
    'health-check-can-follow',
    'a composite alarm',
    { P: following('all'), A: resource('AWS::CloudWatch::CompositeAlarm', { AlarmName: 'all', AlarmRule: 'FALSE' }) },
    'is a composite alarm',
  ],
  [
    'health-check-can-follow',
    'two checker regions',
    {
      P: resource('AWS::Route53::HealthCheck', {
        HealthCheckConfig: { Type: 'HTTPS', Regions: ['us-east-1', 'eu-west-1'] },
      }),
    },
    'asked from 2 regions',
  ],
  [
    'health-check-can-follow',
    'more children than there are',
    {
      P: resource('AWS::Route53::HealthCheck', {
        HealthCheckConfig: { Type: 'CALCULATED', HealthThreshold: 2, ChildHealthChecks: [{ Ref: 'Gone' }] },
      }),
    },
    'wants 2 of 1 checks',
  ],
  [
    'records-of-a-name-fit-together',
    'two primaries',
    {
      Zone: ZONE,
      P: record({ Failover: 'PRIMARY', SetIdentifier: 'a', ...check }),
      Q: record({ Failover: 'PRIMARY', SetIdentifier: 'b', ...check }),
    },
    'has 2 PRIMARY records',
  ],
  ['records-of-a-name-fit-together', 'no identifier', { Zone: ZONE, P: record({ Weight: 1 }) }, 'no SetIdentifier'],
  [
    'records-of-a-name-fit-together',
    'a primary nobody checks',
    { Zone: ZONE, P: record({ Failover: 'PRIMARY', SetIdentifier: 'a' }) },
    'without a health check',
  ],
  [
    'records-of-a-name-fit-together',
    'an identifier twice',
    { Zone: ZONE, P: record({ Weight: 1, SetIdentifier: 'a' }), Q: record({ Weight: 2, SetIdentifier: 'a' }) },
    'the SetIdentifier "a" more than once',
  ],
  [
    'records-of-a-name-fit-together',
    'two plain records',
    { Zone: ZONE, P: record({}), Q: record({}) },
    'not all have a routing policy',
  ],
  [
    'records-of-a-name-fit-together',
    'a CNAME at the apex',
    { Zone: ZONE, P: record({ Name: 'example.com', Type: 'CNAME' }) },
    'the apex of its zone',
  ],
  [
    'replicas-fit-their-consistency',
    'two regions',
    { P: strongTable(['us-east-1', 'us-west-2']) },
    'must be three regions',
  ],
  [
    'replicas-fit-their-consistency',
    'regions of two sets',
    { P: strongTable(['us-east-1', 'us-west-2', 'eu-west-1']) },
    'us-east-1, us-west-2, eu-west-1',
  ],
  [
    'replicas-fit-their-consistency',
    'a time to live',
    { P: strongTable(['us-east-1', 'us-west-2', 'us-east-2'], { TimeToLiveSpecification: {} }) },
    'STRONG with TimeToLiveSpecification',
  ],
  [
    'replicas-fit-their-consistency',
    'a region twice',
    { P: resource('AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: 'us-east-1' }, { Region: 'us-east-1' }] }) },
    'named twice',
  ],
  [
    'dashboard-is-json',
    'a missing bracket',
    { P: resource('AWS::CloudWatch::Dashboard', { DashboardBody: '{"widgets":[' }) },
    'is not JSON',
  ],
  [
    'dashboard-is-json',
    'no widgets',
    { P: resource('AWS::CloudWatch::Dashboard', { DashboardBody: '{}' }) },
    'no list of widgets',
  ],
  [
    'schedule-is-one',
    'a plural',
    { P: resource('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minutes)' }) },
    'rate(1 minutes)',
  ],
  [
    'schedule-is-one',
    'seconds',
    { P: resource('AWS::Events::Rule', { ScheduleExpression: 'rate(30 seconds)' }) },
    'rate(30 seconds)',
  ],
  [
    'schedule-is-one',
    'five fields',
    { P: resource('AWS::Events::Rule', { ScheduleExpression: 'cron(0 12 * * *)' }) },
    'cron(0 12 * * *)',
  ],
  [
    'experiment-has-its-targets',
    'a target that is not there',
    {
      P: resource('AWS::FIS::ExperimentTemplate', {
        Targets: { Functions: {} },
        Actions: { Delay: { Targets: { Functions: 'Lambdas' } } },
        StopConditions: [{ Source: 'aws:cloudwatch:alarm' }],
      }),
    },
    'the target Lambdas: known are Functions',
  ],
  [
    'experiment-has-its-targets',
    'nothing that stops it',
    { P: resource('AWS::FIS::ExperimentTemplate', { StopConditions: [{ Source: 'none' }] }) },
    'no stop condition',
  ],
  ['queue-is-encrypted', 'an unencrypted queue', { P: resource('AWS::SQS::Queue', {}) }, 'not encrypted at rest'],
  [
    'queue-is-encrypted',
    'a queue that takes plain text',
    { P: resource('AWS::SQS::Queue', { SqsManagedSseEnabled: true }) },
    'No policy denies calls without TLS',
  ],
  [
    'topic-wants-tls',
    'a topic that takes plain text',
    { P: resource('AWS::SNS::Topic', {}) },
    'No policy denies calls without TLS',
  ],
  ['log-group-forgets', 'a log group for ever', { P: resource('AWS::Logs::LogGroup', {}) }, 'for ever'],
  [
    'grant-is-narrow',
    'every action',
    { P: policy('dynamodb:*', 'arn:aws:dynamodb:us-east-2:1:table/t') },
    'allows dynamodb:*',
  ],
  ['grant-is-narrow', 'every resource', { P: policy('sqs:SendMessage', '*') }, 'allows sqs:SendMessage on *'],
  [
    'grant-is-narrow',
    'all tables',
    { P: policy('dynamodb:GetItem', 'arn:aws:dynamodb:us-east-2:1:table/*') },
    'table/*',
  ],
  [
    'grant-is-narrow',
    'an action on a resource of another service',
    { P: policy('sqs:SendMessage', 'arn:aws:sns:us-east-2:1:t') },
    'sqs:SendMessage on a resource of sns',
  ],
  ['grant-is-narrow', 'everything but', { P: policy([], [], { NotAction: 'iam:*' }) }, 'allows by NotAction'],
  [
    'grant-is-narrow',
    'a policy of AWS',
    { P: resource('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'] }) },
    'AmazonSQSFullAccess of AWS',
  ],
  [
    'policy-names-who',
    'a queue for everybody',
    {
      P: resource('AWS::SQS::QueuePolicy', {
        PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage' }] },
      }),
    },
    'sqs:SendMessage to everybody',
  ],
  [
    'template-holds-no-secret',
    'an access key',
    { P: resource('AWS::Lambda::Function', { Environment: { Variables: { KEY: 'AKIAIOSFODNN7EXAMPLE' } } }) },
    'an access key',
  ],
  [
    'template-holds-no-secret',
    'a password',
    { P: resource('AWS::Lambda::Function', { Environment: { Variables: { DB_PASSWORD: 'hunter2' } } }) },
    'a password',
  ],
];

describe('The rules for templates', () => {
  test.each(Object.entries(EXAMINED))('find nothing in Tandem with %s', (_, changes) => {
    expect(templateFindings(assemblyOf(changes))).toEqual([]);
  });

  test.each(FAULTS)('%s finds %s', (rule, _, resources, text) => {
    const found = templateFindings(planted(TANDEM, 'Witness', resources));
    expect(found).toContainEqual({
      rule,
      stackName: 'Tandem-sandbox-Witness',
      logicalId: 'P',
      text: expect.stringContaining(text) as string,
    });
  });

  test('each have a template that must fail', () => {
    const failing = new Set(FAULTS.map(([rule]) => rule));
    expect(TEMPLATE_RULES.map(({ name }) => name).filter((name) => !failing.has(name))).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, TemplateResource>>]>([
    ['a week of hours', { P: alarm({ Period: 3600, EvaluationPeriods: 168 }) }],
    [
      'metric math over a search',
      { P: alarm({ Metrics: [{ Id: 'e1', Expression: "SUM(SEARCH('abc', 'Sum', 60))" }] }) },
    ],
    [
      'an alarm that Route 53 can follow',
      { P: following('planted'), A: alarm({ Statistic: 'Sum', DatapointsToAlarm: 3 }) },
    ],
    ['a schedule by cron', { P: resource('AWS::Events::Rule', { ScheduleExpression: 'cron(0 12 ? * MON-FRI *)' }) }],
    ['a secret that is a reference', { P: resource('X', { Variables: { DB_PASSWORD: { Ref: 'Secret' } } }) }],
    [
      'latency records',
      { Zone: ZONE, P: record({ Region: 'a', SetIdentifier: 'a' }), Q: record({ Region: 'b', SetIdentifier: 'b' }) },
    ],
  ])('leave alone: %s', (_, resources) => {
    expect(templateFindings(planted(TANDEM, 'Witness', resources))).toEqual([]);
  });
});
