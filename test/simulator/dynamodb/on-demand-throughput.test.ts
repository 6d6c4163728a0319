import { Kernel } from '../../../simulator/kernel/kernel';
import { AwsFault, type JsonObject } from '../../../simulator/services/aws-service';
import { DynamoDb, type TableDefinition } from '../../../simulator/services/dynamodb';
import type { MetricSample } from '../../../simulator/services/metric-sink';
import { HASH_TABLE, RANGE_TABLE } from './tables';

const EAST = 'us-east-1';
const WEST = 'us-west-2';
const SECOND_US = 1_000_000;
const HALF_HOUR_US = 1_800 * SECOND_US;

interface World {
  readonly kernel: Kernel;
  readonly samples: MetricSample[];
  /** `ok`, or what the call was refused for. */
  call(operation: string, input: JsonObject, region?: string): string;
  output(operation: string, input: JsonObject): JsonObject;
}

function createWorld(table: TableDefinition): World {
  const kernel = new Kernel({ seed: 1 });
  const samples: MetricSample[] = [];
  const noLag = { median: 0, sigma: 0 };
  const service = new DynamoDb(kernel, {
    accountId: '123456789012',
    metrics: { put: (sample) => void samples.push(sample) },
    indexLagMs: noLag,
    replicationLagMs: noLag,
  });
  service.createTable(table);
  const output = (operation: string, input: JsonObject, region = EAST): JsonObject =>
    service.execute({ region, operation, input });
  const call = (operation: string, input: JsonObject, region = EAST): string => {
    try {
      output(operation, input, region);
      return 'ok';
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      const [reason] = (error.fields.throttlingReasons ?? []) as { reason: string; resource: string }[];
      return reason === undefined ? error.code : `${reason.reason} of ${reason.resource.split(':').at(-1)}`;
    }
  };
  return { kernel, samples, call, output };
}

const putOf = (pk: string, more: JsonObject = {}): JsonObject => ({
  TableName: 'hash',
  Item: { pk: { S: pk }, ...more },
});
const readOf = (pk: string, isConsistent: boolean): JsonObject => ({
  TableName: 'hash',
  Key: { pk: { S: pk } },
  ConsistentRead: isConsistent,
});
/** An item of the table with indexes: `keys` groups by `gpk`. */
const indexed = (pk: string, gpk: string, more: JsonObject = {}): JsonObject => ({
  TableName: 'range',
  Item: { pk: { S: pk }, sk: { N: '1' }, gpk: { S: gpk }, ...more },
});

/** How many calls succeed before the first one that does not, and why it does not. */
function untilRefused(most: number, call: (ordinal: number) => string): { served: number; refusal: string } {
  for (let ordinal = 0; ordinal < most; ordinal++) {
    const answer = call(ordinal);
    if (answer !== 'ok') return { served: ordinal, refusal: answer };
  }
  return { served: most, refusal: 'none' };
}

const seconds = (world: World, count: number): Promise<void> =>
  world.kernel.runUntil(world.kernel.nowUs + count * SECOND_US);

