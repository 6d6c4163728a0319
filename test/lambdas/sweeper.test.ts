import { NOW, conditionFailed, measured, order, paymentPaths, paymentsAnswer } from './surroundings';
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { OrderItem } from '../../blueprint/orders';
import { toDynamoItem } from '../../lambdas/shared/order-record';
import { handler } from '../../lambdas/sweeper/handler';

const dynamoDb = mockClient(DynamoDBClient);

const late = (changes: Partial<OrderItem> = {}): OrderItem =>
  order({ acceptedAt: NOW - 30_000, deadlineAt: NOW - 15_000, ...changes });
/** An order of the other region whose takeover instant has come. */
const left = (changes: Partial<OrderItem> = {}): OrderItem =>
  late({
    region: 'us-west-2',
    acceptedAt: NOW - 120_000,
    deadlineAt: NOW - 105_000,
    attempts: 1,
    attemptedAt: 1,
    ...changes,
  });

/** What the index shows as open, and what the table holds of the first order. */
function stored({
  own = [],
  peer = [],
  held = peer,
}: {
  own?: OrderItem[];
  peer?: OrderItem[];
  held?: OrderItem[];
}): void {
  dynamoDb
    .on(QueryCommand)
    .callsFake((input: { IndexName?: string; ExpressionAttributeValues: Record<string, { S: string }> }) => {
      if (input.IndexName === undefined) return { Items: held.map(toDynamoItem) };
      const isOwn = input.ExpressionAttributeValues[':region']!.S === 'us-east-1';
      return { Items: (isOwn ? own : peer).map(toDynamoItem) };
    });
}

const outcomes = () =>
  dynamoDb
    .commandCalls(UpdateItemCommand)
    .map((call) => call.args[0].input.ExpressionAttributeValues?.[':outcome']?.S)
    .filter((outcome) => outcome !== undefined);

beforeEach(() => {
  dynamoDb.reset();
  dynamoDb.on(UpdateItemCommand).resolves({ Attributes: { firstBeatAt: { N: String(NOW - 600_000) } } });
  dynamoDb.on(GetItemCommand).resolves({ Item: { beatAt: { N: String(NOW - 42_000) } } });
  dynamoDb.on(PutItemCommand).resolves({});
  stored({});
});

