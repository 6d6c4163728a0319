import { NOW, measured, order, signedBy } from './surroundings';
import { BatchGetItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { ORDER_LIST_SCHEMA, type OrderList } from '../../blueprint/order-api';
import type { OrderItem } from '../../blueprint/orders';
import { handler } from '../../lambdas/query/handler';
import { toDynamoItem, type DynamoItem } from '../../lambdas/shared/order-record';

const dynamoDb = mockClient(DynamoDBClient);

const EAST = 'us-east-1';
const WEST = 'us-west-2';
const id = (digit: string): string => digit.repeat(32);
const part = (digit: string, region: string, seconds: number, changes: Partial<OrderItem> = {}): OrderItem =>
  order({ orderId: id(digit), region, acceptedAt: NOW + seconds * 1_000, ...changes });

const keyOf = ({ orderId, region, customerId, acceptedAt }: OrderItem): DynamoItem => ({
  orderId: { S: orderId },
  region: { S: region },
  customerId: { S: customerId },
  acceptedAt: { N: String(acceptedAt) },
});

/** A table of those items, its index by customer and time, and what is cut at `Limit`. */
function stored(...items: OrderItem[]): void {
  const newestFirst = items.toSorted((left, right) => right.acceptedAt - left.acceptedAt);
  dynamoDb.on(QueryCommand).callsFake(({ Limit, ExclusiveStartKey, ExpressionAttributeValues }) => {
    const ofCustomer = newestFirst.filter(({ customerId }) => customerId === ExpressionAttributeValues[':customer'].S);
    const isStart = (item: OrderItem) => JSON.stringify(keyOf(item)) === JSON.stringify(sortedKey(ExclusiveStartKey));
    const from = ExclusiveStartKey === undefined ? 0 : 1 + ofCustomer.findIndex(isStart);
    const page = ofCustomer.slice(from, from + Limit);
    const isCut = page.length === Limit;
    return { Items: page.map(keyOf), ...(isCut ? { LastEvaluatedKey: keyOf(page.at(-1)!) } : {}) };
  });
  dynamoDb.on(BatchGetItemCommand).callsFake(({ RequestItems }) => {
    const keys = RequestItems.orders.Keys as { orderId: { S: string }; region: { S: string } }[];
    const isAsked = (item: OrderItem) =>
      keys.some(({ orderId, region }) => orderId.S === item.orderId && region.S === item.region);
    return { Responses: { orders: items.filter(isAsked).map(toDynamoItem) } };
  });
}

const sortedKey = ({ orderId, region, customerId, acceptedAt }: DynamoItem): DynamoItem =>
  ({ orderId, region, customerId, acceptedAt }) as DynamoItem;

const ask = (queryStringParameters: Record<string, string> = { customerId: 'customer-1' }) =>
  handler({ routeKey: 'GET /orders', queryStringParameters, requestContext: signedBy() } as never);

const pageOf = async (parameters: Record<string, string> = {}): Promise<OrderList> => {
  const { statusCode, body } = await ask({ customerId: 'customer-1', ...parameters });
  expect(statusCode).toBe(200);
  return ORDER_LIST_SCHEMA.parse(JSON.parse(body!));
};

/** The first digits of the listed ids, page by page. */
async function pagesOf(limit: number): Promise<string[]> {
  const pages: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOf({ limit: String(limit), ...(cursor === undefined ? {} : { cursor }) });
    pages.push(page.orders.map(({ orderId }) => orderId[0]).join(''));
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}

const detailOf = async (parameters: Record<string, string>): Promise<string> => {
  const { statusCode, body } = await ask(parameters);
  const { status, detail } = JSON.parse(body!) as { status: number; detail: string };
  expect(status).toBe(statusCode);
  return `${statusCode} ${detail}`;
};

beforeEach(() => dynamoDb.reset());

describe('The list of a customer', () => {
  test('holds their orders, the last accepted first, each as a single read shows it', async () => {
    stored(
      part('a', EAST, 1),
      part('a', WEST, 2, { status: 'CONFIRMED', decidedAt: NOW + 5_000 }),
      part('b', WEST, 3, { status: 'REJECTED', decidedAt: NOW + 6_000 }),
      part('c', EAST, 4, { customerId: 'customer-2' }),
    );

    const response = await ask();

    expect(response.headers).toMatchObject({ 'tandem-region': EAST, 'tandem-consistency': 'eventual' });
    const { orders, next } = JSON.parse(response.body!) as OrderList;
    expect(orders.map(({ orderId, status }) => [orderId[0], status])).toEqual([
      ['b', 'REJECTED'],
      ['a', 'CONFIRMED'],
    ]);
    expect(next).toBeUndefined();
  });

  test('shows an order once, where it was accepted first, however its items are cut by pages', async () => {
    stored(part('a', EAST, 1), part('b', EAST, 2), part('b', WEST, 3), part('c', WEST, 4), part('a', WEST, 5));

    expect((await pagesOf(5)).join('')).toBe('cba');
    expect((await pagesOf(3)).join('|')).toBe('c|ba');
    expect((await pagesOf(1)).join('')).toBe('cba');
  });

  test('says nothing of an order whose items are deleted and still in the index', async () => {
    stored(part('a', EAST, 1));
    dynamoDb.on(BatchGetItemCommand).resolves({ Responses: { orders: [] } });

    expect(await pageOf()).toEqual({ orders: [] });
  });

  test('of nobody is empty, and nothing is read for it', async () => {
    stored();

    expect(await pageOf()).toEqual({ orders: [] });
    expect(dynamoDb.commandCalls(BatchGetItemCommand)).toHaveLength(0);
  });

  test('reads no more than is asked for, in two calls, and the orders consistently', async () => {
    stored(part('a', EAST, 1), part('b', EAST, 2));

    await pageOf();
    await pageOf({ limit: '50' });

    const limits = dynamoDb.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input.Limit);
    expect(limits).toEqual([20, 50]);
    const { Keys, ConsistentRead } =
      dynamoDb.commandCalls(BatchGetItemCommand)[0]!.args[0].input.RequestItems!['orders']!;
    expect([Keys!.length, ConsistentRead]).toEqual([4, true]);
    expect(dynamoDb.calls()).toHaveLength(4);
  });

  test('reports regions that disagree, as a single read does', async () => {
    stored(part('a', EAST, 1, { status: 'EXPIRED' }), part('a', WEST, 2, { status: 'CONFIRMED' }));

    expect((await pageOf()).orders[0]).toMatchObject({ status: 'CONFIRMED' });
    expect(measured()).toEqual({ OutcomeDisagreements: 1 });
    expect(dynamoDb.commandCalls(PutItemCommand)).toHaveLength(1);
  });

  test('is to be asked for again when not all of it could be read', async () => {
    stored(part('a', EAST, 1));
    dynamoDb.on(BatchGetItemCommand).resolves({ Responses: {}, UnprocessedKeys: { orders: { Keys: [] } } });

    const { statusCode, headers } = await ask();

    expect([statusCode, headers!['retry-after']]).toEqual([503, '1']);
  });
});

