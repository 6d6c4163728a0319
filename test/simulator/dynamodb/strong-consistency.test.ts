import * as fc from 'fast-check';
import { Kernel } from '../../../simulator/kernel/kernel';
import { AwsFault, type JsonObject } from '../../../simulator/services/aws-service';
import { DynamoDb, type TableDefinition } from '../../../simulator/services/dynamodb';

const EAST = 'us-east-1';
const WEST = 'us-west-2';
const WITNESS = 'us-east-2';
const TABLE = 'orders';
const SECOND_US = 1_000_000;

const DEFINITION: TableDefinition = {
  tableName: TABLE,
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
  regions: [EAST, WEST],
  witnessRegion: WITNESS,
  multiRegionConsistency: 'STRONG',
};

interface Answer {
  readonly startUs: number;
  readonly endUs: number;
  readonly output?: JsonObject;
  readonly fault?: AwsFault;
}

function createWorld(seed = 1) {
  const kernel = new Kernel({ seed });
  const cut = new Set<string>();
  const service = new DynamoDb(kernel, {
    accountId: '123456789012',
    isOpen: (region, other) => !cut.has(region) && !cut.has(other),
  });
  service.createTable(DEFINITION);
  const answers: Answer[] = [];
  /** Starts a call; its answer is added when it comes. */
  const start = (region: string, operation: string, input: JsonObject): void => {
    const call = { region, operation, input: { TableName: TABLE, ...input } };
    const startUs = kernel.nowUs;
    const answer = (compute: () => JsonObject): void => {
      try {
        answers.push({ startUs, endUs: kernel.nowUs, output: compute() });
      } catch (error) {
        if (!(error instanceof AwsFault)) throw error;
        answers.push({ startUs, endUs: kernel.nowUs, fault: error });
      }
    };
    const deferred = service.defer(call);
    if (deferred === undefined) answer(() => service.execute(call));
    else deferred(answer);
  };
  const call = async (region: string, operation: string, input: JsonObject): Promise<Answer> => {
    const count = answers.length;
    start(region, operation, input);
    await kernel.runUntil(kernel.nowUs + 3 * SECOND_US);
    return answers[count]!;
  };
  return { kernel, service, cut, answers, start, call };
}

const put = (state: string, id = 'a'): JsonObject => ({ Item: { id: { S: id }, state: { S: state } } });
const key = (id = 'a'): JsonObject => ({ Key: { id: { S: id } } });
const strongly = { ...key(), ConsistentRead: true };

