import { NotModelled } from '../../../simulator/kernel/errors';
import { Kernel } from '../../../simulator/kernel/kernel';
import type { Endpoint, HttpRequest, HttpResponse } from '../../../simulator/network/http-message';
import { internetNear, medianRoundTripMs } from '../../../simulator/network/latency';
import { Network } from '../../../simulator/network/network';

const HOST = 'service.us-east-1.example';
const REQUEST: HttpRequest = { method: 'POST', host: HOST, port: 443, path: '/', headers: {}, body: 'hello' };

function createWorld(): { kernel: Kernel; network: Network; executed: string[]; heard: HttpResponse[] } {
  const kernel = new Kernel({ seed: 1 });
  const network = new Network(kernel);
  const executed: string[] = [];
  const endpoint: Endpoint = {
    region: 'us-east-1',
    service: 'service',
    operation: () => 'Greet',
    receive: (request, _from, reply) => {
      executed.push(request.body);
      reply({ status: 200, headers: {}, body: 'done' });
    },
  };
  network.listen(HOST, endpoint);
  return { kernel, network, executed, heard: [] };
}

async function exchange(world: ReturnType<typeof createWorld>, from = 'us-west-2'): Promise<void> {
  world.network.send(from, REQUEST, { onResponse: (response) => world.heard.push(response) });
  await world.kernel.runUntil(world.kernel.nowUs + 10_000_000);
}

