import { createHash } from 'node:crypto';
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import * as fc from 'fast-check';
import { BOUNDED, lean } from '../../lambdas/shared/clients';
import { answering, type Answer } from './answering';

Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' });

/** A client or a command of any of the services; the types of one stand for all. */
type AnyClient = DynamoDBClient;
type AnyCommand = object;
type AnyService = new (configuration: typeof BOUNDED) => { readonly config: object };

interface Exchange {
  readonly path: string;
  readonly headers: Record<string, string>;
  /** What the body says. */
  readonly body: unknown;
  readonly outcome: unknown;
  /** Whether the SDK's own steps have written the last request and read the last answer. */
  readonly isWrittenBySdk: boolean;
  readonly isReadBySdk: boolean;
}

/** What differs from call to call, is taken out of lean clients, or follows the order in which members are written. */
const NOT_COMPARED = new Set([
  'authorization',
  'x-amz-date',
  'amz-sdk-invocation-id',
  'user-agent',
  'x-amz-user-agent',
  'x-amz-content-sha256',
]);

/** What a body says. The SDK's is bytes that warn when they are taken for text. */
function said(body: string | Uint8Array): unknown {
  return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
}

/** Sends the command twice, since the first request is made by the SDK in any case, and says what the second one was. */
async function exchange(client: AnyClient, command: AnyCommand, answer: Answer): Promise<Exchange> {
  const { requests } = answering(client, answer);
  const { protocol } = client.config;
  const send = (): Promise<unknown> => client.send(command as GetItemCommand).catch((error: unknown) => error);
  await send();
  const [writing, reading] = [jest.spyOn(protocol, 'serializeRequest'), jest.spyOn(protocol, 'deserializeResponse')];
  const outcome = await send();
  const isUsed = [writing, reading].map(({ mock }) => mock.calls.length > 0) as [boolean, boolean];
  jest.restoreAllMocks();
  const { path, headers, body } = requests.at(-1)!;
  const lasting = Object.entries(headers).filter(([name]) => !NOT_COMPARED.has(name));
  return {
    path,
    headers: Object.fromEntries(lasting),
    body: said(body as string | Uint8Array),
    outcome,
    isWrittenBySdk: isUsed[0],
    isReadBySdk: isUsed[1],
  };
}

/** The exchange of a lean client, once it is seen to be that of the SDK as it comes. */
async function sameExchange(service: AnyService, command: AnyCommand, answer: Answer = [200, {}]): Promise<Exchange> {
  const ours = await exchange(lean(new service(BOUNDED) as AnyClient), command, answer);
  const theirs = await exchange(new service(BOUNDED) as AnyClient, command, answer);
  expect({ ...ours, isWrittenBySdk: true, isReadBySdk: true }).toEqual(theirs);
  return ours;
}

