import { NOW } from './surroundings';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { isPeerEvacuated } from '../../lambdas/health/evacuation-switch';
import { handler } from '../../lambdas/health/handler';
import { readiness } from '../../lambdas/health/readiness';

const dynamoDb = mockClient(DynamoDBClient);
const ofState = { TableName: 'regional-state' };
const ofOrders = { TableName: 'orders' };
const evacuated = { Item: { name: { S: 'evacuation#x' }, evacuated: { BOOL: true } } };

/** Module state lives on between tests, as in an execution environment: each test comes a minute later. */
let now = NOW;
beforeEach(() => {
  dynamoDb.reset();
  dynamoDb.on(GetItemCommand).resolves({});
  now += 60_000;
  jest.setSystemTime(now);
});

const ask = async (path: string, region?: string): Promise<number> => {
  const event = { routeKey: `GET /segment/${path}`, pathParameters: { region } };
  return (await handler(event as never)).statusCode!;
};

describe('Readiness', () => {
  test('is good when both tables of the region answer', async () => {
    expect(await ask('ready')).toBe(200);
    expect(dynamoDb.calls()).toHaveLength(2);
  });

  test.each([
    ['the orders table', ofOrders],
    ['the regional state', ofState],
  ])('is bad when %s does not answer', async (_, table) => {
    dynamoDb.on(GetItemCommand, table).rejects(Object.assign(new Error(), { name: 'TimeoutError' }));
    expect(await ask('ready')).toBe(503);
  });

  test('is good when a table refuses for load: overload must not be exported', async () => {
    dynamoDb.on(GetItemCommand, ofOrders).rejects(Object.assign(new Error(), { name: 'ThrottlingException' }));
    expect(await ask('ready')).toBe(200);
  });

  test('is bad when this region is told that it is evacuated', async () => {
    dynamoDb.on(GetItemCommand, ofState).resolves(evacuated);
    expect(await readiness(now)).toBe('evacuated');
    expect(await ask('ready')).toBe(503);
  });

  test('is examined once in five seconds, however many ask', async () => {
    for (let asked = 0; asked < 30; asked++) await readiness(now + asked * 100);
    expect(dynamoDb.calls()).toHaveLength(2);
  });

  test('never tells an old bad finding: it examines anew', async () => {
    dynamoDb.on(GetItemCommand, ofOrders).rejectsOnce(new Error('unreachable')).resolves({});

    expect(await readiness(now)).toBe('dependency-down');
    expect(await readiness(now + 5_000)).toBe('ready');
  });

  test('asks neither the payment provider nor the other region', async () => {
    await readiness(now);
    const keys = dynamoDb.commandCalls(GetItemCommand).map((call) => JSON.stringify(call.args[0].input.Key));
    expect(keys.join()).not.toContain('us-west-2');
  });
});

describe('Liveness', () => {
  test('touches nothing', async () => {
    expect(await ask('live')).toBe(200);
    expect(dynamoDb.calls()).toHaveLength(0);
  });
});

describe('The evacuation switch', () => {
  test('answers 200 only while the state says that the region is evacuated', async () => {
    expect(await ask('switch', 'us-west-2')).toBe(404);
    dynamoDb.on(GetItemCommand, ofState).resolves(evacuated);
    jest.setSystemTime(now + 1_000);
    expect(await ask('switch/{region}', 'us-west-2')).toBe(200);
    expect(dynamoDb.commandCalls(GetItemCommand)[1]!.args[0].input.Key).toEqual({
      name: { S: 'evacuation#us-west-2' },
    });
  });

  test('is read once a second at most', async () => {
    for (let asked = 0; asked < 10; asked++) await isPeerEvacuated('us-west-2', now + asked * 99);
    expect(dynamoDb.calls()).toHaveLength(1);
  });

  test('stays as it was when it cannot be read', async () => {
    dynamoDb.on(GetItemCommand, ofState).resolvesOnce(evacuated).rejects(new Error('unreachable'));

    expect(await isPeerEvacuated('us-west-2', now)).toBe(true);
    expect(await isPeerEvacuated('us-west-2', now + 60_000)).toBe(true);
  });

  test('is off when it was never read', async () => {
    dynamoDb.on(GetItemCommand, ofState).rejects(new Error('unreachable'));
    expect(await isPeerEvacuated('eu-west-1', now)).toBe(false);
  });
});
