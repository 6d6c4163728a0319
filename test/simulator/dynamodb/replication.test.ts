import * as fc from 'fast-check';
import { Kernel } from '../../../simulator/kernel/kernel';
import type { JsonObject } from '../../../simulator/services/aws-service';
import { DynamoDb, type DynamoDbOptions } from '../../../simulator/services/dynamodb';
import type { MetricSample } from '../../../simulator/services/metric-sink';

const EAST = 'us-east-1';
const WEST = 'us-west-2';
const TABLE = 'orders';
const SECOND_US = 1_000_000;
const MINUTE_US = 60 * SECOND_US;

interface World {
  readonly kernel: Kernel;
  readonly service: DynamoDb;
  readonly samples: MetricSample[];
  put(region: string, id: string, state: string): void;
  remove(region: string, id: string): void;
  state(region: string, id: string): unknown;
}

function createWorld(options: Partial<DynamoDbOptions> = {}, seed = 1): World {
  const kernel = new Kernel({ seed });
  const samples: MetricSample[] = [];
  const metrics = { put: (sample: MetricSample) => void samples.push(sample) };
  const service = new DynamoDb(kernel, { accountId: '123456789012', metrics, ...options });
  service.createTable({
    tableName: TABLE,
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    regions: [EAST, WEST],
  });
  const execute = (region: string, operation: string, input: JsonObject): JsonObject =>
    service.execute({ region, operation, input: { TableName: TABLE, ...input } });
  return {
    kernel,
    service,
    samples,
    put: (region, id, state) => void execute(region, 'PutItem', { Item: { id: { S: id }, state: { S: state } } }),
    remove: (region, id) => void execute(region, 'DeleteItem', { Key: { id: { S: id } } }),
    state: (region, id) => {
      const { Item: item } = execute(region, 'GetItem', { Key: { id: { S: id } } });
      return ((item as JsonObject | undefined)?.state as JsonObject | undefined)?.S;
    },
  };
}

test('a write reaches the other region after a lag, not at once', async () => {
  const world = createWorld({ replicationLagMs: { median: 500, sigma: 0 } });

  world.put(EAST, 'a', 'new');
  const atOnce = world.state(WEST, 'a');
  await world.kernel.runUntil(0.4 * SECOND_US);
  const tooEarly = world.state(WEST, 'a');
  await world.kernel.runUntil(0.6 * SECOND_US);

  expect(atOnce).toBeUndefined();
  expect(tooEarly).toBeUndefined();
  expect(world.state(WEST, 'a')).toBe('new');
});

test('with the default lag at least 85 of 100 writes arrive within a second, and all within ten', async () => {
  const world = createWorld();
  const ids = Array.from({ length: 100 }, (_, index) => `order-${index}`);

  for (const id of ids) world.put(EAST, id, 'new');
  await world.kernel.runUntil(SECOND_US);
  const arrived = ids.filter((id) => world.state(WEST, id) === 'new').length;
  await world.kernel.runUntil(10 * SECOND_US);

  expect(arrived).toBeGreaterThanOrEqual(85);
  expect(world.service.hasPendingReplication()).toBeUndefined();
});

test('of two writes in different regions the later one wins everywhere', async () => {
  const world = createWorld();

  world.put(EAST, 'a', 'first');
  await world.kernel.runUntil(10);
  world.put(WEST, 'a', 'second');
  await world.kernel.runUntil(10 * SECOND_US);

  expect(world.state(EAST, 'a')).toBe('second');
  expect(world.state(WEST, 'a')).toBe('second');
});

test('of two writes at the same microsecond both regions keep the same one', async () => {
  const world = createWorld();

  world.put(EAST, 'a', 'east');
  world.put(WEST, 'a', 'west');
  await world.kernel.runUntil(10 * SECOND_US);

  expect(world.state(EAST, 'a')).toBe('west');
  expect(world.state(WEST, 'a')).toBe('west');
});

