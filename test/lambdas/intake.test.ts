import { NOW, conditionFailed, measured, order, signedBy } from './surroundings';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import type { OrderItem } from '../../blueprint/orders';
import { ACKNOWLEDGEMENT_SCHEMA, PROBLEM_SCHEMA } from '../../blueprint/order-api';
import { handler } from '../../lambdas/intake/handler';
import { readOrderRequest } from '../../lambdas/intake/order-request';

const dynamoDb = mockClient(DynamoDBClient);
const sqs = mockClient(SQSClient);

const BODY = { customerId: 'customer-1', amount: 4_200, currency: 'EUR' };
const request = (body: unknown = BODY, headers: Record<string, string> = { 'idempotency-key': 'key-1' }) =>
  ({
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: signedBy(),
  }) as never as APIGatewayProxyEventV2;
/** The order this region already holds for that request. */
const held = (changes: Partial<OrderItem> = {}): OrderItem => {
  const { orderId, bodyHash } = readOrderRequest(request());
  return order({ orderId, bodyHash, ...changes });
};
const bodyOf = (response: { body?: string | undefined }): Record<string, unknown> =>
  JSON.parse(response.body!) as Record<string, unknown>;

beforeEach(() => {
  dynamoDb.reset();
  sqs.reset();
});

describe('Intake', () => {
  test('makes the order durable before it tells the workers, and only then acknowledges', async () => {
    const steps: string[] = [];
    dynamoDb.on(PutItemCommand).callsFake(() => void steps.push('put'));
    sqs.on(SendMessageCommand).callsFake(() => void steps.push('send'));

    const response = await handler(request());

    expect(steps).toEqual(['put', 'send']);
    expect(response.statusCode).toBe(202);
    expect(ACKNOWLEDGEMENT_SCHEMA.safeParse(bodyOf(response)).success).toBe(true);
    const { orderId } = readOrderRequest(request());
    expect(response.headers).toMatchObject({ location: `/orders/${orderId}` });
    expect(bodyOf(response)).toEqual({
      orderId,
      status: 'PENDING',
      region: 'us-east-1',
      deadline: new Date(NOW + 15_000).toISOString(),
    });
    expect(measured()).toEqual({ OrdersAccepted: 1, NormalOrdersAccepted: 1 });
  });

  test('writes one item of its own region, which the index of open orders shows, unless there is one', async () => {
    dynamoDb.on(PutItemCommand).resolves({});
    sqs.on(SendMessageCommand).resolves({});

    await handler(request());

    expect(dynamoDb.commandCalls(PutItemCommand)[0]!.args[0].input).toMatchObject({
      TableName: 'orders',
      ConditionExpression: 'attribute_not_exists(orderId)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      Item: {
        region: { S: 'us-east-1' },
        openRegion: { S: 'us-east-1' },
        status: { S: 'PENDING' },
        attempts: { N: '0' },
      },
    });
  });

  test('acknowledges and sends when it meets its own write, whose reply was lost', async () => {
    dynamoDb.on(PutItemCommand).rejects(conditionFailed(held()));
    sqs.on(SendMessageCommand).resolves({});

    const response = await handler(request());

    expect(response.statusCode).toBe(202);
    expect(sqs.commandCalls(SendMessageCommand)).toHaveLength(1);
  });

  test('sends a repeated order again while it can be decided, with the first deadline', async () => {
    dynamoDb.on(PutItemCommand).rejects(conditionFailed(held({ acceptedAt: NOW - 10_000, deadlineAt: NOW + 5_000 })));
    sqs.on(SendMessageCommand).resolves({});

    const response = await handler(request());

    expect(bodyOf(response)['deadline']).toBe(new Date(NOW + 5_000).toISOString());
    const message = sqs.commandCalls(SendMessageCommand)[0]!.args[0].input.MessageBody!;
    expect(JSON.parse(message)).toMatchObject({ acceptedAt: NOW - 10_000, deadlineAt: NOW + 5_000 });
    expect(message).not.toContain('isInDoubt');
    expect(measured()).toEqual({ OrdersRepeated: 1 });
  });

  test.each([
    ['is decided', held({ status: 'CONFIRMED' }), 'CONFIRMED'],
    ['is past its deadline', held({ deadlineAt: NOW - 1 }), 'PENDING'],
  ])('sends nothing for a repeated order that %s', async (_, existing, status) => {
    dynamoDb.on(PutItemCommand).rejects(conditionFailed(existing));

    const response = await handler(request());

    expect(response.statusCode).toBe(202);
    expect(bodyOf(response)['status']).toBe(status);
    expect(sqs.calls()).toHaveLength(0);
  });

  test('refuses the same key with another body', async () => {
    dynamoDb.on(PutItemCommand).rejects(conditionFailed(held({ bodyHash: 'another' })));

    const response = await handler(request());

    expect(response.statusCode).toBe(422);
    expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(bodyOf(response)).toMatchObject({ type: 'urn:tandem:problem:idempotency-key-reused', status: 422 });
    expect(PROBLEM_SCHEMA.safeParse(bodyOf(response)).success).toBe(true);
    expect(sqs.calls()).toHaveLength(0);
  });

  test.each([
    [
      'the order cannot be written',
      () => dynamoDb.on(PutItemCommand).rejects(Object.assign(new Error(), { name: 'TimeoutError' })),
    ],
    ['the workers cannot be told', () => sqs.on(SendMessageCommand).rejects(new Error('unreachable'))],
  ])('does not acknowledge, and asks for a repeat, when %s', async (_, fail) => {
    dynamoDb.on(PutItemCommand).resolves({});
    sqs.on(SendMessageCommand).resolves({});
    fail();

    const response = await handler(request());

    expect(response.statusCode).toBe(503);
    expect(response.headers).toMatchObject({ 'retry-after': '1' });
    expect(bodyOf(response)).toMatchObject({ type: 'urn:tandem:problem:try-again' });
    expect(measured()).toEqual({});
  });

  test.each([
    ['nobody has answered', Object.assign(new Error(), { name: 'TimeoutError' })],
    ['the table has failed', Object.assign(new Error(), { $metadata: { httpStatusCode: 500 } })],
    ['what it has answered cannot be read', Object.assign(new Error(), { $metadata: { httpStatusCode: 200 } })],
  ])('tells the workers, without acknowledging, of an order that may be durable: %s', async (_, error) => {
    dynamoDb.on(PutItemCommand).rejects(error);
    sqs.on(SendMessageCommand).resolves({});

    const response = await handler(request());

    expect(response.statusCode).toBe(503);
    const message = sqs.commandCalls(SendMessageCommand)[0]!.args[0].input.MessageBody!;
    const { orderId } = dynamoDb.commandCalls(PutItemCommand)[0]!.args[0].input.Item!;
    expect(JSON.parse(message)).toMatchObject({ orderId: orderId!.S, deadlineAt: NOW + 15_000, isInDoubt: true });
    expect(measured()).toEqual({});
  });

  test('asks for a repeat when the workers cannot be told of it either', async () => {
    dynamoDb.on(PutItemCommand).rejects(Object.assign(new Error(), { name: 'TimeoutError' }));
    sqs.on(SendMessageCommand).rejects(new TypeError('unreachable'));

    expect((await handler(request())).statusCode).toBe(503);
  });

  test('tells nobody of an order that was not written', async () => {
    dynamoDb.on(PutItemCommand).rejects(Object.assign(new Error(), { $metadata: { httpStatusCode: 400 } }));

    expect((await handler(request())).statusCode).toBe(503);
    expect(sqs.calls()).toHaveLength(0);
  });

  test('answers 500, and no more than that, when it is our own defect', async () => {
    dynamoDb.on(PutItemCommand).rejects(new TypeError('secret detail'));

    const response = await handler(request());

    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('secret detail');
  });

  test.each([
    ['without a key', request(BODY, {}), 'Idempotency-Key'],
    ['with a key of spaces', request(BODY, { 'idempotency-key': 'a b' }), 'Idempotency-Key'],
    ['that is no JSON', request('{'), 'not JSON'],
    ['of a fraction of a cent', request({ ...BODY, amount: 1.5 }), '"amount"'],
    ['of nothing', request({ ...BODY, amount: 0 }), '"amount"'],
    ['in no currency', request({ ...BODY, currency: 'euro' }), '"currency"'],
    ['with a field nobody knows', request({ ...BODY, colour: 'red' }), 'unrecognized_keys'],
  ])('refuses a request %s, and names what is wrong', async (_, event, part) => {
    const response = await handler(event);

    expect(response.statusCode).toBe(400);
    expect(bodyOf(response)['detail']).toContain(part);
    expect(dynamoDb.calls()).toHaveLength(0);
  });
});