describe('One key', () => {
  test('takes a thousand writes of a kilobyte a second, while another key takes more', async () => {
    const world = createWorld(HASH_TABLE);

    expect(untilRefused(2_000, () => world.call('PutItem', putOf('hot')))).toEqual({
      served: 1_000,
      refusal: 'TableWriteKeyRangeThroughputExceeded of table/hash',
    });
    expect(world.call('PutItem', putOf('cold'))).toBe('ok');
    expect(world.call('GetItem', readOf('hot', true))).toBe('ok');
    await seconds(world, 1);
    expect(world.call('PutItem', putOf('hot'))).toBe('ok');
  });

  test('takes the fewer writes the larger the item is, before or after', async () => {
    const world = createWorld(HASH_TABLE);
    const large = { text: { S: 'x'.repeat(3_500) } };

    expect(untilRefused(2_000, () => world.call('PutItem', putOf('hot', large))).served).toBe(250);
    await seconds(world, 1);
    world.call('PutItem', putOf('hot'));
    expect(untilRefused(2_000, () => world.call('PutItem', putOf('hot'))).served).toBe(1_000 - 4);
  });

  test.each([
    { isConsistent: true, served: 3_000 },
    { isConsistent: false, served: 6_000 },
  ])('takes $served reads a second when consistency is $isConsistent', ({ isConsistent, served }) => {
    const world = createWorld(HASH_TABLE);

    expect(untilRefused(9_000, () => world.call('GetItem', readOf('nothing', isConsistent)))).toEqual({
      served,
      refusal: 'TableReadKeyRangeThroughputExceeded of table/hash',
    });
  });

  test('is used by a condition that fails, too', () => {
    const world = createWorld(HASH_TABLE);
    world.call('PutItem', putOf('hot'));
    const again = { ...putOf('hot'), ConditionExpression: 'attribute_not_exists(pk)' };

    const answers = Array.from({ length: 1_000 }, () => world.call('PutItem', again));

    expect(answers.filter((answer) => answer === 'ConditionalCheckFailedException')).toHaveLength(999);
    expect(answers.at(-1)).toBe('TableWriteKeyRangeThroughputExceeded of table/hash');
  });

  test('is used by all the items of a query together', () => {
    const world = createWorld(RANGE_TABLE);
    const text = { S: 'x'.repeat(7_900) };
    for (const sk of ['1', '2', '3']) {
      world.call('PutItem', { TableName: 'range', Item: { pk: { S: 'p' }, sk: { N: sk }, text } });
    }
    const query = {
      TableName: 'range',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'p' } },
      ConsistentRead: true,
    };

    expect(untilRefused(900, () => world.call('Query', query))).toEqual({
      served: 3_000 / 6,
      refusal: 'TableReadKeyRangeThroughputExceeded of table/range',
    });
  });

  test('that is throttled has changed nothing, and is counted', () => {
    const world = createWorld(HASH_TABLE);
    untilRefused(2_000, (ordinal) => world.call('PutItem', putOf('hot', { n: { N: String(ordinal) } })));

    const { Item } = world.output('GetItem', readOf('hot', true));
    expect((Item as JsonObject).n).toEqual({ N: '999' });
    const counted = world.samples.map(({ name, dimensions, value }) => ({ name, dimensions, value }));
    expect(counted).toEqual([
      { name: 'WriteThrottleEvents', dimensions: { TableName: 'hash' }, value: 1 },
      { name: 'ThrottledRequests', dimensions: { TableName: 'hash', Operation: 'PutItem' }, value: 1 },
    ]);
  });
});

