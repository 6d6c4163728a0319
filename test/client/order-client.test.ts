import {
  ClientTimeout,
  OrderClient,
  RequestSigner,
  regionOf,
  type Attempt,
  type ClientPlatform,
  type ClientResponse,
} from '../../client';

const PRIMARY = 'a.execute-api.us-east-1.amazonaws.com';
const STANDBY = 'b.execute-api.us-west-2.amazonaws.com';
const ORDER = { customerId: 'c', amount: 100, currency: 'USD' };

type Answer = number | 'timeout';

/** A world of which the test decides each answer; time passes only in sleeps and timeouts. */
function createClient(answers: Answer[], hosts: string[] = [PRIMARY]) {
  const sent: Parameters<ClientPlatform['send']>[0][] = [];
  const sleeps: number[] = [];
  const attempts: Attempt[] = [];
  let nowMs = 1_000_000;
  const platform: ClientPlatform = {
    now: () => nowMs,
    random: () => 0.5,
    sleep: async (durationMs) => {
      sleeps.push(durationMs);
      nowMs += durationMs;
    },
    resolve: async () => (hosts.length > 1 ? hosts.shift()! : hosts[0]!),
    send: async (request, timeoutMs): Promise<ClientResponse> => {
      sent.push(request);
      const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
      if (answer !== 'timeout') return { status: answer, headers: {}, body: '' };
      nowMs += timeoutMs;
      throw new ClientTimeout('late');
    },
  };
  const signer = new RequestSigner({ accessKeyId: 'AKID', secretAccessKey: 'secret' });
  const client = new OrderClient({
    platform,
    signer,
    serviceName: 'api.example',
    onAttempt: (attempt) => attempts.push(attempt),
  });
  return { client, sent, sleeps, attempts };
}

describe('The client', () => {
  it('places an order with its key, signed for the region that DNS named', async () => {
    const { client, sent } = createClient([202]);

    const answer = await client.placeOrder('key-1', ORDER);

    expect(answer!.status).toBe(202);
    expect(sent[0]).toMatchObject({ method: 'POST', host: PRIMARY, path: '/orders', body: JSON.stringify(ORDER) });
    expect(sent[0]!.headers['idempotency-key']).toBe('key-1');
    expect(sent[0]!.headers.authorization).toContain('/us-east-1/execute-api/aws4_request');
  });

  it('asks DNS anew for each attempt and signs for where it leads, with the same key', async () => {
    const { client, sent, attempts } = createClient(['timeout', 202], [PRIMARY, STANDBY]);

    await client.placeOrder('key-1', ORDER);

    expect(attempts.map(({ region, outcome }) => [region, outcome])).toEqual([
      ['us-east-1', 'timeout'],
      ['us-west-2', 202],
    ]);
    expect(sent[1]!.headers.authorization).toContain('/us-west-2/');
    expect(sent.map((request) => request.headers['idempotency-key'])).toEqual(['key-1', 'key-1']);
  });

  it.each<[Answer, number]>([
    ['timeout', 2],
    [500, 2],
    [503, 2],
    [429, 2],
    [202, 1],
    [400, 1],
    [403, 1],
    [404, 1],
    [422, 1],
  ])('after %s it has sent %i times', async (answer, count) => {
    const { client, sent } = createClient([answer, 202]);

    await client.placeOrder('key-1', ORDER);

    expect(sent).toHaveLength(count);
  });

  it('waits longer after each failure, never longer than its maximum', async () => {
    const { client, sleeps } = createClient([503, 503, 503, 503, 503, 503, 202]);

    await client.placeOrder('key-1', ORDER);

    expect(sleeps).toEqual([100, 200, 400, 500, 500, 500]);
  });

  it('gives up when its patience ends', async () => {
    const { client, attempts } = createClient(['timeout']);

    expect(await client.placeOrder('key-1', ORDER)).toBeUndefined();
    expect(attempts.at(-1)!.endMs - attempts[0]!.startMs).toBeGreaterThanOrEqual(60_000);
    expect(attempts.at(-1)!.endMs - attempts[0]!.startMs).toBeLessThan(64_000);
  });

  it('reads an order by its id', async () => {
    const { client, sent } = createClient([200]);

    await client.getOrder('a/b');

    expect(sent[0]).toMatchObject({ method: 'GET', path: '/orders/a%2Fb', body: '' });
  });

  it('lists the orders of a customer, page by page', async () => {
    const { client, sent } = createClient([200, 200]);

    await client.listOrders('a|b');
    await client.listOrders('a|b', { limit: 5, cursor: 'x-_' });

    expect(sent.map(({ path }) => path)).toEqual([
      '/orders?customerId=a%7Cb',
      '/orders?customerId=a%7Cb&limit=5&cursor=x-_',
    ]);
  });

  it('says what a host name must look like to name a region', () => {
    expect(regionOf(STANDBY)).toBe('us-west-2');
    expect(() => regionOf('example.com')).toThrow('expected <api>.execute-api.<region>.amazonaws.com');
  });
});
