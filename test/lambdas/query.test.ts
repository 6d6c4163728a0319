import { NOW, conditionFailed, measured, order, signedBy } from './surroundings';
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { ORDER_VIEW_SCHEMA } from '../../blueprint/order-api';
import type { OrderItem } from '../../blueprint/orders';
import { handler } from '../../lambdas/query/handler';
import { toDynamoItem } from '../../lambdas/shared/order-record';

const dynamoDb = mockClient(DynamoDBClient);

const ask = (orderId = order().orderId) =>
  handler({ pathParameters: { orderId }, requestContext: signedBy() } as never);
const stored = (...items: OrderItem[]) => dynamoDb.on(QueryCommand).resolves({ Items: items.map(toDynamoItem) });

beforeEach(() => dynamoDb.reset());

describe('Query', () => {
  test('merges what the regions know, and says which region answered and how far to trust it', async () => {
    stored(
      order({ reference: 'basket-7' }),
      order({ region: 'us-west-2', status: 'CONFIRMED', decidedAt: NOW + 900, reference: 'basket-7' }),
    );

    const response = await ask();

    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({ 'tandem-region': 'us-east-1', 'tandem-consistency': 'eventual' });
    expect(JSON.parse(response.body!)).toEqual({
      orderId: order().orderId,
      status: 'CONFIRMED',
      amount: 4_200,
      currency: 'EUR',
      reference: 'basket-7',
      acceptedAt: new Date(NOW).toISOString(),
      deadline: new Date(NOW + 15_000).toISOString(),
      decidedAt: new Date(NOW + 900).toISOString(),
    });
    expect(ORDER_VIEW_SCHEMA.safeParse(JSON.parse(response.body!)).success).toBe(true);
    expect(measured()).toEqual({});
  });

  test('reports regions that disagree, and answers that the customer was charged', async () => {
    stored(order({ status: 'EXPIRED' }), order({ region: 'us-west-2', status: 'CONFIRMED' }));

    const response = await ask();

    expect(JSON.parse(response.body!)).toMatchObject({ status: 'CONFIRMED' });
    expect(measured()).toEqual({ OutcomeDisagreements: 1 });
    const [record] = dynamoDb.commandCalls(PutItemCommand).map(({ args: [{ input }] }) => input);
    expect(record).toMatchObject({
      TableName: 'audit',
      Item: { outcomes: { L: [{ S: 'EXPIRED' }, { S: 'CONFIRMED' }] }, metBy: { S: 'tandem-test' } },
      ConditionExpression: 'attribute_not_exists(orderId)',
    });
  });

  test.each([
    ['somebody has recorded it before', conditionFailed()],
    ['the audit table does not answer', new Error('timeout')],
  ])('answers as well when %s', async (_, error) => {
    stored(order({ status: 'EXPIRED' }), order({ region: 'us-west-2', status: 'CONFIRMED' }));
    dynamoDb.on(PutItemCommand).rejects(error);

    expect((await ask()).statusCode).toBe(200);
    expect(measured()).toEqual({ OutcomeDisagreements: 1 });
  });

  test('answers 404 for an order it does not know', async () => {
    stored();
    expect((await ask()).statusCode).toBe(404);
  });

  test("answers the same 404 for another tenant's order as for none", async () => {
    stored();
    const none = await ask();
    stored(order({ customerId: 'globex' }));
    process.env['TRUSTED_CALLERS'] = 'role/shop:customer-*';
    const foreign = await ask();
    process.env['TRUSTED_CALLERS'] = '*:*';

    expect(foreign).toEqual(none);
    expect((await ask()).statusCode).toBe(200);
  });

  test('answers 404 without a look for what is no order id, such as a heartbeat', async () => {
    expect((await ask('heartbeat#us-east-1')).statusCode).toBe(404);
    expect(dynamoDb.calls()).toHaveLength(0);
  });
});