describe('A table with multi-Region strong consistency', () => {
  test('shows a write to strongly consistent reads everywhere as soon as it is answered', async () => {
    const { kernel, start, answers, call } = createWorld();
    start(EAST, 'PutItem', put('new'));
    while (answers.length === 0) await kernel.runUntil(kernel.nowUs + 1000);

    start(WEST, 'GetItem', key());
    const eventually = answers[1]!;
    const read = await call(WEST, 'GetItem', strongly);

    expect(eventually).toMatchObject({ output: {}, startUs: eventually.endUs });
    expect(read.output).toEqual(put('new'));
  });

  test('takes a round trip to the nearest other member for writes and strong reads, and none for other reads', async () => {
    const { call } = createWorld();
    const durationMs = async (region: string, operation: string, input: JsonObject): Promise<number> => {
      const { startUs, endUs } = await call(region, operation, input);
      return (endUs - startUs) / 1000;
    };

    // The witness in Ohio is about 13 ms from Virginia and 52 ms from Oregon.
    for (const [region, low, high] of [
      [EAST, 6, 30],
      [WEST, 25, 110],
    ] as const) {
      for (const [operation, input] of [
        ['PutItem', put('x')],
        [
          'UpdateItem',
          { ...key(), UpdateExpression: 'SET note = :n', ExpressionAttributeValues: { ':n': { S: 'x' } } },
        ],
        ['GetItem', strongly],
        ['Query', query({ ConsistentRead: true })],
        ['DeleteItem', key()],
      ] as const) {
        const taken = await durationMs(region, operation, input);
        expect(taken).toBeGreaterThan(low);
        expect(taken).toBeLessThan(high);
      }
      expect(await durationMs(region, 'GetItem', key())).toBe(0);
      expect(await durationMs(region, 'Query', query({}))).toBe(0);
    }
  });

  test('lets a condition test what another region has written', async () => {
    const { call } = createWorld();
    await call(EAST, 'PutItem', put('theirs'));

    const second = await call(WEST, 'PutItem', {
      ...put('mine'),
      ConditionExpression: 'attribute_not_exists(id)',
    });

    expect(second.fault?.code).toBe('ConditionalCheckFailedException');
  });

  test('refuses the later of two writes of one item in two regions at a time, and lets two in one region pass', async () => {
    const { kernel, start, answers } = createWorld();
    start(WEST, 'PutItem', put('west'));
    await kernel.runUntil(1000);
    start(EAST, 'PutItem', put('east'));
    start(EAST, 'PutItem', put('east', 'b'));
    start(EAST, 'PutItem', put('east again', 'b'));

    await kernel.runUntil(SECOND_US);

    const faults = answers.filter(({ fault }) => fault !== undefined).map(({ fault }) => fault!);
    expect(faults.map(({ code, httpStatus }) => [code, httpStatus])).toEqual([
      ['ReplicatedWriteConflictException', 400],
    ]);
    expect(answers).toHaveLength(4);
  });

  test.each([
    // who is cut off, who is asked, what a write and a strong read say
    [[WITNESS], EAST, undefined],
    [[WITNESS], WEST, undefined],
    [[WEST], EAST, undefined],
    [[WEST], WEST, 500],
    [[EAST], EAST, 500],
    [[WEST, WITNESS], EAST, 500],
  ])('with %j cut off answers %s with %s', async (members, region, status) => {
    const { call, cut } = createWorld();
    await call(region, 'PutItem', put('before'));
    await call(region, 'GetItem', strongly);
    for (const member of members) cut.add(member);

    const write = await call(region, 'PutItem', put('after'));
    const strong = await call(region, 'GetItem', strongly);
    const eventual = await call(region, 'GetItem', key());

    expect([write.fault?.httpStatus, strong.fault?.httpStatus]).toEqual([status, status]);
    expect(write.fault?.code).toBe(status === undefined ? undefined : 'InternalServerError');
    expect(eventual.output).toEqual(put(status === undefined ? 'after' : 'before'));
  });

  test('makes no write whose quorum is lost while it is under way', async () => {
    const { kernel, start, answers, cut, call } = createWorld();
    start(WEST, 'PutItem', put('lost'));
    await kernel.runUntil(1000);
    cut.add(WEST);
    await kernel.runUntil(SECOND_US);
    cut.clear();

    expect(answers[0]!.fault?.httpStatus).toBe(500);
    expect((await call(EAST, 'GetItem', strongly)).output).toEqual({});
  });

  test('is isolated by a pause of its replication, until both directions go on', async () => {
    const { service, call } = createWorld();
    for (const other of [EAST, WITNESS]) service.pauseReplication(WEST, other, TABLE);

    const paused = await call(WEST, 'PutItem', put('x'));
    const elsewhere = await call(EAST, 'PutItem', put('x'));
    for (const other of [EAST, WITNESS]) service.resumeReplication(WEST, other, TABLE);

    expect([paused.fault?.httpStatus, elsewhere.fault]).toEqual([500, undefined]);
    expect((await call(WEST, 'GetItem', strongly)).output).toEqual(put('x'));
  });

  test('loses nothing and counts nothing twice, whatever two regions do at a time', async () => {
    const step = fc.record({ region: fc.constantFrom(EAST, WEST), afterMs: fc.integer({ min: 0, max: 80 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), fc.integer(), async (steps, seed) => {
        const { kernel, start, answers } = createWorld(seed);
        const increment = {
          ...key(),
          UpdateExpression: 'ADD total :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
          ReturnValues: 'UPDATED_NEW',
        };
        for (const { region, afterMs } of steps) {
          start(region, 'UpdateItem', increment);
          await kernel.runUntil(kernel.nowUs + afterMs * 1000);
        }
        await kernel.runUntil(kernel.nowUs + SECOND_US);

        const done = answers.filter(({ fault }) => fault === undefined);
        const totals = done.map(({ output }) => Number(((output!.Attributes as JsonObject).total as JsonObject).N));
        // In the order of their ends, each success has counted exactly those before it.
        expect(totals).toEqual(totals.map((_, index) => index + 1));
        expect(answers).toHaveLength(steps.length);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('describes itself, and publishes no replication latency', async () => {
    const { call } = createWorld();

    const { output } = await call(EAST, 'DescribeTable', {});

    expect(output!.Table).toMatchObject({
      MultiRegionConsistency: 'STRONG',
      GlobalTableWitnesses: [{ RegionName: WITNESS, WitnessStatus: 'ACTIVE' }],
    });
  });

  test('refuses transactions', async () => {
    const { service } = createWorld();
    const input = { TransactItems: [{ Put: { TableName: TABLE, ...put('x') } }] };

    expect(() => service.execute({ region: EAST, operation: 'TransactWriteItems', input })).toThrow(
      'Transactions are not supported on table orders with multi-Region strong consistency',
    );
  });

  // Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-CoreConcepts.html and
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
  test.each<[string, Partial<TableDefinition>, RegExp]>([
    ['two regions and no witness', without('witnessRegion'), /needs three replicas, or two and a witness/],
    ['a witness beside a replica', { witnessRegion: EAST }, /needs three replicas, or two and a witness/],
    ['regions of two sets', { witnessRegion: 'eu-west-1' }, /not of one Region set/],
    ['a region of no set', { witnessRegion: 'us-west-1' }, /not of one Region set/],
    ['a time to live', { timeToLiveAttribute: 'expiry' }, /Time to Live is not supported/],
    ['a witness without it', { multiRegionConsistency: 'EVENTUAL' }, /has a witness/],
  ])('is refused with %s', (_what, changes, message) => {
    const service = new DynamoDb(new Kernel({ seed: 1 }), { accountId: '123456789012' });

    expect(() => service.createTable({ ...DEFINITION, ...changes })).toThrow(message);
  });
});

function without(name: keyof TableDefinition): Partial<TableDefinition> {
  return { [name]: undefined };
}

function query(more: JsonObject): JsonObject {
  return { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'a' } }, ...more };
}