const item = {
  orderId: { S: 'Zoë \ud83d\ude80 \ud800 "\\ \u0001' },
  amount: { N: '-12.50' },
  isOpen: { BOOL: false },
  nothing: { NULL: true },
  nested: { M: { list: { L: [{ S: '' }, { M: {} }, { L: [] }] }, numbers: { NS: ['1', '2'] }, names: { SS: ['a'] } } },
};
const key = { orderId: { S: 'o' } };
const queue = { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/work' };
const put = (Item: Record<string, AttributeValue>): PutItemCommand => new PutItemCommand({ TableName: 'orders', Item });

describe('What JSON can say is written and read without the SDK, and comes out as with it', () => {
  const update = { TableName: 'orders', Key: key, UpdateExpression: 'SET a = :a', ReturnValues: 'ALL_NEW' } as const;
  const query = { TableName: 'orders', Limit: 25, ScanIndexForward: false, KeyConditionExpression: 'orderId = :id' };
  const consumed = { TableName: 'orders', CapacityUnits: 2.5, Table: { CapacityUnits: 2.5 } };
  const tables: [AnyCommand, object][] = [
    [new GetItemCommand({ TableName: 'orders', Key: key, ConsistentRead: true }), { Item: item }],
    [put(item), { Attributes: item, ConsumedCapacity: consumed }],
    [new UpdateItemCommand({ ...update, ExpressionAttributeValues: { ':a': { N: '1' } } }), { Attributes: item }],
    [new QueryCommand(query), { Items: [item, key], Count: 2, ScannedCount: 2, LastEvaluatedKey: key }],
    [new DeleteItemCommand({ TableName: 'orders', Key: key }), {}],
    [
      new BatchGetItemCommand({ RequestItems: { orders: { Keys: [key] } } }),
      { Responses: { orders: [item] }, UnprocessedKeys: {} },
    ],
  ];
  const attributes = { ApproximateNumberOfMessages: '3' };
  const message = { MessageBody: '{"orderId":"o"}', DelaySeconds: 0 };
  // The SDK compares the sum with its own.
  const sum = createHash('md5').update(message.MessageBody).digest('hex');
  const sent = { MessageId: 'm', MD5OfMessageBody: sum };
  const queues: [AnyCommand, object][] = [
    [new SendMessageCommand({ ...queue, ...message }), sent],
    [new ChangeMessageVisibilityCommand({ ...queue, ReceiptHandle: 'r', VisibilityTimeout: 0 }), {}],
    [new GetQueueAttributesCommand({ ...queue, AttributeNames: ['All'] }), { Attributes: attributes }],
    [new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:us-east-1:1:dead' }), { TaskHandle: 'task' }],
    [new CancelMessageMoveTaskCommand({ TaskHandle: 'task' }), { ApproximateNumberOfMessagesMoved: 7 }],
  ];
  const all = [
    ...tables.map((row) => [DynamoDBClient, ...row] as const),
    ...queues.map((row) => [SQSClient, ...row] as const),
  ].map((row) => [row[1].constructor.name, ...row] as const);

  test.each(all)('%s', async (_name, service, command, answer) => {
    const { isWrittenBySdk, isReadBySdk, outcome } = await sameExchange(service, command, [200, answer]);
    expect({ isWrittenBySdk, isReadBySdk }).toEqual({ isWrittenBySdk: false, isReadBySdk: false });
    expect(outcome).toMatchObject(answer);
  });

  test('a member without a value is left out', async () => {
    const { body, isWrittenBySdk } = await sameExchange(
      DynamoDBClient,
      new GetItemCommand({ TableName: 'orders', Key: key, ConsistentRead: undefined }),
    );
    expect(body).toEqual({ TableName: 'orders', Key: key });
    expect(isWrittenBySdk).toBe(false);
  });

  test('each client has its own host and path', async () => {
    const hosts = await Promise.all(
      ['us-east-1', 'us-west-2'].map(async (region) => {
        const { client, requests } = answering(lean(new DynamoDBClient({ ...BOUNDED, region })), [200, {}]);
        await client.send(put(item));
        await client.send(put(item));
        return requests.map(({ hostname, path }) => hostname + path);
      }),
    );
    const [here, there] = ['us-east-1', 'us-west-2'].map((region) => `dynamodb.${region}.amazonaws.com/`);
    expect(hosts).toEqual([
      [here, here],
      [there, there],
    ]);
  });
});

test('A message goes to its queue, wherever the one before went', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const { client, requests } = answering(lean(new SQSClient(BOUNDED)), [200, {}]);
  const hosts = ['us-east-1', 'us-east-1', 'us-west-2', 'us-east-1'].map((region) => `sqs.${region}.amazonaws.com`);
  for (const host of hosts) {
    const QueueUrl = `https://${host}/123456789012/work`;
    await client.send(new GetQueueAttributesCommand({ QueueUrl }));
  }
  expect(requests.map(({ hostname }) => hostname)).toEqual(hosts);
  // The SDK says when a queue is elsewhere than its client.
  expect(warn).toHaveBeenCalledTimes(2);
});

describe('What JSON cannot say is left to the SDK', () => {
  const bytes = Buffer.from('bytes');

  test.each<[string, Record<string, unknown>]>([
    ['bytes', { B: bytes }],
    ['bytes in a list', { L: [{ S: 'a' }, { B: bytes }] }],
    ['a set of bytes', { BS: [bytes] }],
    ['null', { S: null }],
    ['nothing in a list', { L: [{ S: 'a' }, undefined] }],
    ['something of a class', { M: Object.create({ inherited: { S: 'a' } }) as object }],
  ])('%s in an input', async (_name, value) => {
    const { isWrittenBySdk } = await sameExchange(DynamoDBClient, put({ ...item, value: value as never }));
    expect(isWrittenBySdk).toBe(true);
  });

  test('no number in an input', async () => {
    const { isWrittenBySdk } = await sameExchange(
      DynamoDBClient,
      new QueryCommand({ TableName: 'orders', Limit: Number.NaN }),
    );
    expect(isWrittenBySdk).toBe(true);
  });

  test.each<[string, object | string]>([
    ['bytes', { Attributes: { value: { B: 'Ynl0ZXM=' } } }],
    ['bytes in a map', { Attributes: { value: { M: { inner: { BS: ['Ynl0ZXM='] } } } } }],
    ['bytes after a space', '{ "Attributes" : { "value" : { "B" : "Ynl0ZXM=" } } }'],
    ['null', { Attributes: null }],
    ['null after a space', '{ "Attributes" : null }'],
    ['no text at all', ''],
    ['text that breaks off', '{"Attributes":{"orderId":'],
  ])('%s in an answer', async (_name, answer) => {
    const { isReadBySdk } = await sameExchange(DynamoDBClient, put(item), [200, answer]);
    expect(isReadBySdk).toBe(true);
  });

  test('a token that the SDK makes up for each call', async () => {
    const { client, requests } = answering(lean(new DynamoDBClient(BOUNDED)), [200, {}]);
    const transaction = new TransactWriteItemsCommand({ TransactItems: [] });
    await client.send(transaction);
    await client.send(transaction);
    const tokens = requests.map(
      ({ body }) => (said(body as Uint8Array) as { ClientRequestToken: string }).ClientRequestToken,
    );
    expect(tokens).toEqual([expect.stringMatching(/^[-0-9a-f]{36}$/), expect.stringMatching(/^[-0-9a-f]{36}$/)]);
    expect(new Set(tokens).size).toBe(2);
  });

  test('times', async () => {
    const { outcome } = await sameExchange(DynamoDBClient, new DescribeTableCommand({ TableName: 'orders' }), [
      200,
      { Table: { CreationDateTime: 1_772_442_000 } },
    ]);
    expect(outcome).toMatchObject({ Table: { CreationDateTime: new Date(1_772_442_000_000) } });
  });

  test('bytes that are called otherwise', async () => {
    const MessageAttributes = { a: { DataType: 'Binary', BinaryValue: 'Ynl0ZXM=' } };
    const { outcome } = await sameExchange(SQSClient, new ReceiveMessageCommand(queue), [
      200,
      { Messages: [{ Body: '', MD5OfBody: createHash('md5').update('').digest('hex'), MessageAttributes }] },
    ]);
    const [message] = (outcome as { Messages: { MessageAttributes: { a: { BinaryValue: Uint8Array } } }[] }).Messages;
    expect(Buffer.from(message!.MessageAttributes.a.BinaryValue)).toEqual(bytes);
  });

  test('another protocol', async () => {
    const { client, requests } = answering(lean(new SNSClient(BOUNDED)), [200, '<PublishResponse/>']);
    const publish = new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:1:alarms', Message: 'a&b' });
    await client.send(publish);
    await client.send(publish);
    for (const { body } of requests) expect(body).toContain('Message=a%26b');
  });

  test('errors, with what they carry', async () => {
    const refusal = { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', Item: item };
    const { outcome } = await sameExchange(DynamoDBClient, put(item), [400, refusal]);
    expect(outcome).toBeInstanceOf(ConditionalCheckFailedException);
    expect(outcome).toMatchObject({ Item: item });
  });
});

describe('Whatever an item holds', () => {
  const values = fc.letrec<{ value: AttributeValue; list: AttributeValue[]; map: Record<string, AttributeValue> }>(
    (tie) => ({
      list: fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'value' }),
      map: fc.dictionary(fc.string({ unit: 'binary', maxLength: 4 }), tie('value'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      value: fc.oneof(
        { depthIdentifier: 'value', maxDepth: 3 },
        fc.record({ S: fc.string({ unit: 'binary' }) }),
        fc.record({ N: fc.integer().map(String) }),
        fc.record({ BOOL: fc.boolean() }),
        fc.record({ NULL: fc.constant(true as const) }),
        fc.record({ SS: fc.array(fc.string(), { maxLength: 2 }) }),
        fc.record({ B: fc.uint8Array({ maxLength: 4 }) }),
        fc.record({ L: tie('list') }),
        fc.record({ M: tie('map') }),
      ) as fc.Arbitrary<AttributeValue>,
    }),
  );

  test('is written and read as by the SDK', async () => {
    const sent = async (client: DynamoDBClient, Item: Record<string, AttributeValue>, answer: object) => {
      const { requests } = answering(client, [200, answer]);
      const { Attributes } = await client.send(put(Item));
      return { body: said(requests[0]!.body as string | Uint8Array) as { Item: object }, Attributes };
    };
    await fc.assert(
      fc.asyncProperty(values.map, async (Item) => {
        const theirs = (): DynamoDBClient => new DynamoDBClient(BOUNDED);
        const { body } = await sent(theirs(), Item, {});
        const answer = { Attributes: body.Item };
        expect(await sent(lean(theirs()), Item, answer)).toEqual(await sent(theirs(), Item, answer));
      }),
      { numRuns: 200 },
    );
  });
});
