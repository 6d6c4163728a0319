import { createHash, createHmac } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { compileFunction } from 'node:vm';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';
import type { AwsCredentialIdentity, FinalizeRequestMiddleware, HttpRequest, RequestSigner } from '@smithy/types';
import { answering, type Answer, type Answering } from './answering';
import { BOUNDED, createControlDynamoDb, createDynamoDb, createSqs, lean } from '../../lambdas/shared/clients';
import { withLastKey } from '../../lambdas/shared/keep-signer';
import { Sha256 } from '../../lambdas/shared/sha256';
import { isSignatureValid, parseCredentialScope } from '../../simulator/services/iam/signature';

/** A question that only V8 itself can answer. */
function askV8(question: string, ...asked: readonly object[]): boolean {
  setFlagsFromString('--allow-natives-syntax');
  const names = asked.map((_, index) => `object${index}`);
  const ask = compileFunction(`return %${question}(${names.join(', ')})`, names) as (
    ...objects: readonly object[]
  ) => boolean;
  setFlagsFromString('--no-allow-natives-syntax');
  return ask(...asked);
}

/** Whether V8 lays the object out compactly. */
const isCompact = (object: object): boolean => askV8('HasFastProperties', object);
/** Whether V8 lays out both objects alike, so that code which has met one knows where to look in the other. */
const isAlike = (one: object, other: object): boolean => askV8('HaveSameMap', one, other);

