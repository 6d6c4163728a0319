import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../lambdas/shared/sha256';
import type { HttpAnswer, PlainItem, SwitchPlatform } from '../../operations';
import type { AttributeMap, Cloud } from '../../simulator';

const OPERATOR = 'arn:aws:iam::123456789012:role/operator';
const TIMEOUT_MS = 6_000;

/** What the runbook says that the operator needs, and nothing more. */
const POLICY = {
  Statement: [
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      Resource: 'arn:aws:dynamodb:*:*:table/tandem-sandbox-regional-state',
    },
    { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: 'arn:aws:dynamodb:*:*:table/tandem-sandbox-orders' },
    { Effect: 'Allow', Action: 'sqs:GetQueueAttributes', Resource: 'arn:aws:sqs:*:*:tandem-sandbox-work' },
  ],
};

/** The switch's world in the embedded cloud: signed calls over its network, by an operator outside every region. */
export function cloudSwitchPlatform(cloud: Cloud, say: (line: string) => void): SwitchPlatform {
  cloud.iam.addPrincipal(OPERATOR);
  cloud.iam.attachPolicy(OPERATOR, POLICY);
  const credentials = cloud.iam.credentialsOf(OPERATOR);
  const call = async (service: string, region: string, target: string, input: object): Promise<unknown> => {
    const host = `${service}.${region}.amazonaws.com`;
    const headers = { host, 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' };
    const request = {
      method: 'POST',
      protocol: 'https:',
      hostname: host,
      path: '/',
      headers,
      body: JSON.stringify(input),
    };
    const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
    const signed = await signer.sign(request, { signingDate: new Date(cloud.kernel.epochMs) });
    const sent = { method: 'POST', host, port: 443, path: '/', headers: signed.headers, body: request.body };
    const response = await cloud.request(sent, TIMEOUT_MS);
    if (response?.status === 200) return JSON.parse(response.body);
    throw new Error(response === undefined ? 'TimeoutError' : response.body);
  };
  return {
    now: () => cloud.kernel.epochMs,
    sleep: (durationMs) => cloud.sleep(durationMs),
    httpGet: async (host, path): Promise<HttpAnswer | undefined> =>
      cloud.request({ method: 'GET', host, port: 443, path, headers: { host }, body: '' }, TIMEOUT_MS),
    resolveText: async (name) => cloud.route53.answer(name, 'TXT').values[0],
    readItem: async ({ region, tableName }, key) => {
      const input = { TableName: tableName, Key: toAttributes(key), ConsistentRead: true };
      const { Item } = (await call('dynamodb', region, 'DynamoDB_20120810.GetItem', input)) as { Item?: AttributeMap };
      return Item === undefined ? undefined : toPlainItem(Item);
    },
    writeItem: async ({ region, tableName }, item) => {
      const input = { TableName: tableName, Item: toAttributes(item) };
      await call('dynamodb', region, 'DynamoDB_20120810.PutItem', input);
    },
    countMessages: async (region, queueUrl) => {
      const input = { QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] };
      const answer = (await call('sqs', region, 'AmazonSQS.GetQueueAttributes', input)) as {
        Attributes: { ApproximateNumberOfMessages: string };
      };
      return Number(answer.Attributes.ApproximateNumberOfMessages);
    },
    ask: async () => true,
    say,
  };
}

const TYPES = { string: 'S', number: 'N', boolean: 'BOOL' } as const;

const toAttributes = (item: PlainItem): object =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      { [TYPES[typeof value as keyof typeof TYPES]]: typeof value === 'number' ? String(value) : value },
    ]),
  );

const toPlainItem = (item: AttributeMap): PlainItem =>
  Object.fromEntries(
    Object.entries(item).map(([name, attribute]) => {
      const [type, value] = Object.entries(attribute)[0] as [string, string | boolean];
      return [name, type === 'N' ? Number(value) : value];
    }),
  );
