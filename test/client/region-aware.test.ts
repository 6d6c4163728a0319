import {
  ClientConnectionError,
  ClientTimeout,
  OrderClient,
  RequestSigner,
  RetryBudget,
  type Attempt,
  type ClientPlatform,
  type ClientRequest,
  type OrderClientOptions,
} from '../../client';

const EAST = 'a.execute-api.us-east-1.amazonaws.com';
const WEST = 'b.execute-api.us-west-2.amazonaws.com';
const HOSTS = { 'us-east-1': EAST, 'us-west-2': WEST };
const ORDER = { customerId: 'c', amount: 100, currency: 'USD' };

type Behaviour = number | 'silent' | 'unreachable' | { status: number; retryAfter: string };

/** A world in virtual time: the test says what each host does and what DNS answers; an answer takes 50 ms. */
class World {
  nowMs = 1_000_000;
  dns: string | Error = EAST;
  text: string | undefined;
  readonly hosts: Record<string, Behaviour> = { [EAST]: 202, [WEST]: 202 };
  readonly sent: ClientRequest[] = [];
  readonly sleeps: number[] = [];
  readonly attempts: Attempt[] = [];
  readonly platform: ClientPlatform = {
    now: () => this.nowMs,
    random: () => 0.5,
    sleep: async (durationMs) => {
      this.sleeps.push(durationMs);
      this.nowMs += durationMs;
    },
    resolve: async () => {
      if (this.dns instanceof Error) throw this.dns;
      return this.dns;
    },
    resolveText: async () => this.text ?? 'nobody asked for this',
    send: async (request, timeoutMs) => {
      this.sent.push(request);
      const behaviour = this.hosts[request.host]!;
      if (behaviour === 'silent') {
        this.nowMs += timeoutMs;
        throw new ClientTimeout('silent');
      }
      this.nowMs += 50;
      if (behaviour === 'unreachable') throw new ClientConnectionError('unreachable');
      if (typeof behaviour === 'number') return { status: behaviour, headers: {}, body: '' };
      return { status: behaviour.status, headers: { 'retry-after': behaviour.retryAfter }, body: '' };
    },
  };

  client(options: Partial<OrderClientOptions> = {}): OrderClient {
    return new OrderClient({
      platform: this.platform,
      signer: new RequestSigner({ accessKeyId: 'AKID', secretAccessKey: 'secret' }),
      serviceName: 'orders.example.com',
      regionHosts: HOSTS,
      onAttempt: (attempt) => this.attempts.push(attempt),
      ...options,
    });
  }

  /** Places an order and says how long it took and which regions were asked for it. */
  async place(client: OrderClient): Promise<{ tookMs: number; regions: string[]; status: number | undefined }> {
    const startMs = this.nowMs;
    const before = this.attempts.length;
    const answer = await client.placeOrder(`key-${startMs}`, ORDER);
    const regions = this.attempts.slice(before).map(({ region }) => region);
    return { tookMs: this.nowMs - startMs, regions, status: answer?.status };
  }
}