describe('The clients of the SDK', () => {
  const region = 'us-east-1';

  test('have compact configurations, which one as it comes has not', () => {
    for (const client of [createDynamoDb(region), createControlDynamoDb(), createSqs()]) {
      expect(isCompact(client.config)).toBe(true);
    }
    expect(isCompact(new DynamoDBClient({ region }).config)).toBe(false);
    expect(isAlike(createDynamoDb(region).config, createDynamoDb('us-west-2').config)).toBe(true);
  });

  test('have all their settings, and nothing else but room for what a call knows', () => {
    const asItComes = new DynamoDBClient({ ...BOUNDED, region }).config;
    const { config } = createDynamoDb(region);
    expect(Object.getOwnPropertySymbols(config)).toEqual([]);
    const filled = Object.entries(config).filter(([, value]) => value !== undefined);
    expect(Object.keys(asItComes)).toEqual(expect.arrayContaining(filled.map(([name]) => name)));
    expect(Object.keys(config)).toEqual(expect.arrayContaining(Object.getOwnPropertyNames(asItComes)));
  });

  test('have room for all that a call lays over the copies of their settings', async () => {
    // Bytes are what both ways are left to the SDK for.
    const { client } = answered([200, { Attributes: { orderId: { B: 'bw==' } } }]);
    const { protocol } = client.config;
    const [asked, read] = [jest.spyOn(protocol, 'serializeRequest'), jest.spyOn(protocol, 'deserializeResponse')];
    await client.send(new PutItemCommand({ TableName: 'orders', Item: { orderId: { B: Buffer.from('o') } } }));
    const room = new Set(Object.keys(client.config));
    for (const copy of [asked.mock.calls[0]![2], read.mock.calls[0]![1]]) {
      expect(Object.keys(copy).filter((name) => !room.has(name))).toEqual([]);
      expect(isCompact(copy)).toBe(true);
    }
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
    const client = new DynamoDBClient({ region });
    client.config.signer = make;
    const { config } = lean(client);
    await expect(config.signer()).rejects.toThrow('no region');
    expect(await config.signer()).toBe(await config.signer());
    expect(make).toHaveBeenCalledTimes(2);
  });

  test('find out once a command how it is signed and where it goes, and again after a failure', async () => {
    const empty = [200, {}] as const;
    const { client, requests } = answered(empty);
    const provide = client.config.endpointProvider;
    const endpointProvider = jest.fn(provide).mockImplementationOnce(() => {
      throw new Error('no rules');
    });
    Object.assign(client.config, { endpointProvider });
    const put = (): Promise<unknown> => client.send(new PutItemCommand({ TableName: 'orders', Item: {} }));
    await expect(put()).rejects.toThrow('no rules');
    await put();
    await Promise.all([put(), put()]);
    expect(endpointProvider).toHaveBeenCalledTimes(2);
    const get = (): Promise<unknown> => client.send(new GetItemCommand({ TableName: 'orders', Key: {} }));
    await get();
    await get();
    expect(endpointProvider).toHaveBeenCalledTimes(3);
    expect(new Set(requests.map(({ hostname }) => hostname))).toEqual(new Set(['dynamodb.us-east-1.amazonaws.com']));
  });

  test('make three sums a call, and derive another key when there are other credentials', async () => {
    const inAnHour = (): Date => new Date(Date.now() + 3_600_000);
    const [first, second] = ['s', 'other'].map((secretAccessKey) => ({
      accessKeyId: 'a',
      secretAccessKey,
      expiration: inAnHour(),
    })) as [AwsCredentialIdentity & { expiration: Date }, AwsCredentialIdentity];
    const credentials = jest.fn(() => Promise.resolve(second)).mockResolvedValueOnce(first);
    const empty = [200, {}] as const;
    const ours = lean(new DynamoDBClient({ ...BOUNDED, region, credentials }));
    const { client, requests } = answering(ours, empty);
    const digest = jest.spyOn(Sha256.prototype, 'digest');
    const sumsOfACall = async (): Promise<number> => {
      digest.mockClear();
      await client.send(new PutItemCommand({ TableName: 'orders', Item: {} }));
      return digest.mock.calls.length;
    };
    expect(await sumsOfACall()).toBeGreaterThan(3);
    expect(await sumsOfACall()).toBe(3);
    first.expiration.setTime(0);
    expect(await sumsOfACall()).toBeGreaterThan(3);
    expect(await sumsOfACall()).toBe(3);
    const isSigned = (secret: string): boolean[] => requests.map((request) => isSignedWith(request, secret));
    expect(isSigned('s')).toEqual([true, true, false, false]);
    expect(isSigned('other')).toEqual([false, false, true, true]);
  });

  test('derive a key once a day and region, and again when that has failed', async () => {
    const derived = jest
      .fn((_credentials: object, place: string, day: string) => Promise.resolve(Buffer.from(`${day} ${place}`)))
      .mockRejectedValueOnce(new Error('no sums'));
    const signer = withLastKey({ sign: jest.fn(), getSigningKey: derived } as RequestSigner) as unknown as {
      getSigningKey: typeof derived;
    };
    const credentials = {};
    const keyOf = async (day: string, place: string): Promise<string> =>
      String(await signer.getSigningKey(credentials, place, day));
    await expect(keyOf('monday', 'here')).rejects.toThrow('no sums');
    expect(await keyOf('monday', 'here')).toBe('monday here');
    expect(await keyOf('monday', 'here')).toBe('monday here');
    expect(derived).toHaveBeenCalledTimes(2);
    expect(await keyOf('tuesday', 'here')).toBe('tuesday here');
    expect(await keyOf('tuesday', 'there')).toBe('tuesday there');
    expect(derived).toHaveBeenCalledTimes(4);
  });

  test('make errors without traces in one step before the first attempt, and nowhere else', async () => {
    const usual = Error.stackTraceLimit;
    const { client } = answered([400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' }]);
    const limits: number[] = [];
    const watched: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => async (args) => {
      limits.push(Error.stackTraceLimit);
      await Promise.resolve();
      limits.push(Error.stackTraceLimit);
      return next(args);
    };
    client.middlewareStack.addRelativeTo(watched, {
      name: 'watched',
      relation: 'after',
      toMiddleware: 'retryMiddleware',
    });
    const beside = new Set<number>();
    const watch = async (): Promise<void> => {
      for (let step = 0; step < 100; step++) {
        await Promise.resolve();
        beside.add(Error.stackTraceLimit);
      }
    };
    const call = client.send(new PutItemCommand({ TableName: 'orders', Item: {} }));
    const [error] = await Promise.all([call.catch((failure: unknown) => failure as Error), watch(), watch()]);
    expect(limits).toEqual([0, usual]);
    expect([...beside]).toEqual([usual]);
    expect((error as Error).stack).toContain(' at ');
  });

  test('warn, and say nothing else', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const { logger } = createDynamoDb(region).config;
    logger.warn('low', 'on sockets');
    logger.info('an answer');
    expect(warn.mock.calls).toEqual([['low', 'on sockets']]);
  });
});

/** Whether the secret gives the signature, as the other side reckons it. */
function isSignedWith({ method, hostname, path, headers, body }: HttpRequest, secret: string): boolean {
  const arrived = { method, host: hostname, port: 443, path, headers, body: Buffer.from(body as string).toString() };
  return isSignatureValid(arrived, parseCredentialScope(arrived)!, secret);
}

/** A client whose answers are these, one a request. */
function answered(...answers: readonly Answer[]): Answering<DynamoDBClient> {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' });
  return answering(createDynamoDb('us-east-1'), ...answers);
}

describe('A write under strong consistency', () => {
  const write = new PutItemCommand({ TableName: 'orders', Item: { orderId: { S: 'o' } } });
  const refusal = (name: string): Answer => [400, { __type: `com.amazonaws.dynamodb.v20120810#${name}` }];

  test('is repeated when it has met a write of another region', async () => {
    const { client, requests } = answered(refusal('ReplicatedWriteConflictException'), [200, {}]);
    await client.send(write);
    expect(requests).toHaveLength(2);
  });

  test('is not repeated when its condition does not hold', async () => {
    const { client, requests } = answered(refusal('ConditionalCheckFailedException'), [200, {}]);
    await expect(client.send(write)).rejects.toThrow(ConditionalCheckFailedException);
    expect(requests).toHaveLength(1);
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
});
