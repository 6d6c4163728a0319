import { Readable } from 'node:stream';
import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { GetAccountSettingsCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { mockClient } from 'aws-sdk-client-mock';
import { parseConfiguration } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';
import { preflightText, runPreflight, type PreflightResult } from '../../operations';
import { awsAccount } from '../../operations/preflight/aws-account';
import { namesToTake } from '../../operations/preflight/names';
import { assemblyOf, planted } from '../operations/synthesized-assembly';

const mocks = {
  cloudFormation: mockClient(CloudFormationClient),
  cloudWatch: mockClient(CloudWatchClient),
  dynamoDb: mockClient(DynamoDBClient),
  lambda: mockClient(LambdaClient),
  route53: mockClient(Route53Client),
  sns: mockClient(SNSClient),
  sqs: mockClient(SQSClient),
  sts: mockClient(STSClient),
};

const ONE_PAGE = { IsTruncated: false, MaxItems: 300 };
const META = { $metadata: {} };
const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });

const STANDARD_ZONE = { 'tandem:zoneName': 'tandem.example.com' };
const DOMAIN = {
  'tandem:domainName': 'orders.example.com',
  'tandem:zoneName': 'example.com',
  'tandem:hostedZoneId': 'Z0123456789ABCDEFGHIJ',
};
const FULL = { ...STANDARD_ZONE, 'tandem:stage': 'full', 'tandem:healthPath': 'test-5c9b7a61d84e3520' };

/** What CloudFormation knows, by region and name of the stack. */
const stacks = new Map<string, { readonly status: string; readonly outputs?: Record<string, string> }>();
/** Concurrency of Lambda, by region. */
const limits = new Map<string, { readonly limit: number; readonly unreserved: number }>();

/** What CloudWatch Logs answers: the log groups that are there, by region and name, unless it answers otherwise. */
const logGroups = new Set<string>();
let logsAnswer: { readonly status: number; readonly text: string } | undefined;
const logsRequests: HttpRequest[] = [];

beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  // Clients of the SDK are mocked above it; what comes here is the one request that has no client.
  jest.spyOn(NodeHttpHandler.prototype, 'handle').mockImplementation(async (request: HttpRequest) => {
    logsRequests.push(request);
    const { logGroupNamePrefix } = JSON.parse(request.body as string) as { logGroupNamePrefix: string };
    const [, region] = request.hostname.split('.');
    const found = [...logGroups].filter((name) => name.startsWith(`${region} ${logGroupNamePrefix}`)).toSorted();
    const list = found.slice(0, 1).map((name) => ({ logGroupName: name.split(' ')[1] }));
    const { status, text } = logsAnswer ?? { status: 200, text: JSON.stringify({ logGroups: list }) };
    return { response: new HttpResponse({ statusCode: status, body: Readable.from([Buffer.from(text)]) }) };
  });
});

beforeEach(() => {
  logGroups.clear();
  logsAnswer = undefined;
  logsRequests.length = 0;
  for (const mock of Object.values(mocks)) mock.reset();
  stacks.clear();
  limits.clear();
  for (const region of ['us-east-1', 'us-east-2', 'us-west-2']) {
    stacks.set(`${region} CDKToolkit`, { status: 'CREATE_COMPLETE', outputs: { BootstrapVersion: '30' } });
  }
  mocks.sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/me' });
  mocks.cloudFormation
    .on(DescribeStacksCommand)
    .callsFake(async ({ StackName }: { StackName: string }, getClient: () => unknown) => {
      const stack = stacks.get(`${await regionOf(getClient)} ${StackName}`);
      if (stack === undefined) throw named('ValidationError', `Stack with id ${StackName} does not exist`);
      const Outputs = Object.entries(stack.outputs ?? {}).map(([OutputKey, OutputValue]) => ({
        OutputKey,
        OutputValue,
      }));
      return { Stacks: [{ StackName, StackStatus: stack.status, Outputs }] };
    });
  mocks.lambda.on(GetAccountSettingsCommand).callsFake(async (_, getClient: () => unknown) => {
    const { limit, unreserved } = limits.get(await regionOf(getClient)) ?? { limit: 1000, unreserved: 1000 };
    return { AccountLimit: { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } };
  });
  mocks.dynamoDb.on(DescribeTableCommand).rejects(new ResourceNotFoundException({ message: 'no', ...META }));
  mocks.sqs.on(GetQueueUrlCommand).rejects(named('QueueDoesNotExist'));
  mocks.lambda.on(GetFunctionConfigurationCommand).rejects(named('ResourceNotFoundException'));
  mocks.cloudWatch.on(GetDashboardCommand).rejects(named('DashboardNotFoundError'));
  mocks.cloudWatch.on(DescribeAlarmsCommand).resolves({});
  mocks.sns.on(ListTopicsCommand).resolves({});
  mocks.route53.on(ListResourceRecordSetsCommand).resolves({ ResourceRecordSets: [], ...ONE_PAGE });
  mocks.route53.on(GetHostedZoneCommand).resolves({ HostedZone: zoneNamed('example.com.') });
});

