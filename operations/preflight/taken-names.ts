import { ApiGatewayV2Client, GetDomainNameCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ChosenNames, NamedType } from './account';

export interface ClientSettings {
  readonly region: string;
  readonly maxAttempts: number;
}

type Question = (settings: ClientSettings, names: readonly string[]) => Promise<readonly string[]>;

/** The most that one question about alarms may name (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html). */
const ALARMS_A_QUESTION = 100;

const QUESTIONS: Readonly<Record<NamedType, Question>> = {
  'AWS::ApiGatewayV2::DomainName': eachOf((settings, DomainName) =>
    new ApiGatewayV2Client(settings).send(new GetDomainNameCommand({ DomainName })),
  ),
  'AWS::CloudWatch::Alarm': alarmsNamed,
  'AWS::CloudWatch::CompositeAlarm': alarmsNamed,
  'AWS::CloudWatch::Dashboard': eachOf((settings, DashboardName) =>
    new CloudWatchClient(settings).send(new GetDashboardCommand({ DashboardName })),
  ),
  'AWS::DynamoDB::GlobalTable': eachOf((settings, TableName) =>
    new DynamoDBClient(settings).send(new DescribeTableCommand({ TableName })),
  ),
  'AWS::Lambda::Function': eachOf((settings, FunctionName) =>
    new LambdaClient(settings).send(new GetFunctionConfigurationCommand({ FunctionName })),
  ),
  'AWS::Logs::LogGroup': logGroupsNamed,
  'AWS::SNS::Topic': topicsNamed,
  'AWS::SQS::Queue': eachOf((settings, QueueName) =>
    new SQSClient(settings).send(new GetQueueUrlCommand({ QueueName })),
  ),
};

/** Which of the names something has. @throws what the SDK throws when it is denied, throttled or not answered */
export const takenNames = ({ type, names }: ChosenNames, settings: ClientSettings): Promise<readonly string[]> =>
  QUESTIONS[type](settings, names);

/** Where services can be asked for one name only: an error that says that there is no such thing is an answer. */
function eachOf(ask: (settings: ClientSettings, name: string) => Promise<unknown>): Question {
  return async (settings, names) => {
    const found: string[] = [];
    // One after the other: what throttles an account is many questions at once.
    for (const name of names) {
      try {
        await ask(settings, name);
        found.push(name);
      } catch (error) {
        if (!/NotFound|DoesNotExist|NonExistent/.test((error as Error).name)) throw error;
      }
    }
    return found;
  };
}

async function alarmsNamed(settings: ClientSettings, names: readonly string[]): Promise<readonly string[]> {
  const client = new CloudWatchClient(settings);
  const found: string[] = [];
  for (let from = 0; from < names.length; from += ALARMS_A_QUESTION) {
    const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({
        AlarmNames: names.slice(from, from + ALARMS_A_QUESTION),
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      }),
    );
    found.push(...[...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }) => AlarmName!));
  }
  return found;
}

/**
 * They can be asked for by the beginning of their names only, and what begins so comes sorted, the shortest first
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html).
 */
async function logGroupsNamed(settings: ClientSettings, names: readonly string[]): Promise<readonly string[]> {
  const client = new CloudWatchLogsClient(settings);
  const found: string[] = [];
  for (const logGroupNamePrefix of names) {
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix, limit: 1 }));
    if (logGroups[0]?.logGroupName === logGroupNamePrefix) found.push(logGroupNamePrefix);
  }
  return found;
}

/** Topics are known by ARN, which holds the account: the list of them needs none. */
async function topicsNamed(settings: ClientSettings, names: readonly string[]): Promise<readonly string[]> {
  const client = new SNSClient(settings);
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListTopicsCommand({ NextToken }));
    found.push(...(page.Topics ?? []).map(({ TopicArn = '' }) => TopicArn.split(':').at(-1)!));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return names.filter((name) => found.includes(name));
}
