import { Kernel } from '../../../simulator/kernel/kernel';
import { NotModelled } from '../../../simulator/kernel/errors';
import type { JsonObject } from '../../../simulator/services/aws-service';
import { DynamoDb, type DynamoDbOptions, type TableDefinition } from '../../../simulator/services/dynamodb';
import type { MetricSample } from '../../../simulator/services/metric-sink';
import { HASH_TABLE, RANGE_TABLE } from './tables';

const EAST = 'us-east-1';
const WEST = 'us-west-2';
const SECOND_US = 1_000_000;
const MINUTE_US = 60 * SECOND_US;

interface World {
  readonly kernel: Kernel;
  readonly service: DynamoDb;
  readonly samples: MetricSample[];
  call(operation: string, input: JsonObject, region?: string): JsonObject;
}

function createWorld(tables: readonly TableDefinition[], options: Partial<DynamoDbOptions> = {}): World {
  const kernel = new Kernel({ seed: 1 });
  const samples: MetricSample[] = [];
  const metrics = { put: (sample: MetricSample) => void samples.push(sample) };
  const service = new DynamoDb(kernel, { accountId: '123456789012', metrics, ...options });
  for (const table of tables) service.createTable(table);
  return {
    kernel,
    service,
    samples,
    call: (operation, input, region = EAST) => service.execute({ region, operation, input }),
  };
}

