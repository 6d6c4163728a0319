import { measured, NOW } from './surroundings';
import { Readable } from 'node:stream';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lambdas/probe/handler';

Object.assign(process.env, { PEER_HOST: 'peer.example.com' });

const dynamoDb = mockClient(DynamoDBClient);
let answers: (probe: number) => number | 'silent';
const asked: { readonly atMs: number; readonly url: string; readonly authorization: string }[] = [];

beforeEach(() => {
  asked.length = 0;
  answers = () => 404;
  dynamoDb.reset();
  dynamoDb.on(GetItemCommand).resolves({});
  jest.spyOn(NodeHttpHandler.prototype, 'handle').mockImplementation(async ({ hostname, path, headers }) => {
    asked.push({ atMs: Date.now() - NOW, url: `${hostname}${path}`, authorization: headers['authorization'] ?? '' });
    const says = answers(asked.length - 1);
    if (says === 'silent') throw Object.assign(new Error('silence'), { name: 'TimeoutError' });
    return { response: { statusCode: says, headers: {}, body: Readable.from([]) } };
  });
});

async function probe(): Promise<void> {
  const state = { isOver: false };
  const invocation = handler().finally(() => (state.isOver = true));
  while (!state.isOver) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (jest.getTimerCount() > 0) jest.advanceTimersToNextTimer();
  }
  return invocation;
}

describe('The probe', () => {
  test('asks the other region for an order every two seconds until the minute is nearly over, signed for that region', async () => {
    await probe();

    expect(asked.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 28 }, (_, index) => index * 2_000));
    expect(asked[0]!.url).toBe(`peer.example.com/orders/${'0'.repeat(32)}`);
    expect(asked[0]!.authorization).toContain('/us-west-2/execute-api/aws4_request');
    expect(measured()).toMatchObject({ PeerProbeFailures: 0, Evacuations: 0 });
  });

  test.each<[string, number | 'silent', number]>([
    ['an order that is not there as well', 404, 0],
    ['a refusal for load as well', 429, 0],
    ['a server error as a failure', 500, 1],
    ['a grant that is missing as a failure', 403, 1],
    ['a signature that is not asked for as a failure', 401, 1],
    ['silence as a failure', 'silent', 1],
  ])('counts %s', async (_, answer, failures) => {
    answers = (index) => (index === 3 ? answer : 404);

    await probe();

    expect(measured()).toMatchObject({ PeerProbeFailures: failures });
  });

  test('asks four times in a row where nobody is served, a second apart, and measures no latency', async () => {
    Object.assign(process.env, { RHYTHM: 'burst', PUBLISHES_ZEROS: 'no' });
    await probe();
    Object.assign(process.env, { RHYTHM: 'steady', PUBLISHES_ZEROS: 'yes' });

    expect(asked.map(({ atMs }) => atMs)).toEqual([0, 1_000, 2_000, 3_000]);
    expect(measured()).toEqual({ PeerProbeFailures: 0 });
  });

  test('publishes every ten seconds, since an alarm looks that often', async () => {
    const publish = jest.spyOn(Metrics.prototype, 'publishStoredMetrics');

    await probe();

    expect(publish.mock.calls.length).toBeGreaterThanOrEqual(6);
  });

  test('publishes how many regions are evacuated, and probes on when the switch cannot be read', async () => {
    dynamoDb.on(GetItemCommand).resolves({ Item: { evacuated: { BOOL: true } } });
    await probe();
    expect(measured()).toMatchObject({ Evacuations: 2 });

    dynamoDb.on(GetItemCommand).rejects(new Error('unreachable'));
    await probe();
    expect(asked).toHaveLength(56);
  });
});
