import { NOW, measured } from './surroundings';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { regulatorPolicy } from '../../blueprint/load-shedding';
import type { PerClass } from '../../blueprint/priorities';
import { acceptOrder } from '../../lambdas/intake/accept-order';
import { AdmissionDesk } from '../../lambdas/intake/admission-desk';
import type { OrderRequest } from '../../lambdas/intake/order-request';
import { planOf } from '../../lambdas/shared/customer-plans';
import { RegionControl } from '../../lambdas/shared/regulation/region-control';
import { initialState } from '../../lambdas/shared/regulation/regulation-state';
import { ControlInMemory } from './regulation/control-in-memory';

const dynamoDb = mockClient(DynamoDBClient);
const sqs = mockClient(SQSClient);
const POLICY = regulatorPolicy(10, 500);

let customerId: string;
let count = 0;
const planReads = (): number => dynamoDb.commandCalls(GetItemCommand).length;
const agree = (plan: string) =>
  dynamoDb.on(GetItemCommand).resolves({ Item: { customerId: { S: customerId }, plan: { S: plan } } });

/** A region under pressure that is open so far. */
function deskOf(open: PerClass<number>): AdmissionDesk {
  const store = new ControlInMemory();
  const state = { ...initialState(POLICY, NOW), isPressed: true, open };
  store.change({ tick: 1, state, pressedUntil: NOW + 10_000 });
  store.tokens = [...state.credits];
  return new AdmissionDesk(new RegionControl(POLICY, store), () => 0.5);
}

const place = (desk: AdmissionDesk, changes: Partial<OrderRequest> = {}): Promise<string> =>
  acceptOrder(
    {
      amount: 4_200,
      currency: 'EUR',
      customerId,
      kind: 'checkout',
      remainingMs: 15_000,
      orderId: 'an-order',
      bodyHash: 'hash',
      ...changes,
    },
    desk,
    NOW,
  ).then(
    () => 'accepted',
    (error: { slug: string }) => error.slug,
  );

beforeEach(() => {
  dynamoDb.reset();
  sqs.reset();
  dynamoDb.on(PutItemCommand).resolves({});
  sqs.on(SendMessageCommand).resolves({});
  customerId = `of-accept-order-${++count}`;
});

describe('The plan of a customer', () => {
  test('is not read for an order that is refused whatever the plan', async () => {
    agree('priority');
    const desk = deskOf([0, 0, 0]);
    await expect(place(desk)).resolves.toBe('overloaded');
    await expect(place(desk, { remainingMs: 200 })).resolves.toBe('too-late');
    expect(planReads()).toBe(0);
  });

  test('is not read for an import that is refused, since no plan helps it', async () => {
    agree('priority');
    await expect(place(deskOf([1, 1, 0]), { kind: 'import' })).resolves.toBe('overloaded');
    expect(planReads()).toBe(0);
  });

  test('is read while it may decide, and remembered for the next refusal', async () => {
    agree('standard');
    const desk = deskOf([1, 0, 0]);
    await expect(place(desk)).resolves.toBe('overloaded');
    await expect(place(desk)).resolves.toBe('overloaded');
    expect(planReads()).toBe(1);
  });

  test('lets an order in that a standard plan would not', async () => {
    agree('priority');
    await expect(place(deskOf([1, 0, 0]))).resolves.toBe('accepted');
    expect(dynamoDb.commandCalls(PutItemCommand)[0]!.args[0].input.Item).toMatchObject({ plan: { S: 'priority' } });
  });

  test('that was to be read again long ago is read no more before a refusal than one that is fresh', async () => {
    agree('standard');
    await planOf(customerId, NOW - 300_000);
    await expect(place(deskOf([1, 0, 0]))).resolves.toBe('overloaded');
    expect(planReads()).toBe(1);
  });
});

test('An order whose plan is not read counts as one of a standard plan', async () => {
  const desk = deskOf([0, 0, 0]);
  await place(desk);
  await desk.ask({ orderClass: 0, cohort: 0, remainingMs: 15_000 }, NOW + 1_000).catch(() => undefined);
  expect(measured()).toMatchObject({ NormalOrdersRefused: 1 });
  expect(measured()).not.toHaveProperty('PriorityOrdersRefused');
});
