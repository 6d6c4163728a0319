import { measured, NOW } from './surroundings';
import { Readable } from 'node:stream';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lambdas/observer/handler';
import { readObservation } from '../../lambdas/observer/observation';

Object.assign(process.env, {
  HEALTH_PATH: 'segment',
  OBSERVATION_TABLE: 'observations',
  HEALTH_HOSTS: 'us-east-1=east.example.com,us-west-2=west.example.com',
  PUBLIC_HOSTS: 'us-east-1=orders.east.example.com,us-west-2=orders.west.example.com',
});

type Behaviour = { readonly live: number; readonly state: string } | 'silent';
const WELL: Behaviour = { live: 200, state: 'ready' };

const dynamoDb = mockClient(DynamoDBClient);
/** What each region's health API says, as a function of the round. */
const behaviour: Record<string, (round: number) => Behaviour> = {};
/** The status with which each region answers a customer. */
let orders: (host: string) => number;
const asked: string[] = [];
let stored: Record<string, unknown> | undefined;

beforeEach(() => {
  asked.length = 0;
  orders = () => 404;
  stored = undefined;
  behaviour['east.example.com'] = () => WELL;
  behaviour['west.example.com'] = () => WELL;
  dynamoDb.reset();
  dynamoDb.on(GetItemCommand).callsFake(() => ({ Item: stored }));
  dynamoDb.on(PutItemCommand).callsFake(({ Item }: { Item: Record<string, unknown> }) => {
    stored = Item;
    return {};
  });
  jest.spyOn(NodeHttpHandler.prototype, 'handle').mockImplementation(async ({ hostname, path }) => {
    asked.push(`${hostname}${path}`);
    if (path.startsWith('/orders/'))
      return { response: { statusCode: orders(hostname), headers: {}, body: Readable.from([]) } };
    const says = behaviour[hostname]!(Math.round((Date.now() - NOW) / 5_000));
    if (says === 'silent') throw Object.assign(new Error('silence'), { name: 'TimeoutError' });
    const status = path.endsWith('/live') ? says.live : says.state === 'ready' ? 200 : 503;
    const body = Readable.from([Buffer.from(JSON.stringify({ state: says.state }))]);
    return { response: { statusCode: status, headers: {}, body } };
  });
});

/** One invocation; timers run as soon as nothing else does. */
async function observe(): Promise<void> {
  const state = { isOver: false };
  const invocation = handler().finally(() => (state.isOver = true));
  invocation.catch(() => undefined);
  while (!state.isOver) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (jest.getTimerCount() > 0) jest.advanceTimersToNextTimer();
  }
  return invocation;
}

const written = () => dynamoDb.commandCalls(PutItemCommand).map((call) => call.args[0].input.Item!);