describe('The region-aware client', () => {
  it.each<[Behaviour, number]>([
    ['silent', 3050],
    ['unreachable', 100],
  ])('leaves a region that is %s at once, with the same key and a signature for the other', async (what, tookMs) => {
    const world = new World();
    world.hosts[EAST] = what;

    const order = await world.place(world.client());

    expect(order).toEqual({ tookMs, regions: ['us-east-1', 'us-west-2'], status: 202 });
    expect(world.sent[1]!.host).toBe(WEST);
    expect(world.sent[1]!.headers.authorization).toContain('/us-west-2/');
    expect(new Set(world.sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('repeats a server error in the same region once, and leaves when it lasts', async () => {
    const world = new World();
    world.hosts[EAST] = 500;

    const order = await world.place(world.client());

    expect(order.regions).toEqual(['us-east-1', 'us-east-1', 'us-west-2']);
    expect(world.sleeps).toHaveLength(1);
  });

  it('carries no refused load into the other region', async () => {
    const world = new World();
    world.hosts[EAST] = 429;

    const order = await world.place(world.client({ patienceMs: 10_000 }));

    expect(new Set(order.regions)).toEqual(new Set(['us-east-1']));
    expect(order.status).toBe(429);
  });

  it('goes nowhere else for one timeout of a region, and avoids it after two in a row', async () => {
    const world = new World();
    const client = world.client();

    world.hosts[EAST] = 'silent';
    await world.place(client);
    world.hosts[EAST] = 202;
    expect((await world.place(client)).regions).toEqual(['us-east-1']);

    world.hosts[EAST] = 'silent';
    await world.place(client);
    await world.place(client);
    expect(await world.place(client)).toEqual({ tookMs: 50, regions: ['us-west-2'], status: 202 });
  });

  it('probes an avoided region with one short request, waits longer each time, and comes back by itself', async () => {
    const world = new World();
    const client = world.client();
    world.hosts[EAST] = 'silent';
    await world.place(client);
    await world.place(client);

    world.nowMs += 10_000;
    expect(await world.place(client)).toEqual({ tookMs: 1050, regions: ['us-east-1', 'us-west-2'], status: 202 });
    world.nowMs += 10_000;
    expect((await world.place(client)).regions).toEqual(['us-west-2']);
    world.hosts[EAST] = 202;
    world.nowMs += 10_000;
    expect((await world.place(client)).regions).toEqual(['us-east-1']);
    expect((await world.place(client)).regions).toEqual(['us-east-1']);
  });

  it('lets one request probe while the others go where it is safe', async () => {
    const world = new World();
    const client = world.client();
    world.hosts[EAST] = 'silent';
    await world.place(client);
    await world.place(client);
    world.nowMs += 10_000;
    world.attempts.length = 0;

    await Promise.all(Array.from({ length: 10 }, (_, index) => client.placeOrder(`key-${index}`, ORDER)));

    expect(world.attempts.filter(({ region }) => region === 'us-east-1')).toHaveLength(1);
  });

  it('costs a client less than 5 s for every order of a region loss, before DNS has moved and after', async () => {
    const world = new World();
    const client = world.client();
    const lossMs = world.nowMs;
    world.hosts[EAST] = 'silent';
    const took: number[] = [];

    while (world.nowMs < lossMs + 300_000) {
      if (world.nowMs > lossMs + 45_000) world.dns = WEST;
      took.push((await world.place(client)).tookMs);
      world.nowMs += 200;
    }

    expect(took.length).toBeGreaterThan(500);
    expect(Math.max(...took)).toBeLessThan(5000);
    expect(took.filter((tookMs) => tookMs > 2000).length).toBe(2);
  });

  it('asks the region that DNS names when every region has failed', async () => {
    const world = new World();
    world.hosts[EAST] = 'unreachable';
    world.hosts[WEST] = 'unreachable';
    const client = world.client({ patienceMs: 5000 });
    await world.place(client);

    world.hosts[EAST] = 202;
    const order = await world.place(client);

    expect(order).toMatchObject({ regions: ['us-east-1'], status: 202 });
  });

  it('goes by what DNS said last while it does not answer, and by its own list before it ever has', async () => {
    const world = new World();
    world.dns = new ClientConnectionError('no answer');
    const client = world.client();
    expect((await world.place(client)).regions).toEqual(['us-east-1']);
    world.dns = WEST;
    expect((await world.place(client)).regions).toEqual(['us-west-2']);
    world.dns = new ClientConnectionError('no answer');
    expect((await world.place(client)).regions).toEqual(['us-west-2']);
  });

  it('over plain DNS goes on asking until DNS answers', async () => {
    const world = new World();
    world.dns = new ClientConnectionError('no answer');
    const client = new OrderClient({ platform: world.platform, signer: signer(), serviceName: 'orders.example.com' });
    const placing = client.placeOrder('key-1', ORDER);
    await Promise.resolve();
    world.dns = WEST;

    expect((await placing)!.status).toBe(202);
    expect(world.sleeps).toHaveLength(1);
  });

  it('needs no DNS at all when it is given none', async () => {
    const world = new World();
    world.dns = new Error('Nobody may ask.');
    const client = new OrderClient({ platform: world.platform, signer: signer(), regionHosts: HOSTS });

    expect((await client.getOrder('1'))!.status).toBe(202);
    expect(world.sent[0]!.host).toBe(EAST);
  });

  it('is told when it is given no place to go', () => {
    const { platform } = new World();
    expect(() => new OrderClient({ platform, signer: signer() })).toThrow('give serviceName, regionHosts or both');
  });

  it("follows DNS to the host of an API that was replaced, for the region's configured host is old", async () => {
    const world = new World();
    world.dns = 'new.execute-api.us-east-1.amazonaws.com';
    world.hosts[world.dns] = 202;

    await world.place(world.client());

    expect(world.sent[0]!.host).toBe('new.execute-api.us-east-1.amazonaws.com');
  });
});

const signer = (): RequestSigner => new RequestSigner({ accessKeyId: 'AKID', secretAccessKey: 'secret' });

describe('The client of a custom domain', () => {
  const OWN = { 'us-east-1': 'us-east-1.orders.example.com', 'us-west-2': 'us-west-2.orders.example.com' };

  function domainWorld(): World {
    const world = new World();
    world.dns = 'orders.example.com';
    world.text = 'us-west-2';
    for (const host of ['orders.example.com', ...Object.values(OWN)]) world.hosts[host] = 202;
    return world;
  }

  it("sends to the own host of the region that the record beside the address names, so that both can't disagree", async () => {
    const world = domainWorld();

    await world.place(world.client({ regionHosts: OWN }));

    expect(world.sent[0]!.host).toBe('us-west-2.orders.example.com');
    expect(world.sent[0]!.headers.authorization).toContain('/us-west-2/');
  });

  it("connects to the target that DNS names, asks for the domain's name and signs for the target's region", async () => {
    const world = domainWorld();
    world.dns = 'd-abc.execute-api.us-east-1.amazonaws.com';
    const client = new OrderClient({ platform: world.platform, signer: signer(), serviceName: 'orders.example.com' });

    await client.placeOrder('key-1', ORDER);

    expect(world.sent[0]).toMatchObject({ host: 'orders.example.com', connectTo: world.dns });
    expect(world.sent[0]!.headers.host).toBe('orders.example.com');
    expect(world.sent[0]!.headers.authorization).toContain('/us-east-1/');
  });

  it('signs for the region of that record over plain DNS', async () => {
    const world = domainWorld();
    const client = new OrderClient({ platform: world.platform, signer: signer(), serviceName: 'orders.example.com' });

    await client.placeOrder('key-1', ORDER);

    expect(world.sent[0]!.host).toBe('orders.example.com');
    expect(world.sent[0]!.headers.authorization).toContain('/us-west-2/');
  });

  it('repeats a 403 over plain DNS for as long as the two records may disagree, and no longer', async () => {
    const world = domainWorld();
    world.hosts['orders.example.com'] = 403;
    const startMs = world.nowMs;
    const client = new OrderClient({ platform: world.platform, signer: signer(), serviceName: 'orders.example.com' });

    const answer = await client.placeOrder('key-1', ORDER);

    expect(answer!.status).toBe(403);
    expect(world.nowMs - startMs).toBeGreaterThan(10_000);
    expect(world.nowMs - startMs).toBeLessThan(14_000);
  });

  it('says what is missing when nothing names the region', async () => {
    const world = domainWorld();
    const { resolveText: _, ...platform } = world.platform;
    const client = new OrderClient({ platform, signer: signer(), serviceName: 'orders.example.com' });

    await expect(client.placeOrder('key-1', ORDER)).rejects.toThrow('give regionHosts, or a platform with resolveText');
  });
});

describe('The client that is told to wait', () => {
  it.each([
    ['7', 7000 + 100],
    ['600', 20_000 + 100],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 100],
  ])('waits for Retry-After %s %i ms with jitter and a cap', async (retryAfter, waitMs) => {
    const world = new World();
    world.hosts[EAST] = { status: 429, retryAfter };

    await world.place(world.client({ patienceMs: 1 + waitMs }));

    expect(world.sleeps[0]).toBe(waitMs);
  });
});

describe('The retry budget', () => {
  it('ends a request with its last answer when nothing is left', async () => {
    const world = new World();
    world.hosts[EAST] = 429;
    const client = world.client({ retryBudget: new RetryBudget({ capacity: 10, retryCost: 5 }) });

    const order = await world.place(client);

    expect(order.regions).toHaveLength(3);
    expect(order.status).toBe(429);
    expect((await world.place(client)).regions).toHaveLength(1);
  });

  it('holds repeats to a share of the requests that succeed, however long a failure lasts', () => {
    const budget = new RetryBudget({ capacity: 10, retryCost: 5, increment: 1 });
    while (budget.take());

    let repeats = 0;
    for (let request = 0; request < 100; request++) {
      budget.succeeded(false);
      if (budget.take()) repeats++;
    }

    expect(repeats).toBe(20);
  });

  it('gives back what a repeat has cost when that repeat succeeds, up to its capacity', () => {
    const budget = new RetryBudget({ capacity: 10, retryCost: 5 });
    for (let request = 0; request < 100; request++) {
      expect(budget.take()).toBe(true);
      budget.succeeded(true);
    }
    expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false]);
  });
});