const zoneNamed = (Name: string, PrivateZone = false) => ({
  Id: 'z',
  Name,
  CallerReference: 'c',
  Config: { PrivateZone },
});
const regionOf = (getClient: () => unknown): Promise<string> =>
  (getClient() as { config: { region: () => Promise<string> } }).config.region();

async function preflight(
  changes: Readonly<Record<string, string>> = STANDARD_ZONE,
  assembly = assemblyOf(changes),
): Promise<PreflightResult> {
  const configuration = parseConfiguration({ ...cdkJson.context, ...changes });
  return runPreflight({ account: awsAccount('us-east-1'), assembly, configuration });
}

/** Level, check, and what it is about, without the notes. */
const told = ({ findings }: PreflightResult): string[] =>
  findings
    .filter(({ level }) => level !== 'note')
    .map(({ level, check, region = '-' }) => `${level} ${check} ${region}`);
const textsOf = ({ findings }: PreflightResult): string => findings.map(({ text, fix }) => `${text} ${fix}`).join('\n');

describe('The preflight of an empty account that is ready', () => {
  test('finds nothing to do, and says who asked and what it will cost', async () => {
    const result = await preflight();

    expect(told(result)).toEqual([]);
    expect(result).toMatchObject({ isClear: true, identity: { account: '123456789012' } });
    expect(preflightText(result)).toMatch(
      /Account 123456789012[\s\S]*\$\d+\.\d\d a month[\s\S]*Nothing speaks against/,
    );
  });

  test('changes nothing: every call is a question', async () => {
    await preflight(DOMAIN);

    const commands = Object.values(mocks).flatMap((mock) => mock.calls().map(({ args }) => args[0].constructor.name));
    expect(commands.length).toBeGreaterThan(20);
    expect([...new Set(commands)].filter((name) => !/^(Get|Describe|List)/.test(name))).toEqual([]);
    const targets = new Set(logsRequests.map(({ headers }) => headers['x-amz-target']));
    expect([...targets]).toEqual(['Logs_20140328.DescribeLogGroups']);
  });

  test('notes a zone that nobody delegates to', async () => {
    expect(textsOf(await preflight({}))).toContain('reserved suffix .test');
  });
});