describe('A sweep', () => {
  test('beats, tells how old the peer is, and publishes zeros when there is nothing to do', async () => {
    await handler();

    expect(dynamoDb.commandCalls(UpdateItemCommand)[0]!.args[0].input.Key).toEqual({
      orderId: { S: 'heartbeat#us-east-1' },
      region: { S: 'us-east-1' },
    });
    expect(measured()).toEqual({
      OrdersTakenOver: 0,
      OutcomeDisagreements: 0,
      PaymentUnknown: 0,
      PeerHeartbeatAgeSeconds: 42,
      StuckOrders: 0,
    });
  });

  test('publishes nothing that did not happen where nobody pays for zeros, and what did happen all the same', async () => {
    process.env['PUBLISHES_ZEROS'] = 'no';
    try {
      await handler();
      expect(measured()).toEqual({ PeerHeartbeatAgeSeconds: 42 });
    } finally {
      process.env['PUBLISHES_ZEROS'] = 'yes';
    }
  });

  test('takes a peer it has never heard for as old as its own first beat', async () => {
    dynamoDb.on(GetItemCommand).resolves({});
    await handler();
    expect(measured()['PeerHeartbeatAgeSeconds']).toBe(600);
  });

  test.each([
    ['VOIDED', 'EXPIRED'],
    ['CHARGED', 'CONFIRMED'],
    ['DECLINED', 'REJECTED'],
  ])('settles its own order past the deadline by a void: %s is %s', async (state, outcome) => {
    stored({ own: [late()] });
    paymentsAnswer({ status: 200, body: { state } });

    await handler();

    expect(paymentPaths()).toEqual(['/voids']);
    expect(outcomes()).toEqual([outcome]);
  });

  test("asks for its own orders after the grace, and for the peer's after the takeover instant only", async () => {
    await handler();

    const asked = dynamoDb
      .commandCalls(QueryCommand)
      .map(({ args: [{ input }] }) => [
        input.ExpressionAttributeValues![':region']!.S,
        NOW - Number(input.ExpressionAttributeValues![':before']!.N),
      ]);
    expect(asked).toEqual([
      ['us-east-1', 10_000],
      ['us-west-2', 95_000],
    ]);
  });

  test("settles what the peer has left as an item of its own, and leaves the peer's item alone", async () => {
    stored({ peer: [left()] });
    paymentsAnswer({ status: 200, body: { state: 'VOIDED' } });

    await handler();

    const { Item, ConditionExpression } = dynamoDb.commandCalls(PutItemCommand)[0]!.args[0].input;
    expect(ConditionExpression).toBe('attribute_not_exists(orderId)');
    expect(Item).toMatchObject({
      orderId: { S: left().orderId },
      region: { S: 'us-east-1' },
      status: { S: 'EXPIRED' },
      decidedBy: { S: 'sweeper' },
      bodyHash: { S: 'hash' },
      deadlineAt: { N: String(left().deadlineAt) },
    });
    expect(Item).not.toHaveProperty('openRegion');
    expect(Item).not.toHaveProperty('attemptedAt');
    expect(outcomes()).toEqual([]);
    expect(measured()).toMatchObject({ OrdersTakenOver: 1, OrdersExpired: 1, StuckOrders: 0 });
  });

  test.each([
    ['is decided here', [left(), late({ status: 'EXPIRED' })]],
    ['is decided by its owner, whatever the index shows', [left({ status: 'CONFIRMED' })]],
    ['is open here too, since the client repeated its key to us', [left(), late()]],
  ])('takes nothing over that %s', async (_, held) => {
    stored({ peer: [left()], held });

    await handler();

    expect(paymentPaths()).toEqual([]);
    expect(dynamoDb.commandCalls(PutItemCommand)).toHaveLength(0);
    expect(measured()['OrdersTakenOver']).toBe(0);
  });

  test('does not count a takeover it finds already written', async () => {
    stored({ peer: [left()] });
    paymentsAnswer({ status: 200, body: { state: 'VOIDED' } });
    dynamoDb.on(PutItemCommand).rejects(conditionFailed(late({ status: 'EXPIRED' })));

    await handler();

    expect(measured()['OrdersTakenOver']).toBe(0);
  });

  test('goes on after an order the provider does not answer for, and gives up after three in a row', async () => {
    const silence = new Error('unreachable');
    stored({ own: Array.from({ length: 6 }, (_, index) => late({ orderId: String(index) })) });
    paymentsAnswer(silence, silence, { status: 200, body: { state: 'VOIDED' } }, silence, silence, silence);
    await handler();
    expect(outcomes()).toEqual(['EXPIRED']);

    paymentsAnswer(silence, silence, silence);
    await handler();
    expect(paymentPaths()).toHaveLength(3);
  });

  test('begins at the other end every other minute, so that the same orders are not always first', async () => {
    await handler();
    jest.setSystemTime(NOW + 60_000);
    await handler();

    const directions = dynamoDb.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input.ScanIndexForward);
    expect(directions[0]).not.toBe(directions[2]);
  });

  test('counts orders past their takeover instant that it could not settle', async () => {
    stored({ own: [late({ deadlineAt: NOW - 95_001 }), late()], peer: [left()] });
    paymentsAnswer(new Error('unreachable'), new Error('unreachable'), new Error('unreachable'));

    await handler();

    expect(measured()).toMatchObject({ StuckOrders: 2, PaymentUnknown: 3 });
  });

  test('begins no order after its budget, and leaves the rest to the next minute', async () => {
    stored({ own: [late({ orderId: 'a' }), late({ orderId: 'b' })] });
    paymentsAnswer({ status: 200, body: { state: 'VOIDED' } });
    dynamoDb.on(UpdateItemCommand).callsFake((input: { UpdateExpression: string }) => {
      if (input.UpdateExpression.includes(':outcome')) jest.setSystemTime(NOW + 13_000);
      return { Attributes: { firstBeatAt: { N: String(NOW) } } };
    });

    await handler();

    expect(paymentPaths()).toHaveLength(1);
  });

  test('leaves alone what it settled so long ago that the provider may have forgotten it', async () => {
    stored({ peer: [left({ deadlineAt: NOW - 91 * 86_400_000 })] });

    await handler();

    expect(paymentPaths()).toEqual([]);
  });
});