describe('The observer', () => {
  test('asks both regions whether they live, whether they are ready, and for an order, every five seconds until the minute is nearly over', async () => {
    await observe();

    expect(asked.slice(0, 6).sort()).toEqual([
      'east.example.com/segment/live',
      'east.example.com/segment/ready',
      `orders.east.example.com/orders/${'0'.repeat(32)}`,
      `orders.west.example.com/orders/${'0'.repeat(32)}`,
      'west.example.com/segment/live',
      'west.example.com/segment/ready',
    ]);
    expect(asked).toHaveLength(10 * 6);
    expect(written().map((item) => Number(item['observedAt']!.N) - NOW)).toEqual(
      Array.from({ length: 10 }, (_, round) => round * 5_000),
    );
    expect(Date.now() - NOW).toBeLessThanOrEqual(50_000);
  });

  test('writes both regions into one item', async () => {
    behaviour['west.example.com'] = () => ({ live: 200, state: 'evacuated' });

    await observe();

    const known = { isLive: true, liveSinceMs: NOW, failuresInARow: 0, orderLooks: '1'.repeat(10) };
    expect(await readObservation()).toEqual({
      observedAtMs: NOW + 45_000,
      regions: { 'us-east-1': { ...known, state: 'ready' }, 'us-west-2': { ...known, state: 'evacuated' } },
    });
  });

  test.each<[string, Behaviour, string]>([
    ['is silent', 'silent', 'no-answer'],
    ['answers 503', { live: 503, state: 'ready' }, 'ready'],
  ])('counts the rounds in which a region %s, and begins anew when it is back', async (_, failing, state) => {
    behaviour['east.example.com'] = (round) => (round >= 3 && round < 8 ? failing : WELL);

    await observe();

    const seen = written().map((item) => item['regions']!.M!['us-east-1']!.M!);
    expect(seen.map(({ failuresInARow }) => Number(failuresInARow!.N))).toEqual([0, 0, 0, 1, 2, 3, 4, 5, 0, 0]);
    expect(seen.map(({ liveSince }) => (Number(liveSince!.N) - NOW) / 5_000)).toEqual([0, 0, 0, 3, 3, 3, 3, 3, 8, 8]);
    expect(seen[3]!['state']!.S).toBe(state);
  });

  test('goes on from what the minute before has written', async () => {
    behaviour['east.example.com'] = () => 'silent';
    await observe();
    jest.setSystemTime(NOW + 60_000);

    await observe();

    const { regions } = (await readObservation())!;
    expect(regions['us-east-1']).toMatchObject({ isLive: false, liveSinceMs: NOW, failuresInARow: 20 });
  });

  test('publishes failures and latency of each region under a dimension of its own', async () => {
    const addMetric = jest.spyOn(Metrics.prototype, 'addMetric');
    const addDimension = jest.spyOn(Metrics.prototype, 'addDimension');
    behaviour['east.example.com'] = (round) => (round < 4 ? 'silent' : WELL);
    behaviour['west.example.com'] = () => ({ live: 200, state: 'evacuated' });

    await observe();

    const noted = (region: string, name: string) => {
      const metrics = addDimension.mock.contexts[addDimension.mock.calls.findIndex(([, value]) => value === region)];
      const calls = addMetric.mock.calls.filter((_, index) => addMetric.mock.contexts[index] === metrics);
      return calls.filter(([metric]) => metric === name).map(([, , value]) => value);
    };
    expect(noted('us-east-1', 'ProbeFailures')).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect(noted('us-east-1', 'ProbeLatency')).toHaveLength(6);
    expect(noted('us-west-2', 'ProbeFailures')).toEqual(Array.from({ length: 10 }, () => 0));
    expect(measured()).toMatchObject({ ProbeFailures: 4 });
  });

  test('remembers how looks at orders went: a region may live, be ready, and fail customers', async () => {
    let looks = 0;
    orders = (host) => (host.includes('east') && ++looks % 3 === 0 ? 500 : 404);

    await observe();

    const { regions } = (await readObservation())!;
    expect(regions['us-east-1']).toMatchObject({ isLive: true, state: 'ready', orderLooks: '1101101101' });
    expect(measured()).toMatchObject({ ProbeFailures: 3 });
  });

  test('looks on when its table is out of reach', async () => {
    dynamoDb.on(GetItemCommand).rejects(new Error('unreachable'));
    dynamoDb.on(PutItemCommand).rejects(new Error('unreachable'));

    await observe();

    expect(asked).toHaveLength(60);
  });

  test('fails at once when it is not told whom to observe', async () => {
    const hosts = process.env['HEALTH_HOSTS'];
    process.env['HEALTH_HOSTS'] = 'us-east-1=';
    await expect(observe()).rejects.toThrow('it must be region=host');
    process.env['HEALTH_HOSTS'] = hosts;
  });

  test('looks four times in a row where nobody asks it within seconds, and measures no latency', async () => {
    process.env['RHYTHM'] = 'burst';
    await observe();
    process.env['RHYTHM'] = 'steady';

    expect(asked).toHaveLength(4 * 6);
    expect(measured()).toEqual({ ProbeFailures: 0 });
  });

  test('fails at once with a rhythm that is none', async () => {
    process.env['RHYTHM'] = 'waltz';
    await expect(observe()).rejects.toThrow('RHYTHM is "waltz": it must be steady or burst');
    process.env['RHYTHM'] = 'steady';
  });

  test('has no opinion before its first look', async () => {
    expect(await readObservation()).toBeUndefined();
  });
});