describe('A list is refused', () => {
  const customerId = 'customer-1';

  test.each<[string, Record<string, string>, string]>([
    ['without a customer', {}, '400 The parameter "customerId" is missing.'],
    ['for what is no customer', { customerId: 'a,b' }, '400 The parameter "customerId" is not valid.'],
    [
      'with a limit of none',
      { customerId, limit: '0' },
      '400 The parameter "limit" must be a whole number from 1 to 50.',
    ],
    ['with too high a limit', { customerId, limit: '51' }, '400 The parameter "limit" must be a whole number'],
    [
      'with a limit that is no number',
      { customerId, limit: '1e1' },
      '400 The parameter "limit" must be a whole number',
    ],
    ['with a cursor that is none', { customerId, cursor: 'e30' }, '400 The parameter "cursor" must be the "next"'],
    ['with a cursor of nowhere', { customerId, cursor: '%' }, '400 The parameter "cursor" is not valid.'],
    ['with a parameter nobody knows', { customerId, order: 'asc' }, '400 The parameters are "customerId", "limit"'],
  ])('%s, before anything is read', async (_, parameters, message) => {
    stored(part('a', EAST, 1));

    expect(await detailOf(parameters)).toContain(message);
    expect(dynamoDb.calls()).toHaveLength(0);
  });

  test('to a back end that may not act for the customer, whether there are orders or not', async () => {
    stored(part('a', EAST, 1));
    process.env['TRUSTED_CALLERS'] = 'role/shop:acme-*';
    const answers = [await detailOf({ customerId }), await detailOf({ customerId: 'nobody' })];
    process.env['TRUSTED_CALLERS'] = '*:*';

    expect(answers).toEqual(Array.from({ length: 2 }, () => '403 The orders are those of another customer.'));
    expect(dynamoDb.calls()).toHaveLength(0);
  });
});

describe('With a token', () => {
  const requestContext = { authorizer: { jwt: { claims: { sub: 'customer-1' } } } };
  const askWith = (queryStringParameters?: Record<string, string>) =>
    handler({ routeKey: 'GET /orders', queryStringParameters, requestContext } as never);
  beforeEach(() => (process.env['IDENTITY'] = 'jwt'));
  afterEach(() => (process.env['IDENTITY'] = 'iam'));

  test('the list is that of its subject, who need not be named, and of nobody else', async () => {
    stored(part('a', EAST, 1), part('b', EAST, 1, { customerId: 'globex' }));

    const { body } = await askWith();

    expect((JSON.parse(body!) as OrderList).orders.map(({ orderId }) => orderId[0])).toEqual(['a']);
    expect((await askWith({ customerId: 'globex' })).statusCode).toBe(403);
  });
});