describe('A preflight', () => {
  test('finds a region that is not bootstrapped, and Route 53 needs us-east-1 whatever the pair', async () => {
    const european = { ...STANDARD_ZONE, 'tandem:primaryRegion': 'eu-west-1', 'tandem:standbyRegion': 'eu-west-2' };
    stacks.delete('us-east-1 CDKToolkit');
    const result = await preflight(european);
    expect(told(result)).toEqual(
      ['eu-west-1', 'eu-west-2', 'us-east-1'].map((region) => `blocker bootstrap ${region}`),
    );
    expect(textsOf(result)).toContain('npx cdk bootstrap aws://ACCOUNT/us-east-1');
  });

  test.each([
    [
      'a bootstrap that is too old',
      { status: 'UPDATE_COMPLETE', outputs: { BootstrapVersion: '5' } },
      'version 5, and 6 is needed',
    ],
    ['a bootstrap that failed', { status: 'ROLLBACK_COMPLETE' }, 'CDKToolkit of us-west-2 is ROLLBACK_COMPLETE'],
  ])('finds %s', async (_, stack, text) => {
    stacks.set('us-west-2 CDKToolkit', stack);
    const result = await preflight();
    expect(told(result)).toEqual(['blocker bootstrap us-west-2']);
    expect(textsOf(result)).toContain(text);
  });

  test('finds the quota of each region by itself: that of a region nobody uses is often still ten', async () => {
    limits.set('us-west-2', { limit: 10, unreserved: 10 });
    limits.set('us-east-2', { limit: 50, unreserved: 50 });
    const result = await preflight(FULL);
    expect(told(result)).toEqual(['blocker concurrency us-west-2', 'blocker concurrency us-east-2']);
    expect(textsOf(result)).toContain('--quota-code L-B99A9384 --desired-value 1000 --region us-west-2');
    expect(textsOf(result)).toContain('--desired-value 101 --region us-east-2');
    limits.clear();
    limits.set('us-west-2', { limit: 10, unreserved: 10 });
    expect(told(await preflight())).toEqual([]);
  });

  test('finds reservations that leave less than Lambda keeps, unless they are deployed already', async () => {
    limits.set('us-east-1', { limit: 1000, unreserved: 200 });
    const result = await preflight(FULL);
    expect(told(result)).toEqual(['blocker concurrency us-east-1']);
    expect(textsOf(result)).toContain('reserves 120 executions in us-east-1, which leaves 80');
    stacks.set('us-east-1 Tandem-full-Service-us-east-1', { status: 'UPDATE_COMPLETE' });
    mocks.cloudFormation.on(GetTemplateCommand).resolves({ TemplateBody: '{}' });
    expect(told(await preflight(FULL))).toEqual([]);
  });

  test.each([
    ['ROLLBACK_COMPLETE', 'aws cloudformation delete-stack'],
    ['REVIEW_IN_PROGRESS', 'aws cloudformation delete-stack'],
    ['CREATE_FAILED', 'aws cloudformation delete-stack'],
    ['UPDATE_IN_PROGRESS', 'Wait until it is over'],
    ['UPDATE_ROLLBACK_FAILED', 'continue-update-rollback'],
  ])('finds a stack that is %s', async (status, fix) => {
    stacks.set('us-east-2 Tandem-sandbox-Witness', { status });
    mocks.cloudFormation.on(GetTemplateCommand).resolves({ TemplateBody: '{}' });
    const result = await preflight();
    expect(told(result)).toEqual(['blocker stacks us-east-2']);
    expect(textsOf(result)).toContain(fix);
  });

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
      'of another name',
      { HostedZone: zoneNamed('example.org.') },
      'is example.org, and tandem:zoneName is example.com',
    ],
    ['that is private', { HostedZone: zoneNamed('example.com.', true) }, 'is private'],
  ])('finds a zone %s', async (_, answer, text) => {
    mocks.route53.on(GetHostedZoneCommand).resolves(answer);
    const result = await preflight(DOMAIN);
    expect(told(result)).toEqual(['blocker zone -']);
    expect(textsOf(result)).toContain(text);
  });

  test('finds that there is no such zone', async () => {
    mocks.route53.on(GetHostedZoneCommand).rejects(named('NoSuchHostedZone'));
    expect(textsOf(await preflight(DOMAIN))).toContain('There is no zone Z0123456789ABCDEFGHIJ in this account');
  });

  test('finds health checks that would be replaced, and is silent about those that stay', async () => {
    const deployed = (changes: Readonly<Record<string, string>>): void => {
      const routing = assemblyOf(changes).stacks.find(({ stackName }) => stackName.endsWith('Routing'))!;
      stacks.set('us-east-1 Tandem-sandbox-Routing', { status: 'CREATE_COMPLETE' });
      mocks.cloudFormation
        .on(GetTemplateCommand)
        .resolves({ TemplateBody: JSON.stringify({ Resources: routing.resources }) });
    };
    deployed(STANDARD_ZONE);
    expect(told(await preflight())).toEqual([]);

    deployed({ ...STANDARD_ZONE, 'tandem:healthPath': 'another-path-than-before' });
    const result = await preflight();
    expect(told(result)).toEqual(Array.from({ length: 4 }, () => 'blocker replacements us-east-1'));
    expect(textsOf(result)).toContain('ResourcePath would change. A new inverted check starts unhealthy');

    deployed({ ...STANDARD_ZONE, 'tandem:footprint': 'lean' });
    expect(textsOf(await preflight())).toContain('RequestInterval would change');
  });

  test('finds a table whose consistency would change', async () => {
    const data = assemblyOf({ ...STANDARD_ZONE, 'tandem:consistency': 'strong' }).stacks[0]!;
    stacks.set('us-east-1 Tandem-sandbox-Data', { status: 'CREATE_COMPLETE' });
    mocks.cloudFormation
      .on(GetTemplateCommand)
      .resolves({ TemplateBody: JSON.stringify({ Resources: data.resources }) });
    expect(textsOf(await preflight())).toContain('MultiRegionConsistency would change from STRONG to EVENTUAL');
  });

  test('finds what is wrong in the templates, such as a table over regions of two sets', async () => {
    const strong = {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { MultiRegionConsistency: 'STRONG', Replicas: [] },
    };
    const result = await preflight(STANDARD_ZONE, planted(assemblyOf(STANDARD_ZONE), 'Data', { Planted: strong }));
    expect(told(result)).toEqual(['blocker templates -']);
    expect(textsOf(result)).toContain('it must be three regions of');
  });
});