test('a condition sees the local replica only', async () => {
  const world = createWorld();
  const create = (region: string): JsonObject =>
    world.service.execute({
      region,
      operation: 'PutItem',
      input: {
        TableName: TABLE,
        Item: { id: { S: 'a' }, state: { S: region } },
        ConditionExpression: 'attribute_not_exists(id)',
      },
    });

  create(EAST);
  const createAgain = (): JsonObject => create(WEST);

  expect(createAgain).not.toThrow();
  await world.kernel.runUntil(10 * SECOND_US);
  expect(createAgain).toThrow('The conditional request failed');
});

test('a deletion is not undone by an older write that arrives later', async () => {
  const world = createWorld();
  world.service.pauseReplication(EAST, WEST);
  world.put(EAST, 'a', 'old');
  await world.kernel.runUntil(SECOND_US);
  world.put(WEST, 'a', 'newer');
  world.remove(WEST, 'a');

  world.service.resumeReplication(EAST, WEST);
  await world.kernel.runUntil(20 * SECOND_US);

  expect(world.state(EAST, 'a')).toBeUndefined();
  expect(world.state(WEST, 'a')).toBeUndefined();
  expect(world.service.replicaDifferences(TABLE)).toEqual([]);
});

test('while replication is paused writes are kept, the reason is told, and they are delivered after it is resumed', async () => {
  const world = createWorld();
  world.put(EAST, 'in-flight', 'new');
  world.service.pauseReplication(EAST, WEST);
  world.put(EAST, 'held', 'new');
  await world.kernel.runUntil(MINUTE_US);

  const reason = world.service.hasPendingReplication();
  const differences = world.service.replicaDifferences(TABLE);
  world.service.resumeReplication(EAST, WEST);
  await world.kernel.runUntil(2 * MINUTE_US);

  expect(reason).toBe('Table orders, us-east-1 to us-west-2: writes 2 held because replication is paused.');
  expect(differences.map(({ key }) => key.id?.S)).toEqual(['held', 'in-flight']);
  expect(differences[0]?.items).toMatchObject({ [EAST]: { state: { S: 'new' } }, [WEST]: undefined });
  expect(world.state(WEST, 'held')).toBe('new');
  expect(world.state(WEST, 'in-flight')).toBe('new');
  expect(world.service.hasPendingReplication()).toBeUndefined();
  expect(world.service.replicaDifferences(TABLE)).toEqual([]);
});

test('who watches a region is told what is written there, what arrives there and what is deleted, and nothing else', async () => {
  const world = createWorld({ replicationLagMs: { median: 500, sigma: 0 } });
  const seen: unknown[] = [];
  world.service.watch(TABLE, WEST, (item) => seen.push(item?.state?.S));

  world.put(WEST, 'a', 'here');
  world.put(EAST, 'b', 'elsewhere');
  const seenAtOnce = [...seen];
  await world.kernel.runUntil(SECOND_US);
  world.remove(WEST, 'b');
  world.remove(WEST, 'nobody');

  expect(seenAtOnce).toEqual(['here']);
  expect(seen).toEqual(['here', 'elsewhere', undefined]);
});

test('replication in one direction goes on while the other is paused', async () => {
  const world = createWorld();
  world.service.pauseReplication(EAST, WEST);

  world.put(WEST, 'a', 'new');
  await world.kernel.runUntil(10 * SECOND_US);

  expect(world.state(EAST, 'a')).toBe('new');
});

test('a pause holds for tables that are created during it', async () => {
  const world = createWorld();
  world.service.pauseReplication(EAST, WEST);
  world.service.createTable({
    tableName: 'plans',
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    regions: [EAST, WEST],
  });

  const put = { TableName: 'plans', Item: { id: { S: 'a' } } };
  world.service.execute({ region: EAST, operation: 'PutItem', input: put });
  await world.kernel.runUntil(10 * SECOND_US);

  expect([...world.service.items('plans', WEST)]).toEqual([]);
});

