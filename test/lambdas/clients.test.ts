import { createHash, createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { compileFunction } from 'node:vm';
import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createControlDynamoDb, createDynamoDb, createSqs, lean } from '../../lambdas/shared/clients';
import { Sha256 } from '../../lambdas/shared/sha256';

/** Whether V8 lays the object out compactly, asked of V8 itself. */
function isCompact(object: object): boolean {
  setFlagsFromString('--allow-natives-syntax');
  const ask = compileFunction('return %HasFastProperties(object)', ['object']) as (asked: object) => boolean;
  setFlagsFromString('--no-allow-natives-syntax');
  return ask(object);
}

describe('The clients of the SDK', () => {
  const region = 'us-east-1';

  test('have compact configurations, which one as it comes has not', () => {
    for (const client of [createDynamoDb(region), createControlDynamoDb(), createSqs()]) {
      expect(isCompact(client.config)).toBe(true);
    }
    expect(isCompact(new DynamoDBClient({ region }).config)).toBe(false);
  });

  test('do in every call what is needed, and for a queue the detection of loops', () => {
    const named = (client: { readonly middlewareStack: { identify(): string[] } }): string[] =>
      client.middlewareStack.identify().map((name) => name.split(' ')[0]!);
    const needed = [
      'serializerMiddleware',
      'contentLengthMiddleware',
      'hostHeaderMiddleware',
      'retryMiddleware',
      'httpSigningMiddleware',
      'deserializerMiddleware',
    ];
    expect(named(createDynamoDb(region))).toEqual(needed);
    expect(named(createControlDynamoDb())).toEqual(needed);
    expect(named(createSqs())).toEqual(needed.toSpliced(3, 0, 'recursionDetectionMiddleware'));
  });

  test('make a signer once, and again only when that has failed', async () => {
    const { signer } = createDynamoDb(region).config;
    expect(await signer()).toBe(await signer());
    const { signer: made } = new DynamoDBClient({ region }).config;
    expect(await made()).not.toBe(await made());

    const make = jest.fn(made).mockRejectedValueOnce(new Error('no region'));
    const { config } = lean({ config: { signer: make }, middlewareStack: { remove: () => true } });
    await expect(config.signer()).rejects.toThrow('no region');
    expect(await config.signer()).toBe(await config.signer());
    expect(make).toHaveBeenCalledTimes(2);
  });

  test('warn, and say nothing else', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const { logger } = createDynamoDb(region).config;
    logger.warn('low', 'on sockets');
    logger.info('an answer');
    expect(warn.mock.calls).toEqual([['low', 'on sockets']]);
  });
});

/** A client whose answers are these, one a request. */
function answered(...answers: readonly (readonly [status: number, body: object])[]): {
  client: DynamoDBClient;
  asked: () => number;
} {
  const client = createDynamoDb('us-east-1');
  let asked = 0;
  client.config.credentials = () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 's' });
  client.config.requestHandler = {
    ...client.config.requestHandler,
    handle: () => {
      const [statusCode, body] = answers[asked++]!;
      const headers = { 'content-type': 'application/x-amz-json-1.0' };
      return Promise.resolve({ response: { statusCode, headers, body: Readable.from([JSON.stringify(body)]) } });
    },
  } as typeof client.config.requestHandler;
  return { client, asked: () => asked };
}

describe('A write under strong consistency', () => {
  const write = new PutItemCommand({ TableName: 'orders', Item: { orderId: { S: 'o' } } });
  const refusal = (name: string): readonly [number, object] => [
    400,
    { __type: `com.amazonaws.dynamodb.v20120810#${name}` },
  ];

  test('is repeated when it has met a write of another region', async () => {
    const { client, asked } = answered(refusal('ReplicatedWriteConflictException'), [200, {}]);
    await client.send(write);
    expect(asked()).toBe(2);
  });

  test('is not repeated when its condition does not hold', async () => {
    const { client, asked } = answered(refusal('ConditionalCheckFailedException'), [200, {}]);
    await expect(client.send(write)).rejects.toThrow(ConditionalCheckFailedException);
    expect(asked()).toBe(1);
  });
});

describe('The sum of a signature', () => {
  const [first, second] = [Buffer.from('canonical '), Buffer.from('request')];

  test('is that of SHA-256, in one piece or two, and again after a reset', async () => {
    const sum = new Sha256();
    sum.update(first);
    sum.update(second);
    expect(await sum.digest()).toEqual(createHash('sha256').update('canonical request').digest());
    sum.reset();
    sum.update(second);
    expect(await sum.digest()).toEqual(createHash('sha256').update('request').digest());
    expect(await new Sha256().digest()).toEqual(createHash('sha256').digest());
  });

  test('is that of HMAC with a secret, whatever form the secret has', async () => {
    const expected = createHmac('sha256', 'key').update(first).digest();
    const bytes = new TextEncoder().encode('key');
    for (const secret of ['key', bytes, bytes.buffer]) {
      const sum = new Sha256(secret);
      sum.update(first);
      expect(await sum.digest()).toEqual(expected);
    }
  });

  test('is that of the secret and the text at hand, whatever was asked before', async () => {
    const asked = [
      ['key', first],
      ['key', first],
      ['key', second],
      ['other', second],
      ['key', first],
    ] as const;
    for (const [secret, text] of asked) {
      const sum = new Sha256(secret);
      sum.update(text);
      expect(await sum.digest()).toEqual(createHmac('sha256', secret).update(text).digest());
    }
  });
});
