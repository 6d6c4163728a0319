import { GetDomainNameCommand } from '@aws-sdk/client-apigatewayv2';
import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { namesToTake } from '../../operations/preflight/names';
import { assemblyOf } from '../operations/synthesized-assembly';
import {
  DOMAIN,
  logGroups,
  mocks,
  named,
  ONE_PAGE,
  preflight,
  stacks,
  STANDARD_ZONE,
  textsOf,
  told,
} from './preflight-account';

describe('Names that are not free', () => {
  test('finds a table and a queue that are there without our stack', async () => {
    mocks.dynamoDb.on(DescribeTableCommand, { TableName: 'tandem-sandbox-observations' }).resolves({ Table: {} });
    mocks.sqs.on(GetQueueUrlCommand, { QueueName: 'tandem-sandbox-work' }).resolves({ QueueUrl: 'https://queue' });
    const result = await preflight();
    expect(told(result).toSorted()).toEqual([
      'blocker names us-east-1',
      'blocker names us-east-2',
      'blocker names us-west-2',
    ]);
    expect(textsOf(result)).toContain('The table tandem-sandbox-observations is there already in us-east-2');
    expect(textsOf(result)).toContain('The queue tandem-sandbox-work is there already in us-west-2');
  });

  test('finds whatever else has a name that a stack chooses, each with what frees it', async () => {
    mocks.lambda.on(GetFunctionConfigurationCommand, { FunctionName: 'tandem-sandbox-observer' }).resolves({});
    mocks.cloudWatch.on(DescribeAlarmsCommand).callsFake(({ AlarmNames }: { AlarmNames: string[] }) => ({
      MetricAlarms: AlarmNames.filter((name) => name === 'tandem-sandbox-budget').map((AlarmName) => ({ AlarmName })),
      CompositeAlarms: AlarmNames.filter((name) => name.endsWith('traffic-moved')).map((AlarmName) => ({ AlarmName })),
    }));
    mocks.cloudWatch.on(GetDashboardCommand, { DashboardName: 'tandem-sandbox-both' }).resolves({});
    mocks.sns
      .on(ListTopicsCommand)
      .resolves({ Topics: [{ TopicArn: 'arn:aws:sns:us-east-1:123456789012:other' }], NextToken: 'more' })
      .on(ListTopicsCommand, { NextToken: 'more' })
      .resolves({ Topics: [{ TopicArn: 'arn:aws:sns:us-east-1:123456789012:tandem-sandbox-routing-page' }] });
    for (const name of ['/aws/lambda/tandem-sandbox-payments', '/aws/lambda/tandem-sandbox-payments-old'])
      logGroups.add(`us-east-2 ${name}`);
    logGroups.add('us-west-2 /aws/lambda/tandem-sandbox-intake-old');

    const { findings } = await preflight({ ...STANDARD_ZONE, 'tandem:dashboards': 'on' });
    const found = findings.filter(({ check }) => check === 'names').map(({ text, fix }) => `${text} ${fix}`);
    expect(found.map((line) => line.split(' is there')[0]).toSorted()).toEqual([
      'The alarm tandem-sandbox-budget',
      'The composite alarm tandem-sandbox-traffic-moved',
      'The dashboard tandem-sandbox-both',
      'The function tandem-sandbox-observer',
      'The log group /aws/lambda/tandem-sandbox-payments',
      'The topic tandem-sandbox-routing-page',
    ]);
    for (const fix of [
      'aws cloudwatch delete-alarms --alarm-names tandem-sandbox-budget --region us-east-1',
      'aws cloudwatch delete-dashboards --dashboard-names tandem-sandbox-both',
      'aws lambda delete-function --function-name tandem-sandbox-observer --region us-east-2',
      'aws logs delete-log-group --log-group-name /aws/lambda/tandem-sandbox-payments --region us-east-2',
      'aws sns delete-topic --topic-arn arn:aws:sns:us-east-1:ACCOUNT:tandem-sandbox-routing-page',
    ])
      expect(found.join('\n')).toContain(fix);
  });

  test('looks of a stack that is there only at what it has not made yet', async () => {
    const stack = assemblyOf(STANDARD_ZONE).stacks.find(({ stackName }) =>
      stackName.endsWith('Observability-routing'),
    )!;
    const older = Object.entries(stack.resources).filter(([, { Properties }]) =>
      JSON.stringify(Properties?.['AlarmName'] ?? '').includes('budget'),
    );
    stacks.set('us-east-1 Tandem-sandbox-Observability-routing', { status: 'CREATE_COMPLETE' });
    mocks.cloudFormation
      .on(GetTemplateCommand)
      .resolves({ TemplateBody: JSON.stringify({ Resources: Object.fromEntries(older) }) });
    mocks.cloudWatch.on(DescribeAlarmsCommand).callsFake(({ AlarmNames }: { AlarmNames: string[] }) => ({
      MetricAlarms: AlarmNames.filter((name) => /budget$|standby-health-check/.test(name)).map((AlarmName) => ({
        AlarmName,
      })),
    }));

    const result = await preflight();
    expect(told(result)).toEqual(['blocker names us-east-1']);
    expect(textsOf(result)).toContain('The alarm tandem-sandbox-standby-health-check is there already');
  });

  test('finds a custom domain name that something else has, in its region', async () => {
    mocks.apiGateway.on(GetDomainNameCommand, { DomainName: 'us-west-2.orders.example.com' }).resolves({});
    const result = await preflight(DOMAIN);
    expect(told(result)).toEqual(['blocker names us-west-2']);
    expect(textsOf(result)).toContain('The custom domain name us-west-2.orders.example.com is there already');
  });

  test('finds a name in the zone that something else has, once for both regions', async () => {
    mocks.route53.on(ListResourceRecordSetsCommand, { StartRecordName: 'orders.example.com' }).resolves({
      ResourceRecordSets: [
        { Name: 'orders.example.com.', Type: 'A' },
        { Name: 'orders2.example.com.', Type: 'A' },
      ],
      ...ONE_PAGE,
    });
    const result = await preflight(DOMAIN);
    expect(told(result)).toEqual(['blocker records -']);
    expect(textsOf(result)).toContain('has orders.example.com (A) already');

    const routing = assemblyOf(DOMAIN).stacks.find(({ stackName }) => stackName.endsWith('Routing'))!;
    stacks.set('us-east-1 Tandem-sandbox-Routing', { status: 'CREATE_COMPLETE' });
    mocks.cloudFormation
      .on(GetTemplateCommand)
      .resolves({ TemplateBody: JSON.stringify({ Resources: routing.resources }) });
    expect(told(await preflight(DOMAIN))).toEqual([]);
  });

  test.each([
    [
      'denied',
      named('AccessDeniedException', 'User is not authorized to perform this action'),
      'Give this identity the action',
    ],
    ['throttled', named('ThrottlingException', 'Rate exceeded'), 'Wait a minute and run it again'],
    ['broken', named('InternalFailure'), 'health.aws.amazon.com'],
  ])('says of each type of name that the question is %s', async (_, error, fix) => {
    mocks.cloudWatch.on(DescribeAlarmsCommand).rejects(error).on(GetDashboardCommand).rejects(error);
    mocks.dynamoDb.on(DescribeTableCommand).rejects(error);
    mocks.lambda.on(GetFunctionConfigurationCommand).rejects(error);
    mocks.sns.on(ListTopicsCommand).rejects(error);
    mocks.sqs.on(GetQueueUrlCommand).rejects(error);
    mocks.route53.on(ListResourceRecordSetsCommand).rejects(error);
    mocks.cloudWatchLogs.on(DescribeLogGroupsCommand).rejects(error);
    mocks.apiGateway.on(GetDomainNameCommand).rejects(error);
    const { findings } = await preflight({ ...DOMAIN, 'tandem:dashboards': 'on' });

    const unknown = findings.filter(({ level }) => level === 'unknown');
    const asked = assemblyOf({ ...DOMAIN, 'tandem:dashboards': 'on' }).stacks.flatMap((stack) =>
      namesToTake(stack, {}),
    );
    expect(unknown.filter(({ check }) => check === 'names')).toHaveLength(asked.length);
    expect(new Set(asked.map(({ type }) => type)).size).toBe(9);
    expect(unknown.filter(({ check }) => check === 'records')).toHaveLength(1);
    for (const finding of unknown) expect(finding.fix).toContain(fix);
  });
});