test('replicas agree after any writes, deletions and pauses, once everything is delivered', async () => {
  const step = fc.record({
    region: fc.constantFrom(EAST, WEST),
    id: fc.constantFrom('a', 'b', 'c'),
    action: fc.constantFrom('put', 'put', 'remove', 'pause', 'resume'),
    waitMs: fc.constantFrom(0, 0, 1, 300, 2000),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.nat(1000), async (steps, seed) => {
      const world = createWorld({}, seed);
      for (const [index, { region, id, action, waitMs }] of steps.entries()) {
        const other = region === EAST ? WEST : EAST;
        if (action === 'put') world.put(region, id, String(index));
        else if (action === 'remove') world.remove(region, id);
        else if (action === 'pause') world.service.pauseReplication(region, other);
        else world.service.resumeReplication(region, other);
        await world.kernel.runUntil(world.kernel.nowUs + waitMs * 1000);
      }
      world.service.resumeReplication(EAST, WEST);
      world.service.resumeReplication(WEST, EAST);
      await world.kernel.runUntil(world.kernel.nowUs + MINUTE_US);

      expect(world.service.hasPendingReplication()).toBeUndefined();
      expect(world.service.replicaDifferences(TABLE)).toEqual([]);
    }),
    { numRuns: 100, seed: 20260302 },
  );
});

test('the same seed gives the same trace, another seed another one', async () => {
  const digestOf = async (seed: number): Promise<string> => {
    const world = createWorld({}, seed);
    for (let index = 0; index < 20; index++) world.put(index % 2 === 0 ? EAST : WEST, `order-${index % 5}`, `${index}`);
    await world.kernel.runUntil(10 * SECOND_US);
    return world.kernel.trace.digest();
  };

  expect(await digestOf(7)).toBe(await digestOf(7));
  expect(await digestOf(7)).not.toBe(await digestOf(8));
});

test('replication latency is published in the source region, once a minute, as an average', async () => {
  const world = createWorld({ replicationLagMs: { median: 500, sigma: 0 } });

  for (let index = 0; index < 10; index++) world.put(EAST, `order-${index}`, 'new');
  await world.kernel.runUntil(2 * MINUTE_US);

  expect(world.samples).toEqual([
    {
      region: EAST,
      namespace: 'AWS/DynamoDB',
      name: 'ReplicationLatency',
      dimensions: { TableName: TABLE, ReceivingRegion: WEST },
      value: 500,
      unit: 'Milliseconds',
    },
  ]);
});

test('items lists a region in key order', async () => {
  const world = createWorld();
  for (const id of ['b', 'c', 'a', '\u{1F600}', '\uFFFD']) world.put(EAST, id, 'new');

  const ids = [...world.service.items(TABLE, EAST)].map((item) => item.id?.S);

  expect(ids).toEqual(['a', 'b', 'c', '\uFFFD', '\u{1F600}']);
});

test('a name can be taken once in each region', () => {
  const world = createWorld();
  const createIn = (regions: string[]): void =>
    world.service.createTable({
      tableName: TABLE,
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
      attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
      regions,
    });

  expect(() => createIn([WEST])).toThrow('Table orders exists already in us-west-2.');
  expect(() => createIn(['eu-west-1'])).not.toThrow();
});

test('a pause of one table leaves other pauses and other tables alone', async () => {
  const world = createWorld({ replicationLagMs: { median: 100, sigma: 0 } });
  world.service.pauseReplication(EAST, WEST);
  world.service.pauseReplication(EAST, WEST, TABLE);
  world.service.pauseReplication(EAST, WEST, 'another');
  world.put(EAST, 'a', 'new');

  world.service.resumeReplication(EAST, WEST);
  await world.kernel.runUntil(SECOND_US);
  const whilePaused = world.state(WEST, 'a');
  world.service.resumeReplication(EAST, WEST, TABLE);
  await world.kernel.runUntil(2 * SECOND_US);

  expect(whilePaused).toBeUndefined();
  expect(world.state(WEST, 'a')).toBe('new');
});
