import { ApiGatewayV2Client, GetDomainNameCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { GetAccountSettingsCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { parseConfiguration } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';
import { runPreflight, type PreflightResult } from '../../operations';
import { awsAccount } from '../../operations/preflight/aws-account';
import { assemblyOf } from '../operations/synthesized-assembly';

/** The clients of an account that nobody pays for. */
export const mocks = {
  apiGateway: mockClient(ApiGatewayV2Client),
  cloudFormation: mockClient(CloudFormationClient),
  cloudWatch: mockClient(CloudWatchClient),
  cloudWatchLogs: mockClient(CloudWatchLogsClient),
  dynamoDb: mockClient(DynamoDBClient),
  lambda: mockClient(LambdaClient),
  route53: mockClient(Route53Client),
  sns: mockClient(SNSClient),
  sqs: mockClient(SQSClient),
  sts: mockClient(STSClient),
};

export const ONE_PAGE = { IsTruncated: false, MaxItems: 300 };
const META = { $metadata: {} };
export const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });

export const STANDARD_ZONE = { 'tandem:zoneName': 'tandem.example.com' };
export const DOMAIN = {
  'tandem:domainName': 'orders.example.com',
  'tandem:zoneName': 'example.com',
  'tandem:hostedZoneId': 'Z0123456789ABCDEFGHIJ',
};
export const FULL = { ...STANDARD_ZONE, 'tandem:stage': 'full', 'tandem:healthPath': 'test-5c9b7a61d84e3520' };

/** What CloudFormation knows, by region and name of the stack. */
export const stacks = new Map<string, { readonly status: string; readonly outputs?: Record<string, string> }>();
/** Concurrency of Lambda, by region. */
export const limits = new Map<string, { readonly limit: number; readonly unreserved: number }>();

/** The log groups that are there, by region and name. */
export const logGroups = new Set<string>();

beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});

beforeEach(() => {
  logGroups.clear();
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
  mocks.apiGateway.on(GetDomainNameCommand).rejects(named('NotFoundException'));
  mocks.cloudWatchLogs
    .on(DescribeLogGroupsCommand)
    .callsFake(async ({ logGroupNamePrefix = '' }: { logGroupNamePrefix?: string }, getClient: () => unknown) => {
      const prefix = `${await regionOf(getClient)} ${logGroupNamePrefix}`;
      const found = [...logGroups].filter((name) => name.startsWith(prefix)).toSorted();
      return { logGroups: found.slice(0, 1).map((name) => ({ logGroupName: name.split(' ')[1] })) };
    });
  mocks.route53.on(ListResourceRecordSetsCommand).resolves({ ResourceRecordSets: [], ...ONE_PAGE });
  mocks.route53.on(GetHostedZoneCommand).resolves({ HostedZone: zoneNamed('example.com.') });
});

export const zoneNamed = (Name: string, PrivateZone = false) => ({
  Id: 'z',
  Name,
  CallerReference: 'c',
  Config: { PrivateZone },
});
const regionOf = (getClient: () => unknown): Promise<string> =>
  (getClient() as { config: { region: () => Promise<string> } }).config.region();

export async function preflight(
  changes: Readonly<Record<string, string>> = STANDARD_ZONE,
  assembly = assemblyOf(changes),
): Promise<PreflightResult> {
  const configuration = parseConfiguration({ ...cdkJson.context, ...changes });
  return runPreflight({ account: awsAccount('us-east-1'), assembly, configuration });
}

/** Level, check, and what it is about, without the notes. */
export const told = ({ findings }: PreflightResult): string[] =>
  findings
    .filter(({ level }) => level !== 'note')
    .map(({ level, check, region = '-' }) => `${level} ${check} ${region}`);
export const textsOf = ({ findings }: PreflightResult): string =>
  findings.map(({ text, fix }) => `${text} ${fix}`).join('\n');