describe('A preflight that is not answered', () => {
  test.each([
    ['expired', named('ExpiredTokenException', 'The token has expired'), 'blocker credentials -', 'aws sso login'],
    [
      'missing',
      named('CredentialsProviderError', 'Could not load credentials'),
      'blocker credentials -',
      'AWS_PROFILE',
    ],
    ['out of reach', named('TimeoutError'), 'unknown credentials -', 'Look at the network'],
  ])('says that credentials are %s, once and without asking anything else', async (_, error, finding, fix) => {
    mocks.sts.on(GetCallerIdentityCommand).rejects(error);
    const result = await preflight();
    expect(told(result)).toEqual([finding]);
    expect(textsOf(result)).toContain(fix);
    expect(mocks.cloudFormation.calls()).toHaveLength(0);
  });

  const DENIED = named('AccessDeniedException', 'User is not authorized to perform this action');
  const THROTTLED = named('ThrottlingException', 'Rate exceeded');
  test.each([
    ['denied', DENIED, 'Give this identity the action'],
    ['throttled', THROTTLED, 'Wait a minute and run it again'],
    ['broken', named('InternalFailure'), 'health.aws.amazon.com'],
  ])('says of each check that it is %s, and goes on with the others', async (_, error, fix) => {
    mocks.cloudFormation.on(DescribeStacksCommand).rejects(error);
    mocks.lambda.on(GetAccountSettingsCommand).rejects(error);
    mocks.route53.on(GetHostedZoneCommand).rejects(error);
    const result = await preflight(DOMAIN);

    expect(result.isClear).toBe(false);
    expect(new Set(told(result).map((line) => line.split(' ').slice(0, 2).join(' ')))).toEqual(
      new Set(
        ['bootstrap', 'concurrency', 'stacks', 'names', 'zone', 'records', 'replacements'].map(
          (check) => `unknown ${check}`,
        ),
      ),
    );
    expect(textsOf(result)).toContain(fix);
    expect(textsOf(result)).toContain('a month at list prices');
  });

  const LOGS_DENIED = { status: 400, text: '{"__type":"AccessDeniedException","message":"logs:DescribeLogGroups"}' };
  const LOGS_THROTTLED = { status: 400, text: '{"__type":"com.amazonaws.logs#ThrottlingException"}' };
  test.each([
    ['denied', DENIED, LOGS_DENIED, 'Give this identity the action'],
    ['throttled', THROTTLED, LOGS_THROTTLED, 'Wait a minute and run it again'],
    ['broken', named('InternalFailure'), { status: 502, text: '<html>' }, 'health.aws.amazon.com'],
  ])('says of each type of name that the question is %s', async (_, error, answer, fix) => {
    mocks.cloudWatch.on(DescribeAlarmsCommand).rejects(error).on(GetDashboardCommand).rejects(error);
    mocks.dynamoDb.on(DescribeTableCommand).rejects(error);
    mocks.lambda.on(GetFunctionConfigurationCommand).rejects(error);
    mocks.sns.on(ListTopicsCommand).rejects(error);
    mocks.sqs.on(GetQueueUrlCommand).rejects(error);
    mocks.route53.on(ListResourceRecordSetsCommand).rejects(error);
    logsAnswer = answer;
    const { findings } = await preflight({ ...DOMAIN, 'tandem:dashboards': 'on' });

    const unknown = findings.filter(({ level }) => level === 'unknown');
    const asked = assemblyOf({ ...DOMAIN, 'tandem:dashboards': 'on' }).stacks.flatMap((stack) =>
      namesToTake(stack, {}),
    );
    expect(unknown.filter(({ check }) => check === 'names')).toHaveLength(asked.length);
    expect(new Set(asked.map(({ type }) => type)).size).toBe(8);
    expect(unknown.filter(({ check }) => check === 'records')).toHaveLength(1);
    for (const finding of unknown) expect(finding.fix).toContain(fix);
  });
});