describe('The network', () => {
  it('carries a request there and the reply back, and takes time for it', async () => {
    const world = createWorld();
    let arrivedUs = 0;
    world.network.send('us-west-2', REQUEST, { onResponse: () => (arrivedUs = world.kernel.nowUs) });

    await world.kernel.runUntil(10_000_000);

    expect(world.executed).toEqual(['hello']);
    // Connecting, TLS and the request are three round trips of about 66 ms between these two regions.
    expect(arrivedUs).toBeGreaterThan(100_000);
    expect(arrivedUs).toBeLessThan(500_000);
  });

  it('saves two round trips on a connection that stands', async () => {
    const cold = createWorld();
    const warm = createWorld();
    let coldUs = 0;
    let warmUs = 0;
    cold.network.send('us-west-2', REQUEST, { onResponse: () => (coldUs = cold.kernel.nowUs) });
    warm.network.send('us-west-2', REQUEST, { onResponse: () => (warmUs = warm.kernel.nowUs) }, { isConnected: true });

    await cold.kernel.runUntil(10_000_000);
    await warm.kernel.runUntil(10_000_000);

    expect(coldUs / warmUs).toBeGreaterThan(2);
  });

  it('remembers each different call that a part makes without a signature, and none of a stranger', async () => {
    const { network } = createWorld();
    const send = (path: string, sender?: string, headers = {}): void => {
      network.send(
        'us-west-2',
        { ...REQUEST, path, headers },
        { onResponse: () => undefined },
        sender === undefined ? {} : { sender },
      );
    };
    send('/ready?again', 'observer');
    send('/ready', 'observer');
    send('/orders', 'probe', { authorization: 'AWS4-HMAC-SHA256 x' });
    send('/orders');

    expect(network.unsignedCalls()).toEqual([{ sender: 'observer', url: `https://${HOST}/ready` }]);
  });

  it('lets nothing cross the border of an isolated region, in either direction, until it rejoins', async () => {
    const world = createWorld();
    world.network.faults.isolate('us-east-1');
    await exchange(world);
    expect(world.executed).toEqual([]);

    world.network.faults.rejoin('us-east-1');
    await exchange(world);

    expect(world.heard).toHaveLength(1);
  });

  it('goes on inside an isolated region', async () => {
    const world = createWorld();
    world.network.faults.isolate('us-east-1');

    await exchange(world, 'us-east-1');

    expect(world.heard).toHaveLength(1);
  });

  it('swallows a reply that is on its way when the region is isolated', async () => {
    const world = createWorld();
    world.network.send(
      'us-west-2',
      REQUEST,
      { onResponse: (response) => world.heard.push(response) },
      { isConnected: true },
    );
    while (world.executed.length === 0) await world.kernel.runUntil(world.kernel.nowUs + 1000);
    world.network.faults.isolate('us-east-1');

    await world.kernel.runUntil(world.kernel.nowUs + 10_000_000);

    expect(world.executed).toEqual(['hello']);
    expect(world.heard).toEqual([]);
  });

  it('parts two places and nobody else', async () => {
    const world = createWorld();
    world.network.faults.partition('us-west-2', 'us-east-1');

    await exchange(world, 'us-west-2');
    await exchange(world, 'eu-west-1');

    expect(world.executed).toHaveLength(1);
  });

  it.each([
    ['lose-request', { kind: 'lose-request' }, 0, 0],
    ['lose-reply', { kind: 'lose-reply' }, 1, 0],
    ['answer', { kind: 'answer', status: 503, body: '' }, 0, 1],
    ['delay', { kind: 'delay', delayMs: 5000 }, 1, 1],
  ] as const)('injects %s', async (_name, effect, executedCount, heardCount) => {
    const world = createWorld();
    world.network.faults.add('fault', { select: { operation: 'Greet' }, effect });

    await exchange(world);

    expect(world.executed).toHaveLength(executedCount);
    expect(world.heard).toHaveLength(heardCount);
  });

  it('touches about the share of exchanges that a fault names', async () => {
    const world = createWorld();
    world.network.faults.add('fault', { select: {}, effect: { kind: 'lose-reply' }, probability: 0.3 });

    for (let count = 0; count < 300; count++) {
      world.network.send('us-west-2', REQUEST, { onResponse: (response) => world.heard.push(response) });
    }
    await world.kernel.runUntil(20_000_000);

    expect(world.executed).toHaveLength(300);
    expect(world.heard.length).toBeGreaterThan(180);
    expect(world.heard.length).toBeLessThan(240);
  });

  it('draws once for an exchange that a fault touches at both ends', async () => {
    const world = createWorld();
    world.network.faults.add('fault', {
      select: { touches: 'us-east-1' },
      effect: { kind: 'lose-reply' },
      probability: 0.2,
    });

    for (let count = 0; count < 300; count++) {
      world.network.send('us-east-1', REQUEST, { onResponse: (response) => world.heard.push(response) });
    }
    await world.kernel.runUntil(20_000_000);

    expect(REQUEST.host).toContain('us-east-1');
    expect(world.heard.length).toBeGreaterThan(220);
    expect(world.heard.length).toBeLessThan(260);
  });

  it('refuses a host that nobody models by name', () => {
    const { network } = createWorld();

    expect(() => network.send('us-west-2', { ...REQUEST, host: 'nowhere' }, { onResponse: () => undefined })).toThrow(
      new NotModelled('Host nowhere', 'Model the service behind it or correct the address.'),
    );
  });

  it('executes a request and replaces its reply while such a fault lasts', async () => {
    const world = createWorld();
    world.network.faults.add('nonsense', {
      select: { service: 'service' },
      effect: { kind: 'replace-reply', status: 500, body: 'what?' },
    });
    await exchange(world);
    world.network.faults.remove('nonsense');
    await exchange(world);

    expect(world.executed).toEqual(['hello', 'hello']);
    expect(world.heard.map(({ status, body }) => `${status} ${body}`)).toEqual(['500 what?', '200 done']);
  });

  it('finds an endpoint by what DNS says in the place of whoever asks, and only when nothing listens at the name', async () => {
    const world = createWorld();
    const asked: string[] = [];
    const network = new Network(world.kernel, (host, from) => {
      asked.push(`${host} in ${from}`);
      return host === 'orders.example' ? HOST : undefined;
    });
    const seen: string[] = [];
    network.listen(HOST, {
      region: 'us-east-1',
      service: 'service',
      operation: () => 'Greet',
      receive: (request) => void seen.push(request.host),
    });

    network.send('us-west-2', { ...REQUEST, host: 'orders.example' }, { onResponse: () => undefined });
    network.send('us-west-2', REQUEST, { onResponse: () => undefined });
    await world.kernel.runUntil(10_000_000);

    expect(asked).toEqual(['orders.example in us-west-2']);
    expect(seen.toSorted()).toEqual(['orders.example', HOST]);
    expect(() =>
      network.send('us-west-2', { ...REQUEST, host: 'nobody.example' }, { onResponse: () => undefined }),
    ).toThrow(NotModelled);
  });

  it.each([
    [internetNear('us-east-1'), 31],
    [internetNear('us-west-2'), 96],
    ['internet', 30],
  ])('takes a median of about %s %d ms from the internet to us-east-1', (place, roundTripMs) => {
    expect(medianRoundTripMs(place, 'us-east-1')).toBeCloseTo(roundTripMs, -0.5);
  });

  it('treats all of the internet as one side of a partition and of a fault', async () => {
    const near = internetNear('us-west-2');
    const partitioned = createWorld();
    partitioned.network.faults.partition('internet', 'us-east-1');
    const faulty = createWorld();
    faulty.network.faults.add('loss', { select: { from: 'internet' }, effect: { kind: 'lose-request' } });

    await exchange(partitioned, near);
    await exchange(faulty, near);

    expect([...partitioned.heard, ...faulty.heard]).toEqual([]);
  });
});