describe('Whose order it is', () => {
  const token = (sub: unknown) => ({ authorizer: { jwt: { claims: { sub }, scopes: null } } });
  const asked = (body: object, requestContext: object) => handler({ ...request(body), requestContext } as never);
  const { customerId: _, ...anonymous } = BODY;

  beforeEach(() => {
    dynamoDb.on(PutItemCommand).resolves({});
    sqs.on(SendMessageCommand).resolves({});
  });
  afterEach(() => Object.assign(process.env, { IDENTITY: 'iam', TRUSTED_CALLERS: '*:*' }));

  const customersWritten = () =>
    dynamoDb.commandCalls(PutItemCommand).map((call) => call.args[0].input.Item!['customerId']!.S);

  test("under tokens it is the subject's, whether the body says so or nothing", async () => {
    process.env['IDENTITY'] = 'jwt';

    expect((await asked(BODY, token('customer-1'))).statusCode).toBe(202);
    expect((await asked(anonymous, token('auth0|42'))).statusCode).toBe(202);
    expect(customersWritten()).toEqual(['customer-1', 'auth0|42']);
  });

  test.each([
    ["another customer's, under a token", 'jwt', BODY, token('customer-2')],
    ['that of a subject that is no customer', 'jwt', anonymous, token('no customer')],
    ['of nobody: the route has lost its authorizer', 'jwt', BODY, {}],
    ['signed, where tokens are asked for', 'jwt', BODY, signedBy()],
    ['of nobody, where a signature is asked for', 'iam', BODY, {}],
    ["another tenant's, by a back end that may not act for it", 'iam', BODY, signedBy('erp')],
  ])('an order is refused, and touches nothing, when it is %s', async (_what, identity, body, context) => {
    Object.assign(process.env, { IDENTITY: identity, TRUSTED_CALLERS: 'role/shop:customer-*;role/erp:globex' });

    const response = await asked(body, context);

    expect(response.statusCode).toBe(403);
    expect(bodyOf(response)).toMatchObject({ type: 'urn:tandem:problem:forbidden' });
    expect([...dynamoDb.calls(), ...sqs.calls()]).toEqual([]);
  });

  test('a back end must say whose order it is', async () => {
    const response = await asked(anonymous, signedBy());

    expect(response.statusCode).toBe(400);
    expect(bodyOf(response)['detail']).toContain('"customerId"');
    expect(dynamoDb.calls()).toEqual([]);
  });
});

describe('The id of an order', () => {
  test('is the same in both regions, and another for another customer or key', () => {
    const here = readOrderRequest(request()).orderId;
    process.env['AWS_REGION'] = 'us-west-2';
    const there = readOrderRequest(request()).orderId;
    process.env['AWS_REGION'] = 'us-east-1';

    expect(there).toBe(here);
    expect(readOrderRequest(request({ ...BODY, customerId: 'customer-2' })).orderId).not.toBe(here);
    expect(readOrderRequest(request(BODY, { 'idempotency-key': 'key-2' })).orderId).not.toBe(here);
  });

  test('reads a body in base64 as the same order', () => {
    const plain = request();
    const encoded = { ...plain, body: Buffer.from(plain.body!).toString('base64'), isBase64Encoded: true };

    expect(readOrderRequest(encoded)).toEqual(readOrderRequest(plain));
  });
});
