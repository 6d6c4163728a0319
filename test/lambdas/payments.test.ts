import { conditionFailed } from './surroundings';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lambdas/payments/handler';

const dynamoDb = mockClient(DynamoDBClient);

const PAYMENT = { key: 'order-1', amount: 4_200, currency: 'EUR' };
const entry = (state: string) => ({
  key: { S: 'order-1' },
  amount: { N: '4200' },
  currency: { S: 'EUR' },
  state: { S: state },
});
const ask = async (routeKey: string, body: unknown = PAYMENT): Promise<[number, string]> => {
  const event = { routeKey, body: JSON.stringify(body), pathParameters: { key: 'order-1' } };
  const response = await handler(event as never);
  return [response.statusCode!, (JSON.parse(response.body!) as { state?: string }).state ?? ''];
};

beforeEach(() => dynamoDb.reset());

describe('The payment provider', () => {
  test('charges a key it does not know', async () => {
    dynamoDb.on(PutItemCommand).resolves({});
    expect(await ask('POST /charges')).toEqual([200, 'CHARGED']);
  });

  test('declines amounts that end in 13', async () => {
    dynamoDb.on(PutItemCommand).resolves({});
    expect(await ask('POST /charges', { ...PAYMENT, amount: 1_213 })).toEqual([200, 'DECLINED']);
  });

  test('leaves a tombstone for the void of a key it does not know', async () => {
    dynamoDb.on(PutItemCommand).resolves({});

    expect(await ask('POST /voids')).toEqual([200, 'VOIDED']);
    expect(dynamoDb.commandCalls(PutItemCommand)[0]!.args[0].input).toMatchObject({
      Item: { key: { S: 'order-1' }, state: { S: 'VOIDED' } },
      ConditionExpression: 'attribute_not_exists(#key)',
    });
  });

  test.each([
    ['POST /charges', 'CHARGED'],
    ['POST /charges', 'VOIDED'],
    ['POST /charges', 'DECLINED'],
    ['POST /voids', 'CHARGED'],
    ['POST /voids', 'VOIDED'],
    ['POST /voids', 'DECLINED'],
  ])('answers %s of a key that is %s with what it is', async (routeKey, state) => {
    dynamoDb.on(PutItemCommand).rejects(conditionFailed(entry(state)));
    expect(await ask(routeKey)).toEqual([200, state]);
  });

  test.each(['POST /charges', 'POST /voids'])('refuses %s of a known key with another amount', async (routeKey) => {
    dynamoDb.on(PutItemCommand).rejects(conditionFailed(entry('CHARGED')));
    expect((await ask(routeKey, { ...PAYMENT, amount: 1 }))[0]).toBe(422);
  });

  test('refuses what is no payment', async () => {
    expect((await ask('POST /charges', { ...PAYMENT, amount: -1 }))[0]).toBe(400);
  });

  test('tells what has happened to a key, and 404 when nothing has', async () => {
    dynamoDb
      .on(GetItemCommand)
      .resolvesOnce({ Item: entry('CHARGED') })
      .resolves({});

    expect(await ask('GET /payments/{key}')).toEqual([200, 'CHARGED']);
    expect((await ask('GET /payments/{key}'))[0]).toBe(404);
  });
});
