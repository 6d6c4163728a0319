import { conditionFailed, NOW, order, signedBy } from './surroundings';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import {
  ACKNOWLEDGEMENT_SCHEMA,
  ORDER_LIST_SCHEMA,
  ORDER_VIEW_SCHEMA,
  PROBLEM_SCHEMA,
} from '../../blueprint/order-api';
import { handler as intake } from '../../lambdas/intake/handler';
import { handler as query } from '../../lambdas/query/handler';
import { toDynamoItem, type DynamoItem } from '../../lambdas/shared/order-record';

/** `npm run verify` asks for ten thousand. */
const RUNS = Number(process.env['GENERATED_REQUESTS'] ?? 1_000);
jest.setTimeout(600_000);

const dynamoDb = mockClient(DynamoDBClient);
const sqs = mockClient(SQSClient);

/** Whether the order of a request is there already, and what a query finds. */
let held = false;
let found: DynamoItem[] = [];

beforeEach(() => {
  dynamoDb.reset();
  sqs.reset();
  dynamoDb.on(GetItemCommand).resolves({});
  dynamoDb.on(UpdateItemCommand).resolves({});
  // One answer each, made once: every call of on() lengthens the list that the next call walks through.
  dynamoDb.on(PutItemCommand).callsFake(() => {
    if (held) throw conditionFailed(order({ acceptedAt: NOW, deadlineAt: NOW + 15_000 }));
    return {};
  });
  dynamoDb.on(QueryCommand).callsFake(() => ({ Items: found }));
  dynamoDb.on(BatchGetItemCommand).callsFake(() => ({ Responses: { orders: found } }));
  sqs.on(SendMessageCommand).resolves({});
});

/** Text as nobody would write it by hand: control characters, lone surrogates, names of prototypes, kilobytes. */
const strange = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'toString',
    '\u0000',
    '\ud800',
    '../..',
    '${jndi:ldap://x}',
    'a'.repeat(5_000),
  ),
);
const anything = fc.oneof(strange, fc.anything({ maxDepth: 3, withNullPrototype: true }));
const field = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: anything });

const RIGHT = {
  customerId: fc.constantFrom('customer-1', 'acme-7', 'a|b'),
  amount: fc.integer({ min: 1, max: 100_000 }),
  currency: fc.constantFrom('EUR', 'USD'),
  reference: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }),
};
const orderLike = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record<Record<string, unknown>>(RIGHT, { requiredKeys: ['customerId', 'amount', 'currency'] }),
  },
  {
    weight: 3,
    arbitrary: fc.record<Record<string, unknown>>(
      {
        customerId: field(RIGHT.customerId),
        amount: field(fc.oneof(RIGHT.amount, fc.double(), fc.maxSafeInteger())),
        currency: field(fc.constantFrom('EUR', 'eur', 'EURO')),
        reference: field(RIGHT.reference),
        plan: anything,
      },
      { requiredKeys: [] },
    ),
  },
);

/** What JSON.stringify of something odd throws on is no body that could be sent. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return Object.prototype.toString.call(value);
  }
}

const bodies: fc.Arbitrary<string | undefined> = fc.oneof(
  { weight: 5, arbitrary: orderLike.map(asText) },
  { weight: 1, arbitrary: anything.map(asText) },
  { weight: 1, arbitrary: orderLike.map((body) => asText(body).slice(0, 17)) },
  { weight: 1, arbitrary: strange },
  { weight: 1, arbitrary: fc.constantFrom(undefined, 'null', '[]', '{}', '['.repeat(20_000), '{"a":1e999}') },
);

const headers = fc.record(
  {
    'idempotency-key': fc.oneof({ weight: 4, arbitrary: fc.uuid() }, { weight: 1, arbitrary: strange }),
    'tandem-patience-ms': fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 1_000_000 }).map(String) },
      { weight: 1, arbitrary: strange },
    ),
    'content-type': strange,
  },
  { requiredKeys: ['content-type'] },
);

/** API Gateway has let the caller in: there is an identity, of whatever form its name is. */
const callers = fc.oneof(
  fc.constantFrom('shop', 'erp', 'a/b').map((role) => signedBy(role)),
  strange.map((userArn) => ({ authorizer: { iam: { userArn } } })),
);

const events = fc.record({
  routeKey: fc.constantFrom('POST /orders', 'POST /orders/import'),
  headers,
  body: bodies,
  isBase64Encoded: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  requestContext: callers,
});