describe('Under strong consistency a sweep', () => {
  const old = (orderId: string) => ({
    orderId: { S: orderId },
    region: { S: 'us-east-1' },
    decidedShard: { S: 'us-east-1#0' },
    keptUntil: { N: '1' },
  });
  const shards = () =>
    dynamoDb
      .commandCalls(QueryCommand)
      .map(({ args: [{ input }] }) => input.ExpressionAttributeValues?.[':shard']?.S)
      .filter((shard) => shard !== undefined);
  const deleted = () =>
    dynamoDb.commandCalls(DeleteItemCommand).map(({ args: [{ input }] }) => input.Key?.['orderId']?.S);
  const foundOld = (...pages: string[][]) => {
    let page = 0;
    dynamoDb.on(QueryCommand, { IndexName: 'decidedOrders' }).callsFake(() => {
      const Items = (pages[page++] ?? []).map(old);
      return page < pages.length ? { Items, LastEvaluatedKey: Items.at(-1) } : { Items };
    });
  };

  beforeEach(() => {
    process.env['CONSISTENCY'] = 'strong';
    dynamoDb.on(DeleteItemCommand).resolves({});
  });
  afterEach(() => {
    process.env['CONSISTENCY'] = 'eventual';
  });

  test('deletes what is old in its own region, page after page, on condition that it is', async () => {
    foundOld(['a1', 'a2'], ['a3']);

    await handler();

    expect(deleted()).toEqual(['a1', 'a2', 'a3']);
    expect(dynamoDb.commandCalls(DeleteItemCommand)[0]!.args[0].input).toMatchObject({
      Key: { region: { S: 'us-east-1' } },
      ConditionExpression: 'keptUntil < :now',
      ExpressionAttributeValues: { ':now': { N: String(NOW / 1_000) } },
    });
  });

  test('comes to every shard within sixteen minutes', async () => {
    foundOld();
    for (let minute = 0; minute < 16; minute++) {
      jest.setSystemTime(NOW + minute * 60_000);
      await handler();
    }

    expect(shards().toSorted()).toEqual(Array.from('0123456789abcdef', (digit) => `us-east-1#${digit}`));
  });

  test('fails nothing when it cannot delete, and minds no other sweep that was there before', async () => {
    foundOld(['a1', 'a2']);
    dynamoDb.on(DeleteItemCommand).rejectsOnce(conditionFailed()).rejects(new Error('throttled'));

    await expect(handler()).resolves.toBeUndefined();
    expect(measured()['StuckOrders']).toBe(0);
  });

  test('writes the shard and the time with the outcome, and leaves the deleting to time to live otherwise', () => {
    const decided = order({ status: 'EXPIRED', decidedAt: NOW });

    expect(toDynamoItem(decided)).toMatchObject({
      keptUntil: { N: String(NOW / 1_000 + 7_776_000) },
      decidedShard: { S: 'us-east-1#0' },
    });
    process.env['CONSISTENCY'] = 'eventual';
    expect(toDynamoItem(decided)).not.toHaveProperty('decidedShard');
    expect(toDynamoItem(order())).not.toHaveProperty('keptUntil');
  });
});