describe('what is handed in and out', () => {
  test('a request that is changed after the call does not change what is stored', () => {
    const world = createWorld([HASH_TABLE]);
    const item: JsonObject = { pk: { S: 'a' }, l: { L: [{ N: '1' }] } };
    world.call('PutItem', { TableName: 'hash', Item: item });

    (item.l as { L: JsonObject[] }).L.push({ N: '2' });

    expect(world.call('GetItem', { TableName: 'hash', Key: { pk: { S: 'a' } } })).toEqual({
      Item: { pk: { S: 'a' }, l: { L: [{ N: '1' }] } },
    });
  });

  test('an answer keeps the item as it was, whatever is written later', () => {
    const world = createWorld([HASH_TABLE]);
    world.call('PutItem', { TableName: 'hash', Item: { pk: { S: 'a' }, m: { M: { x: { N: '1' } } } } });
    const answer = world.call('GetItem', { TableName: 'hash', Key: { pk: { S: 'a' } } });

    world.call('UpdateItem', {
      TableName: 'hash',
      Key: { pk: { S: 'a' } },
      UpdateExpression: 'SET m.x = :v',
      ExpressionAttributeValues: { ':v': { N: '2' } },
    });

    expect(answer).toEqual({ Item: { pk: { S: 'a' }, m: { M: { x: { N: '1' } } } } });
  });

  test('an attribute called __proto__ is an attribute', () => {
    const world = createWorld([HASH_TABLE]);
    const item = JSON.parse('{"pk":{"S":"a"},"__proto__":{"M":{"polluted":{"BOOL":true}}}}') as JsonObject;

    world.call('PutItem', { TableName: 'hash', Item: item });

    const answer = JSON.stringify(world.call('GetItem', { TableName: 'hash', Key: { pk: { S: 'a' } } }));
    expect(answer).toBe('{"Item":{"pk":{"S":"a"},"__proto__":{"M":{"polluted":{"BOOL":true}}}}}');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('a global secondary index', () => {
  const put = (world: World, sk: string): JsonObject =>
    world.call('PutItem', { TableName: 'range', Item: { pk: { S: 'p' }, sk: { N: sk }, gpk: { S: 'g' } } });
  const count = (world: World): unknown =>
    world.call('Query', {
      TableName: 'range',
      IndexName: 'keys',
      KeyConditionExpression: 'gpk = :g',
      ExpressionAttributeValues: { ':g': { S: 'g' } },
    }).Count;

  test('shows a write after a lag', async () => {
    const world = createWorld([RANGE_TABLE], { indexLagMs: { median: 100, sigma: 0 } });

    put(world, '1');
    const atOnce = count(world);
    await world.kernel.runUntil(99_000);
    put(world, '2');
    const before = count(world);
    await world.kernel.runUntil(100_000);
    const after = count(world);
    await world.kernel.runUntil(SECOND_US);

    expect([atOnce, before, after, count(world)]).toEqual([0, 0, 1, 2]);
  });

  test('lags by less than a tenth of a second by default', async () => {
    const world = createWorld([RANGE_TABLE]);
    for (let sk = 0; sk < 100; sk++) put(world, String(sk));

    await world.kernel.runUntil(SECOND_US / 10);

    expect(count(world)).toBe(100);
  });

  test('of a global table follows writes from the other region', async () => {
    const world = createWorld([{ ...RANGE_TABLE, regions: [EAST, WEST] }]);

    world.call('PutItem', { TableName: 'range', Item: { pk: { S: 'p' }, sk: { N: '1' }, gpk: { S: 'g' } } }, WEST);
    await world.kernel.runUntil(10 * SECOND_US);

    expect(count(world)).toBe(1);
  });
});

describe('time to live', () => {
  const EXPIRING: TableDefinition = { ...HASH_TABLE, regions: [EAST, WEST], timeToLiveAttribute: 'expiresAt' };
  const putExpiring = (world: World, id: string, seconds: number): JsonObject =>
    world.call('PutItem', {
      TableName: 'hash',
      Item: { pk: { S: id }, expiresAt: { N: String(Math.floor(world.kernel.epochMs / 1000) + seconds) } },
    });
  const ids = (world: World, region: string): unknown[] =>
    [...world.service.items('hash', region)].map((item) => item.pk?.S);

  test('deletes an item 10 to 20 minutes after it expires, in every region', async () => {
    const world = createWorld([EXPIRING]);
    putExpiring(world, 'short', 60);
    putExpiring(world, 'long', 24 * 3600);
    world.call('PutItem', { TableName: 'hash', Item: { pk: { S: 'never' } } });

    await world.kernel.runUntil(11 * MINUTE_US);
    const tooEarly = ids(world, EAST);
    await world.kernel.runUntil(21 * MINUTE_US);

    expect(tooEarly).toEqual(['long', 'never', 'short']);
    expect(ids(world, EAST)).toEqual(['long', 'never']);
    expect(ids(world, WEST)).toEqual(['long', 'never']);
  });

  test('spares an item whose time was moved', async () => {
    const world = createWorld([EXPIRING]);
    putExpiring(world, 'a', 60);
    await world.kernel.runUntil(5 * MINUTE_US);
    putExpiring(world, 'a', 3600);

    await world.kernel.runUntil(40 * MINUTE_US);

    expect(ids(world, EAST)).toEqual(['a']);
  });

  test('ignores a time more than five years ago, and what is not a number', async () => {
    const world = createWorld([EXPIRING]);
    putExpiring(world, 'old', -6 * 365 * 24 * 3600);
    world.call('PutItem', { TableName: 'hash', Item: { pk: { S: 'text' }, expiresAt: { S: '1' } } });

    await world.kernel.runUntil(60 * MINUTE_US);

    expect(ids(world, EAST)).toEqual(['old', 'text']);
  });
});

test('a scan in pages sees every item once, in an order that is not that of the keys', () => {
  const world = createWorld([RANGE_TABLE]);
  const written: string[] = [];
  for (let index = 0; index < 100; index++) {
    const item = { pk: { S: `p${index % 30}` }, sk: { N: String(index) } };
    world.call('PutItem', { TableName: 'range', Item: item });
    written.push(`${item.pk.S}/${item.sk.N}`);
  }

  const seen: string[] = [];
  let startKey: JsonObject | undefined;
  do {
    const page = world.call('Scan', {
      TableName: 'range',
      Limit: 7,
      ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
    });
    for (const { pk, sk } of page.Items as { pk: { S: string }; sk: { N: string } }[]) seen.push(`${pk.S}/${sk.N}`);
    startKey = page.LastEvaluatedKey as JsonObject | undefined;
  } while (startKey !== undefined);

  expect([...seen].sort()).toEqual([...written].sort());
  expect(seen).not.toEqual([...seen].sort());
});

test('a failed condition is counted in the region of the table', () => {
  const world = createWorld([HASH_TABLE]);
  const put = { TableName: 'hash', Item: { pk: { S: 'a' } }, ConditionExpression: 'attribute_exists(pk)' };

  expect(() => world.call('PutItem', put)).toThrow('The conditional request failed');

  expect(world.samples).toEqual([
    {
      region: EAST,
      namespace: 'AWS/DynamoDB',
      name: 'ConditionalCheckFailedRequests',
      dimensions: { TableName: 'hash' },
      value: 1,
      unit: 'Count',
    },
  ]);
});

test('a token is forgotten after ten minutes', async () => {
  const world = createWorld([HASH_TABLE]);
  const request = {
    ClientRequestToken: 'token',
    TransactItems: [
      {
        Update: {
          TableName: 'hash',
          Key: { pk: { S: 'a' } },
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      },
    ],
  };
  const countNow = (): unknown => [...world.service.items('hash', EAST)][0]?.n?.N;

  world.call('TransactWriteItems', request);
  await world.kernel.runUntil(9 * MINUTE_US);
  world.call('TransactWriteItems', request);
  const within = countNow();
  await world.kernel.runUntil(11 * MINUTE_US);
  world.call('TransactWriteItems', request);

  expect([within, countNow()]).toEqual(['1', '2']);
});

describe('permissions', () => {
  const ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/hash';

  test.each([
    ['PutItem', { TableName: 'hash' }, [['dynamodb:PutItem', ARN]]],
    ['Query', { TableName: 'hash', IndexName: 'byCustomer' }, [['dynamodb:Query', `${ARN}/index/byCustomer`]]],
    ['BatchGetItem', { RequestItems: { hash: {} } }, [['dynamodb:BatchGetItem', ARN]]],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'hash' } }, { ConditionCheck: { TableName: 'hash' } }] },
      [
        ['dynamodb:PutItem', ARN],
        ['dynamodb:ConditionCheckItem', ARN],
      ],
    ],
    ['PutItem', {}, []],
  ])('of %s with %j', (operation, input, expected) => {
    const { service } = createWorld([]);

    const permissions = service.permissions({ region: EAST, operation, input });

    expect(permissions.map(({ action, resource }) => [action, resource])).toEqual(expected);
  });
});

