import { NOW } from './surroundings';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { bestPlanShare, knownPlan, likelyPlan, planOf } from '../../lambdas/shared/customer-plans';

const dynamoDb = mockClient(DynamoDBClient);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A customer of whom this environment has not heard yet. */
let customer: string;
let count = 0;
const found = (plan?: string) =>
  plan === undefined ? {} : { Item: { customerId: { S: customer }, plan: { S: plan } } };
const reads = (): number => dynamoDb.commandCalls(GetItemCommand).length;

beforeEach(() => {
  dynamoDb.reset();
  customer = `customer-${++count}`;
});

describe("A customer's plan", () => {
  test('is what this region has of it', async () => {
    dynamoDb.on(GetItemCommand).resolves(found('priority'));

    await expect(planOf(customer, NOW)).resolves.toBe('priority');
    expect(dynamoDb.commandCalls(GetItemCommand)[0]!.args[0].input).toEqual({
      TableName: 'customer-plans',
      Key: { customerId: { S: customer } },
    });
  });

  test.each([
    ['nobody has given one', undefined],
    ['it is one that this code does not know', 'platinum'],
  ])('is the default when %s', async (_, plan) => {
    dynamoDb.on(GetItemCommand).resolves(found(plan));
    await expect(planOf(customer, NOW)).resolves.toBe('standard');
  });

  test('is remembered for a minute, and read again then', async () => {
    dynamoDb.on(GetItemCommand).resolvesOnce(found('priority')).resolves(found('standard'));

    await planOf(customer, NOW);
    await expect(planOf(customer, NOW + MINUTE - 1)).resolves.toBe('priority');
    expect(reads()).toBe(1);
    await expect(planOf(customer, NOW + MINUTE)).resolves.toBe('standard');
    expect(reads()).toBe(2);
  });

  test('stands however old while it cannot be read, and is asked for again after five seconds', async () => {
    dynamoDb.on(GetItemCommand).resolvesOnce(found('priority')).rejects(new Error('down'));

    await planOf(customer, NOW);
    await expect(planOf(customer, NOW + MINUTE)).resolves.toBe('priority');
    await planOf(customer, NOW + MINUTE + 4 * SECOND);
    expect(reads()).toBe(2);
    await planOf(customer, NOW + MINUTE + 5 * SECOND);
    expect(reads()).toBe(3);
  });

  test('is not waited for longer than 200 ms, and is there for the next order', async () => {
    let answer: (output: ReturnType<typeof found>) => void = () => undefined;
    dynamoDb.on(GetItemCommand).callsFake(() => new Promise((resolve) => (answer = resolve)));

    const first = planOf(customer, NOW);
    await jest.advanceTimersByTimeAsync(200);
    await expect(first).resolves.toBe('standard');
    answer(found('priority'));
    await jest.advanceTimersByTimeAsync(0);

    expect(knownPlan(customer)).toBe('priority');
    await expect(planOf(customer, NOW + SECOND)).resolves.toBe('priority');
    expect(reads()).toBe(1);
  });

  test('is known without asking once it was read, and is the default before', async () => {
    dynamoDb.on(GetItemCommand).resolves(found('priority'));

    expect(knownPlan(customer)).toBe('standard');
    await planOf(customer, NOW);
    expect(knownPlan(customer)).toBe('priority');
    expect(reads()).toBe(1);
  });

  test('may be the best one until it was read, and again ten minutes after it was to be read again', async () => {
    dynamoDb.on(GetItemCommand).resolves(found('standard'));

    expect(likelyPlan(customer, NOW)).toBe('priority');
    await planOf(customer, NOW);
    expect(likelyPlan(customer, NOW + 11 * MINUTE - 1)).toBe('standard');
    expect(likelyPlan(customer, NOW + 11 * MINUTE)).toBe('priority');
    expect(reads()).toBe(1);
  });

  test('of the one who was read the longest time ago is forgotten when there are too many', async () => {
    dynamoDb.on(GetItemCommand).resolves(found('priority'));

    for (let other = 0; other <= 10_000; other++) await planOf(`other-${other}`, NOW);

    expect(knownPlan('other-0')).toBe('standard');
    expect(knownPlan('other-1')).toBe('priority');
  });
});

test('The share of the best plan among the customers who are remembered follows who is, whatever became of their plans', async () => {
  // As many as are remembered, so that nobody of the other tests is.
  dynamoDb.on(GetItemCommand).callsFake(({ Key }: { Key: { customerId: { S: string } } }) => ({
    Item: { plan: { S: Number(Key.customerId.S.split('/')[1]) % 4 === 0 ? 'priority' : 'standard' } },
  }));
  for (let each = 0; each < 10_000; each++) await planOf(`share/${each}`, NOW);
  expect(bestPlanShare()).toBe(0.25);

  dynamoDb.on(GetItemCommand).callsFake(() => ({}));
  for (let each = 0; each < 5_000; each++) await planOf(`share/${each}`, NOW + MINUTE);
  expect(bestPlanShare()).toBe(0.125);
  for (let each = 5_000; each < 10_000; each++) await planOf(`newer/${each}`, NOW + MINUTE);
  expect(bestPlanShare()).toBe(0);
});