describe('One key of an index', () => {
  test('holds the table back, and tells which index it is', () => {
    const world = createWorld(RANGE_TABLE);

    const refused = untilRefused(2_000, (ordinal) => world.call('PutItem', indexed(`item-${ordinal}`, 'hot')));

    expect(refused).toEqual({
      served: 1_000,
      refusal: expect.stringMatching(/^IndexWriteKeyRangeThroughputExceeded of table\/range\/index\//) as string,
    });
    expect(world.call('PutItem', indexed('another', 'cold'))).toBe('ok');
    expect(world.samples[0]!.dimensions).toHaveProperty('GlobalSecondaryIndexName');
  });

  test('is not written when nothing changes that the index holds, and twice when an entry moves', async () => {
    const keysOnly = RANGE_TABLE.globalSecondaryIndexes!.filter(
      ({ projection }) => projection.projectionType === 'KEYS_ONLY',
    );
    const world = createWorld({ ...RANGE_TABLE, globalSecondaryIndexes: keysOnly.slice(0, 1) });
    const change = (ordinal: number, gpk: string): string =>
      world.call('PutItem', indexed(`item-${ordinal % 500}`, gpk, { other: { N: String(ordinal) } }));
    untilRefused(500, (ordinal) => change(ordinal, 'a'));
    await seconds(world, 1);

    expect(untilRefused(2_000, (ordinal) => change(ordinal, 'a')).served).toBe(2_000);
    expect(untilRefused(2_000, (ordinal) => change(ordinal, ordinal % 1_000 < 500 ? 'b' : 'a'))).toEqual({
      served: 1_000,
      refusal: expect.stringMatching(/^IndexWrite/) as string,
    });
  });
});

test.each([
  ['KEYS_ONLY', 1_000],
  ['ALL', 333],
])(
  'An entry of an index that projects %s takes units for what it holds of an item of 3 KB',
  (projectionType, served) => {
    const globalSecondaryIndexes = RANGE_TABLE.globalSecondaryIndexes!.map((index) => ({
      ...index,
      projection: { projectionType: projectionType as 'KEYS_ONLY' | 'ALL' },
    }));
    const world = createWorld({ ...RANGE_TABLE, globalSecondaryIndexes: globalSecondaryIndexes.slice(0, 1) });
    const large = { gsk: { S: 'a' }, other: { S: 'x'.repeat(2_900) } };

    const refused = untilRefused(2_000, (ordinal) => world.call('PutItem', indexed(`item-${ordinal}`, 'hot', large)));

    expect(refused).toEqual({ served, refusal: expect.stringMatching(/^IndexWrite/) as string });
  },
);

describe('A table', () => {
  const many = (world: World, most: number): { served: number; refusal: string } =>
    untilRefused(most, (ordinal) => world.call('PutItem', putOf(`item-${ordinal}`)));

  test('takes four thousand writes a second when it is new, and twice its highest second half an hour later', async () => {
    const world = createWorld(HASH_TABLE);
    const refusal = 'TableWriteKeyRangeThroughputExceeded of table/hash';

    expect(many(world, 9_000)).toEqual({ served: 4_000, refusal });
    await seconds(world, 60);
    expect(many(world, 9_000)).toEqual({ served: 4_000, refusal });
    await world.kernel.runUntil(HALF_HOUR_US);
    expect(many(world, 9_000)).toEqual({ served: 8_000, refusal });
  });

  test('never takes more than the quota', () => {
    const kernel = new Kernel({ seed: 1 });
    const few = { Read: 10, Write: 10 };
    const service = new DynamoDb(kernel, {
      accountId: '123456789012',
      throughputLimits: { perKey: few, initial: { Read: 30, Write: 30 }, quota: { Read: 20, Write: 20 } },
    });
    service.createTable(HASH_TABLE);
    const put = (ordinal: number): void =>
      void service.execute({ region: EAST, operation: 'PutItem', input: putOf(`item-${ordinal}`) });

    for (let ordinal = 0; ordinal < 20; ordinal++) put(ordinal);
    expect(() => put(20)).toThrow(
      expect.objectContaining({
        code: 'ThrottlingException',
        fields: {
          throttlingReasons: [
            {
              reason: 'TableWriteAccountLimitExceeded',
              resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/hash',
            },
          ],
        },
      }),
    );
  });

  test('is used by what arrives from another region, which is not refused', async () => {
    const world = createWorld({ ...HASH_TABLE, regions: [EAST, WEST] });
    untilRefused(1_000, () => world.call('PutItem', putOf('hot')));
    await world.kernel.runUntil(1_000);

    expect(world.call('PutItem', putOf('hot'), WEST)).toBe('TableWriteKeyRangeThroughputExceeded of table/hash');
    await seconds(world, 1);
    expect(world.call('PutItem', putOf('hot'), WEST)).toBe('ok');
  });
});

describe('Several items at once', () => {
  const transaction = (pk: string): JsonObject => ({
    TransactItems: [{ Put: putOf(pk) }, { Put: putOf(`${pk}-too`) }],
  });

  test('take twice as much in a transaction, which is cancelled as a whole', () => {
    const world = createWorld(HASH_TABLE);
    untilRefused(999, () => world.call('PutItem', putOf('hot')));

    expect(() => world.output('TransactWriteItems', transaction('hot'))).toThrow(
      expect.objectContaining({
        code: 'TransactionCanceledException',
        message: expect.stringMatching(/\[ThrottlingError, None\]$/),
      }),
    );
    expect(world.output('GetItem', readOf('hot-too', true))).toEqual({});
    expect(untilRefused(900, () => world.call('TransactWriteItems', transaction('warm'))).served).toBe(500);
  });

  test('take nothing of an index where a condition is only checked', () => {
    const world = createWorld(RANGE_TABLE);
    world.call('PutItem', indexed('checked', 'hot', { gsk: { S: 'a' } }));
    untilRefused(999, (ordinal) => world.call('PutItem', indexed(`item-${ordinal}`, 'hot', { gsk: { S: 'a' } })));
    const key = { pk: { S: 'checked' }, sk: { N: '1' } };
    const check = { TableName: 'range', Key: key, ConditionExpression: 'attribute_exists(pk)' };

    expect(world.call('TransactWriteItems', { TransactItems: [{ ConditionCheck: check }] })).toBe('ok');
    expect(world.call('PutItem', indexed('another', 'hot'))).toMatch(/^IndexWrite/);
  });

  test('are handed back by a batch where they are throttled, unless all are', () => {
    const world = createWorld(HASH_TABLE);
    world.call('PutItem', putOf('cold'));
    untilRefused(9_000, () => world.call('GetItem', readOf('hot', true)));
    const batch = (...keys: string[]): JsonObject => ({
      RequestItems: { hash: { Keys: keys.map((pk) => ({ pk: { S: pk } })), ConsistentRead: true } },
    });

    expect(world.output('BatchGetItem', batch('hot', 'cold'))).toEqual({
      Responses: { hash: [{ pk: { S: 'cold' } }] },
      UnprocessedKeys: { hash: { Keys: [{ pk: { S: 'hot' } }], ConsistentRead: true } },
    });
    expect(world.call('BatchGetItem', batch('hot'))).toBe('TableReadKeyRangeThroughputExceeded of table/hash');
    expect(world.samples.at(-1)).toMatchObject({
      name: 'ThrottledRequests',
      dimensions: { TableName: 'hash', Operation: 'BatchGetItem' },
    });
  });
});
