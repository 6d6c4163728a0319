import { NOW, measured } from './surroundings';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { regulatorPolicy } from '../../blueprint/load-shedding';
import type { PerClass } from '../../blueprint/priorities';
import { acceptOrder } from '../../lambdas/intake/accept-order';
import { AdmissionDesk } from '../../lambdas/intake/admission-desk';
import type { OrderRequest } from '../../lambdas/intake/order-request';
import { bestPlanShare, planOf } from '../../lambdas/shared/customer-plans';
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
function storeOf(open: PerClass<number>): ControlInMemory {
  const store = new ControlInMemory();
  // Young enough to be no tick old a second later, when what was counted is told: a tick takes it away.
  const state = { ...initialState(POLICY, NOW + 1), isPressed: true, open };
  store.change({ tick: 1, state, pressedUntil: NOW + 10_000 });
  store.tokens = [...state.credits];
  return store;
}

const deskOf = (open: PerClass<number>): AdmissionDesk =>
  new AdmissionDesk(new RegionControl(POLICY, storeOf(open)), () => 0.5);

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

describe('An order whose plan is not read', () => {
  test('is refused as one of a standard plan', async () => {
    const desk = deskOf([0, 0, 0]);
    await place(desk);
    await desk.ask({ orderClass: 0, cohort: 0, remainingMs: 15_000 }, NOW + 1_000).catch(() => undefined);
    expect(measured()).toMatchObject({ NormalOrdersRefused: 1 });
    expect(measured()).not.toHaveProperty('PriorityOrdersRefused');
  });

  test('counts among what is offered of the best class as often as the customers who are remembered have the best plan', async () => {
    // Each draws once whether it is one of a priority plan, and once when to come back.
    const offeredWith = async (chance: number): Promise<PerClass<number>> => {
      const store = storeOf([0, 0, 0]);
      const desk = new AdmissionDesk(new RegionControl(POLICY, store), () => chance);
      await place(desk);
      await place(desk, { kind: 'import' });
      await desk.ask({ orderClass: 2, cohort: 0, remainingMs: 15_000 }, NOW + 1_000).catch(() => undefined);
      return store.item.counters.offered;
    };
    agree('priority');
    await planOf(customerId, NOW);
    customerId = 'nobody-has-heard-of';
    const share = bestPlanShare();
    expect(share).toBeGreaterThan(0);
    await expect(offeredWith(share * 0.99)).resolves.toEqual([1, 0, 1]);
    await expect(offeredWith(share)).resolves.toEqual([0, 1, 1]);
  });
});