type Answer = APIGatewayProxyStructuredResultV2;

/** Below 500, with a body of the interface, whatever was asked. */
function expectAnswered({ statusCode, body, headers: sent }: Answer, isGood: (body: unknown) => boolean): void {
  const parsed: unknown = JSON.parse(body ?? '');
  expect(statusCode).toBeGreaterThanOrEqual(200);
  expect(statusCode).toBeLessThan(500);
  const isProblem = PROBLEM_SCHEMA.safeParse(parsed).success;
  expect(isProblem || isGood(parsed)).toBe(true);
  expect(sent?.['content-type']).toBe(isProblem ? 'application/problem+json' : 'application/json');
}

describe(`${RUNS} generated requests`, () => {
  test('never make intake fail, whether the order is new or was there before', async () => {
    const outcomes = new Set<number | undefined>();
    await fc.assert(
      fc.asyncProperty(events, fc.boolean(), async (event, isThere) => {
        held = isThere;
        const answer = await intake(event as never);
        outcomes.add(answer.statusCode);
        expectAnswered(answer, (body) => ACKNOWLEDGEMENT_SCHEMA.safeParse(body).success);
      }),
      { numRuns: RUNS },
    );
    // A generator that is only ever refused, or never, would prove little.
    expect([...outcomes]).toEqual(expect.arrayContaining([202, 400, 422]));
  });

  test('never make query fail, whatever is asked for and whatever is there', async () => {
    const outcomes = new Set<number | undefined>();
    const ids = fc.oneof(fc.constant(order().orderId), strange);
    const itemLists = fc.constantFrom<DynamoItem[]>(
      [],
      [toDynamoItem(order())],
      [toDynamoItem(order({ status: 'CONFIRMED' })), toDynamoItem(order())],
    );
    await fc.assert(
      fc.asyncProperty(ids, itemLists, callers, async (orderId, Items, requestContext) => {
        found = Items;
        const event = { headers: {}, pathParameters: { orderId }, requestContext };
        const answer = await query(event as never);
        outcomes.add(answer.statusCode);
        expectAnswered(answer, (body) => ORDER_VIEW_SCHEMA.safeParse(body).success);
      }),
      { numRuns: RUNS },
    );
    expect([...outcomes]).toEqual(expect.arrayContaining([200, 404]));
  });

  test('never make query fail, whatever list is asked for and whatever is there', async () => {
    const outcomes = new Set<number | undefined>();
    const cursorOf = (value: unknown): string => Buffer.from(asText(value)).toString('base64url');
    const right = [NOW, order().orderId, 'us-west-2'];
    const parameters = fc.record<Record<string, string>>(
      {
        customerId: fc.oneof({ weight: 4, arbitrary: RIGHT.customerId }, { weight: 1, arbitrary: strange }),
        limit: fc.oneof(
          { weight: 4, arbitrary: fc.integer({ min: -2, max: 60 }).map(String) },
          { weight: 1, arbitrary: strange },
        ),
        cursor: fc.oneof(fc.constant(cursorOf(right)), anything.map(cursorOf), strange),
        order: strange,
      },
      { requiredKeys: [] },
    );
    // The most are as they should be, or the rest would never be seen.
    const lists = fc.oneof(parameters, fc.record({ customerId: RIGHT.customerId }), fc.constant(undefined));
    const itemLists = fc.constantFrom<DynamoItem[]>([], [toDynamoItem(order())]);
    await fc.assert(
      fc.asyncProperty(lists, itemLists, callers, async (queryStringParameters, Items, requestContext) => {
        found = Items;
        const answer = await query({
          routeKey: 'GET /orders',
          headers: {},
          queryStringParameters,
          requestContext,
        } as never);
        outcomes.add(answer.statusCode);
        expectAnswered(answer, (body) => ORDER_LIST_SCHEMA.safeParse(body).success);
      }),
      { numRuns: RUNS },
    );
    expect([...outcomes]).toEqual(expect.arrayContaining([200, 400, 403]));
  });

  test('would be found out by an answer that is none of the interface', () => {
    expect(() => expectAnswered({ statusCode: 500, body: '{}' }, () => true)).toThrow('toBeLessThan');
    expect(() => expectAnswered({ statusCode: 200, body: '{"stack":"at handler"}' }, () => false)).toThrow('toBe(');
  });
});
