import { prepareFlight, SimulatedTarget } from '../../gamedays';
import { PUBLIC_ROUTES, type OrderList } from '../../blueprint/order-api';
import { RequestSigner, type ClientRequest, type RequestAuthorizer } from '../../client';
import { APP_DIRECTORY } from './flight';

jest.setTimeout(120_000);

const UNKNOWN_ORDER = '0'.repeat(32);
const MODES = {
  signatures: { 'tandem:trustedCallers': 'role/game-day-caller:acme-*' },
  tokens: { 'tandem:jwtIssuer': 'https://issuer.example', 'tandem:jwtAudience': 'orders' },
};

interface Route {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly isOpen: boolean;
}

/** The app in the embedded cloud, and whoever calls its routes. */
class CalledSystem {
  constructor(
    readonly target: SimulatedTarget,
    /** Every route of every API in the primary and the witness region. */
    readonly routes: readonly Route[],
  ) {}

  static async open(context: Readonly<Record<string, string>>): Promise<CalledSystem> {
    const plan = await prepareFlight(APP_DIRECTORY, context);
    const target = new SimulatedTarget({ ...plan, seed: 1, warmUpSeconds: 70 });
    await target.advanceTo(0);
    const routes = plan.assembly.stacks
      .filter(({ region }) => region !== target.regions.standby)
      .flatMap(({ template, region }) => Object.values(template.Resources).map((resource) => ({ ...resource, region })))
      .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
      .map(({ Properties, region }) => {
        const { RouteKey, AuthorizationType } = Properties as Record<string, unknown>;
        const [method, path] = String(RouteKey).split(' ') as [string, string];
        const hosts = target.cloud.httpApis.entries();
        const host = [...hosts]
          .map(([, each]) => each)
          .find((each) => each.region === region && each.hasRoute(String(RouteKey)))!.host;
        return {
          host,
          method,
          path: path.replace(/\{\w+\}/g, UNKNOWN_ORDER),
          isOpen: AuthorizationType === 'NONE',
        };
      });
    return new CalledSystem(target, routes);
  }

  async send(route: Pick<Route, 'host' | 'method' | 'path'>, body: object, authorizer?: RequestAuthorizer) {
    const { cloud } = this.target;
    const request = {
      ...route,
      headers: { host: route.host, 'content-type': 'application/json', 'idempotency-key': 'key-1' },
      body: route.method === 'POST' ? JSON.stringify(body) : '',
    } as ClientRequest;
    const signed = (await authorizer?.sign(request, cloud.kernel.epochMs)) ?? request;
    const answer = cloud.request({ ...signed, port: 443 }, 5_000);
    await this.target.advanceTo(this.target.nowSeconds() + 6);
    return (await answer)!;
  }

  /** What orders, messages and payments there are. */
  async effects(): Promise<number> {
    const { target } = this;
    const { primary, standby } = target.regions;
    const kept = [await target.readOrders(primary), await target.readOrders(standby), await target.readLedgers()];
    return kept.reduce((sum, items) => sum + items.length, 0) + (target.pending() === undefined ? 0 : 1);
  }
}

const order = (customerId: string) => ({ customerId, amount: 100, currency: 'EUR' });

describe.each(Object.entries(MODES))('With %s', (mode, context) => {
  let system: CalledSystem;
  let open: readonly Route[];
  let closed: readonly Route[];
  let own: RequestAuthorizer;
  beforeAll(async () => {
    system = await CalledSystem.open(context);
    open = system.routes.filter(({ isOpen }) => isOpen);
    closed = system.routes.filter(({ isOpen }) => !isOpen);
    own = system.target.authorizerOf('acme-1');
  });

  /** Callers that nobody has vouched for. */
  const strangers = (): (RequestAuthorizer | undefined)[] => {
    const { cloud, issuer } = system.target;
    cloud.iam.addPrincipal(`arn:aws:iam::${cloud.accountId}:role/stranger`);
    const stranger = cloud.iam.credentialsOf(`arn:aws:iam::${cloud.accountId}:role/stranger`);
    const bearing = (token: string): RequestAuthorizer => ({
      sign: async (request) => ({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } }),
    });
    const signed = new RequestSigner(stranger);
    const forged = new RequestSigner({ ...stranger, secretAccessKey: 'guessed' });
    const ended = issuer === undefined ? [] : [bearing(issuer.issue({ sub: 'acme-1', exp: 1 }))];
    return [undefined, signed, forged, bearing('nonsense'), ...ended];
  };

  it('only health answers strangers; every other route refuses them, and nothing happens', async () => {
    expect(open.map(({ path }) => path.split('/')[2])).toEqual(expect.arrayContaining(['live', 'ready', 'switch']));
    expect(open).toHaveLength(3);
    expect(closed.length).toBeGreaterThanOrEqual(PUBLIC_ROUTES.length + 3);
    for (const route of closed) {
      for (const stranger of strangers()) {
        const { status } = await system.send(route, order('acme-1'), stranger);
        expect([401, 403]).toContain(status);
      }
    }
    await expect(system.effects()).resolves.toBe(0);
  });

  it("refuses another tenant's order, and nothing happens", async () => {
    const place = closed.find(({ path }) => path === '/orders')!;

    const answer = await system.send(place, order('globex'), own);

    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'urn:tandem:problem:forbidden' });
    await expect(system.effects()).resolves.toBe(0);
  });

  it('serves whom it knows, and shows an order to nobody else', async () => {
    const place = closed.find(({ path }) => path === '/orders')!;
    const { status, body } = await system.send(place, order('acme-1'), own);
    expect(status).toBe(202);
    const { orderId } = JSON.parse(body) as { orderId: string };
    const read = { ...place, method: 'GET', path: `/orders/${orderId}` };

    expect((await system.send(read, {}, own)).status).toBe(200);
    const none = await system.send({ ...read, path: `/orders/${UNKNOWN_ORDER}` }, {}, own);
    // Under signatures the same back end acts for all it serves: there is nobody else to show the order to.
    const others = mode === 'tokens' ? [system.target.authorizerOf('globex')] : [];
    for (const other of others) {
      const { status: shown, body: told } = await system.send(read, {}, other);
      expect([shown, told]).toEqual([404, none.body]);
    }
    await expect(system.effects()).resolves.toBeGreaterThan(0);

    const list = { ...read, path: '/orders?customerId=acme-1&limit=5' };
    const { status: listedStatus, body: page } = await system.send(list, {}, own);
    expect(listedStatus).toBe(200);
    expect((JSON.parse(page) as OrderList).orders.map((listed) => listed.orderId)).toEqual([orderId]);
    // A tenant is named by whoever asks, so there is nothing to hide: it is refused whether it has orders or not.
    for (const [path, other] of [
      ['/orders?customerId=globex', own] as const,
      ...others.map((each) => [list.path, each] as const),
    ]) {
      const refused = await system.send({ ...list, path }, {}, other);
      expect([refused.status, refused.body.includes(orderId)]).toEqual([403, false]);
    }
  });
});
