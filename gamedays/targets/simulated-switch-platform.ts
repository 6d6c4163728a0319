import type { Stage } from '../../blueprint/capacity';
import { datumResourceName, OPERATOR_ROLE } from '../../blueprint/names';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { RequestSigner, type SignerCredentials } from '../../client';
import { updateOf } from '../../operations/attribute-update';
import type { Deployment } from '../../operations/deployment';
import type { PlainItem, SwitchPlatform } from '../../operations/switch-platform';
import type { AttributeMap, Cloud } from '../../simulator';
import { toPlainItem } from './plain-item';

/** What the runbook says that the operator needs, and nothing more. */
function operatorPolicy(stage: Stage, plansWriterRegion: string) {
  const allow = (actions: readonly string[], resource: string) => ({
    Effect: 'Allow',
    Action: [...actions],
    Resource: resource,
  });
  const table = (datum: 'regional-state' | 'orders' | 'customer-plans', region = '*') =>
    `arn:aws:dynamodb:${region}:*:table/${datumResourceName(stage, datum)}`;
  return {
    Statement: [
      allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], table('regional-state')),
      allow(['dynamodb:GetItem'], table('orders')),
      allow(['dynamodb:GetItem'], table('customer-plans')),
      allow(['dynamodb:PutItem'], table('customer-plans', plansWriterRegion)),
      allow(['sqs:GetQueueAttributes', 'sqs:SendMessage'], `arn:aws:sqs:*:*:${datumResourceName(stage, 'work')}`),
      // What a redrive needs of its source:
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
      allow(
        ['sqs:StartMessageMoveTask', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        `arn:aws:sqs:*:*:${datumResourceName(stage, 'work-dead-letters')}`,
      ),
    ],
  };
}

/** Makes the operator known to the embedded cloud. */
export function createOperator(cloud: Cloud, { stage, plansWriterRegion }: Deployment): SignerCredentials {
  const role = `arn:aws:iam::${cloud.accountId}:role/${OPERATOR_ROLE}`;
  cloud.iam.addPrincipal(role);
  cloud.iam.attachPolicy(role, operatorPolicy(stage, plansWriterRegion));
  return cloud.iam.credentialsOf(role);
}

/** AWS JSON calls of the operator, over the network. */
function signedCalls(cloud: Cloud, credentials: SignerCredentials) {
  return async <T>(service: string, region: string, target: string, input: object): Promise<T> => {
    const host = `${service}.${region}.amazonaws.com`;
    const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' };
    const request = { method: 'POST' as const, host, path: '/', headers, body: JSON.stringify(input) };
    const signed = await new RequestSigner(credentials, { service }).sign(request, cloud.kernel.epochMs, region);
    const response = await cloud.request({ ...signed, port: 443 }, TIME_BUDGETS.operatorAttemptMs);
    if (response?.status === 200) return JSON.parse(response.body) as T;
    throw new Error(response === undefined ? 'TimeoutError' : response.body);
  };
}

/** Starts the redrive of the dead letters, as the runbook does. @throws Error with the service's answer */
export async function redrive(
  cloud: Cloud,
  credentials: SignerCredentials,
  stage: Stage,
  region: string,
): Promise<void> {
  const SourceArn = `arn:aws:sqs:${region}:${cloud.accountId}:${datumResourceName(stage, 'work-dead-letters')}`;
  await signedCalls(cloud, credentials)('sqs', region, 'AmazonSQS.StartMessageMoveTask', { SourceArn });
}

/** The switch's world in the embedded cloud: signed calls over its network, by an operator outside every region. */
export function simulatedSwitchPlatform(cloud: Cloud, credentials: SignerCredentials): Omit<SwitchPlatform, 'say'> {
  const call = signedCalls(cloud, credentials);
  return {
    now: () => cloud.kernel.epochMs,
    sleep: (durationMs) => cloud.sleep(durationMs),
    httpGet: (host, path) => {
      const request = { method: 'GET', host, port: 443, path, headers: { host }, body: '' };
      return cloud.request(request, TIME_BUDGETS.operatorAttemptMs);
    },
    resolveText: async (name) => cloud.route53.answer(name, 'TXT').values[0],
    readItem: async ({ region, tableName }, key) => {
      const input = { TableName: tableName, Key: toAttributes(key), ConsistentRead: true };
      const { Item } = await call<{ Item?: AttributeMap }>('dynamodb', region, 'DynamoDB_20120810.GetItem', input);
      return Item === undefined ? undefined : (toPlainItem(Item) as PlainItem);
    },
    writeItem: async ({ region, tableName }, item) => {
      const input = { TableName: tableName, Item: toAttributes(item) };
      await call('dynamodb', region, 'DynamoDB_20120810.PutItem', input);
    },
    updateItem: async ({ region, tableName }, key, attributes) => {
      const input = { TableName: tableName, Key: toAttributes(key), ...updateOf(attributes, toAttribute) };
      await call('dynamodb', region, 'DynamoDB_20120810.UpdateItem', input);
    },
    countMessages: async (region, queueUrl) => {
      const input = { QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] };
      const { Attributes } = await call<{ Attributes: { ApproximateNumberOfMessages: string } }>(
        'sqs',
        region,
        'AmazonSQS.GetQueueAttributes',
        input,
      );
      return Number(Attributes.ApproximateNumberOfMessages);
    },
    ask: () => Promise.resolve(true),
  };
}

const TYPES = { string: 'S', number: 'N', boolean: 'BOOL' } as const;

const toAttributes = (item: PlainItem): object =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toAttribute(value)]));

const toAttribute = (value: PlainItem[string]): object => ({
  [TYPES[typeof value as keyof typeof TYPES]]: typeof value === 'number' ? String(value) : value,
});