describe('what is not modelled is refused by name', () => {
  test.each([
    ['an operation', 'ExecuteStatement', {}, 'DynamoDB operation ExecuteStatement is not modelled.'],
    ['an older parameter', 'PutItem', { Expected: {} }, 'Parameter Expected of DynamoDB PutItem is not modelled.'],
    [
      'another older parameter',
      'UpdateItem',
      { AttributeUpdates: {} },
      'Parameter AttributeUpdates of DynamoDB UpdateItem',
    ],
    [
      'an unknown parameter',
      'Query',
      { KeyCondition: 'a' },
      'Parameter KeyCondition of DynamoDB Query is not modelled.',
    ],
    [
      'a parallel scan',
      'Scan',
      { Segment: 0, TotalSegments: 2 },
      'Parameter Segment of DynamoDB Scan is not modelled.',
    ],
    [
      'consumed capacity',
      'GetItem',
      { ReturnConsumedCapacity: 'TOTAL' },
      'ReturnConsumedCapacity TOTAL of DynamoDB GetItem',
    ],
  ])('%s', (_, operation, input, message) => {
    const world = createWorld([HASH_TABLE]);

    const call = (): JsonObject => world.call(operation, { TableName: 'hash', ...input });

    expect(call).toThrow(NotModelled);
    expect(call).toThrow(message);
  });
});
