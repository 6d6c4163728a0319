import {
  OrderClient,
  type Attempt,
  type ClientResponse,
  type OrderClientOptions,
  type RequestAuthorizer,
} from '../../client';
import type { OrderWorkload, RegionRole } from '../game-day';
import type { GameDayTarget } from '../targets/target';

/** One order as its caller lived it. Times are milliseconds since 1970. */
export interface PlacedOrder {
  readonly idempotencyKey: string;
  readonly customerId: string;
  readonly amount: number;
  readonly attempts: Attempt[];
  readonly reads: Attempt[];
  firstAttemptMs: number;
  /** When the caller had the acknowledgement in hand. @default - never acknowledged */
  acknowledgedMs?: number;
  orderId?: string;
  /** The status of the final answer that was not an acknowledgement. */
  refusedStatus?: number;
  /** The order's status as the caller was told when it was read. @default - not read, or no answer */
  toldStatus?: string;
  /** What the caller does that must be refused. @default - nothing */
  readonly mistake?: 'invalid-order' | 'reused-key';
  /** The other order under the same key, once the first was acknowledged. */
  readonly reuse?: { readonly amount: number; readonly attempts: Attempt[] };
  /** The same key, sent to the standby's own host at the same time. @default - sent once */
  readonly twin?: { readonly amount: number; readonly attempts: Attempt[] };
}

/** How many independent callers there are, each with a DNS cache of its own. */
const CALLER_COUNT = 20;
const CUSTOMER_COUNT = 500;
const PRIORITY_CUSTOMER_COUNT = 50;
const priorityCustomer = (ordinal: number): string => `priority-${ordinal}`;
export const isPriorityCustomer = (customerId: string): boolean => customerId.startsWith('priority-');
/** Callers that take no advice, and come back after up to four seconds. */
const STORMING = { retryAfterMsMax: 0, retryDelayMsMax: 4_000 };

/** Gives the customers that order by priority their plan, before anything happens. */
export function agreePriorityPlans(target: GameDayTarget, { priorityShare = 0 }: OrderWorkload): void {
  if (priorityShare === 0) return;
  target.agreePlans(
    Array.from({ length: PRIORITY_CUSTOMER_COUNT }, (_, ordinal) => priorityCustomer(ordinal)),
    'priority',
  );
}

/** Orders arrive as a Poisson process from independent callers until the given second. */
export class OrderWorkloadRun {
  readonly orders: PlacedOrder[] = [];
  private readonly chance: () => number;
  private readonly mistakes: () => number;
  private readonly twins: () => number;
  private readonly priorities: () => number;
  private readonly callers: Caller[];
  private unfinished = 0;

  constructor(
    private readonly target: GameDayTarget,
    private readonly workload: OrderWorkload,
  ) {
    this.chance = target.random('workload');
    this.mistakes = target.random('workload/mistakes');
    this.twins = target.random('workload/twins');
    this.priorities = target.random('workload/priorities');
    this.callers = Array.from(
      { length: CALLER_COUNT },
      (_, index) => new Caller(`caller-${index}`, target, nearOf(target, index), workload),
    );
  }

  /** Starts placing orders now; callers that have begun go on after that second until they are done. */
  start(untilSeconds: number): void {
    const platform = this.target.caller('arrivals');
    const run = async (): Promise<void> => {
      for (;;) {
        const { rate, changesAtSeconds } = this.loadAt(this.target.nowSeconds());
        const waitSeconds = -Math.log(1 - this.chance()) / rate;
        const leftSeconds = changesAtSeconds - this.target.nowSeconds();
        // Drawn anew when the load changes: a Poisson process forgets nothing by that.
        await platform.sleep(Math.min(waitSeconds, leftSeconds) * 1000);
        if (this.target.nowSeconds() >= untilSeconds) return;
        if (waitSeconds >= leftSeconds) continue;
        this.begin();
      }
    };
    run().catch((error: unknown) => this.target.fail(error));
  }

  private loadAt(nowSeconds: number): { rate: number; changesAtSeconds: number } {
    const { ordersPerSecond, steps = [] } = this.workload;
    const rate = steps.findLast(({ fromSeconds }) => fromSeconds <= nowSeconds)?.ordersPerSecond ?? ordersPerSecond;
    return {
      rate,
      changesAtSeconds: steps.find(({ fromSeconds }) => fromSeconds > nowSeconds)?.fromSeconds ?? Infinity,
    };
  }

  /** Why the callers are not done yet, or undefined when they are. */
  pending(): string | undefined {
    return this.unfinished === 0 ? undefined : `${this.unfinished} callers are still at work`;
  }

  private begin(): void {
    const order = this.draw();
    this.orders.push(order);
    this.unfinished++;
    const caller = this.callers[Math.floor(this.chance() * CALLER_COUNT)]!;
    caller
      .live(order, this.chance() < this.workload.readShare ? this.workload.readAfterSeconds : undefined)
      .catch((error: unknown) => this.target.fail(error))
      .finally(() => this.unfinished--);
  }

  // The provider's stand-in declines amounts that end in 13, so the others must not.
  private draw(): PlacedOrder {
    const ordinal = this.orders.length;
    const isDeclined = this.chance() < this.workload.declinedShare;
    const hundreds = 100 * (1 + Math.floor(this.chance() * 200));
    const amount = hundreds + (isDeclined ? 13 : 50);
    const standard = `customer-${Math.floor(this.chance() * (this.workload.customerCount ?? CUSTOMER_COUNT))}`;
    const customerId = this.drawPriority() ?? standard;
    const order = { idempotencyKey: `key-${ordinal}`, customerId, amount, attempts: [], reads: [], firstAttemptMs: 0 };
    const { mistakenShare } = this.workload;
    if (mistakenShare === undefined || this.mistakes() >= mistakenShare) return { ...order, ...this.drawTwin(amount) };
    if (this.mistakes() < 0.5)
      return { ...order, mistake: 'reused-key', reuse: { amount: amount + 100, attempts: [] } };
    return { ...order, mistake: 'invalid-order', customerId: `mistaken-${ordinal}`, amount: -1 };
  }

  private drawPriority(): string | undefined {
    const { priorityShare = 0 } = this.workload;
    if (priorityShare === 0 || this.priorities() >= priorityShare) return undefined;
    return priorityCustomer(Math.floor(this.priorities() * PRIORITY_CUSTOMER_COUNT));
  }

  private drawTwin(amount: number): Pick<PlacedOrder, 'twin'> {
    const { twinShare = 0, otherBodyShare = 0, otherBodyUntilSeconds = Infinity } = this.workload;
    if (twinShare === 0 || this.twins() >= twinShare) return {};
    const isOther = this.twins() < otherBodyShare && this.target.nowSeconds() < otherBodyUntilSeconds;
    return { twin: { amount: isOther ? amount + 100 : amount, attempts: [] } };
  }
}

/** Under latency routing it matters where callers are: every other one is near the standby. */
function nearOf({ routing }: GameDayTarget, index: number): RegionRole | undefined {
  if (routing === 'failover') return undefined;
  return index % 2 === 0 ? 'primary' : 'standby';
}

class Caller {
  private readonly platform;
  /** What a region-aware caller has learnt about the regions is in its client: one for each authorizer, which is mostly one. */
  private readonly kept: Map<RequestAuthorizer, OrderClient> | undefined;

  constructor(
    name: string,
    private readonly target: GameDayTarget,
    near: RegionRole | undefined,
    private readonly workload: OrderWorkload,
  ) {
    this.platform = target.caller(name, near, workload.dnsPinSeconds);
    if (workload.client === 'region-aware') this.kept = new Map();
  }

  /** Places the order and, when a time is given, reads it so long after the acknowledgement. */
  async live(order: PlacedOrder, readAfterSeconds: number | undefined): Promise<void> {
    order.firstAttemptMs = this.platform.now();
    const twin = order.twin === undefined ? undefined : this.placeInStandby(order, order.twin);
    const answer = await this.place(order, order.amount, (attempt) => order.attempts.push(attempt));
    await twin;
    if (answer === undefined) return;
    if (answer.status !== 202) {
      order.refusedStatus = answer.status;
      return;
    }
    order.acknowledgedMs = this.platform.now();
    order.orderId = field(answer, 'orderId');
    const { reuse } = order;
    if (reuse !== undefined) await this.place(order, reuse.amount, (attempt) => reuse.attempts.push(attempt));
    if (readAfterSeconds === undefined) return;
    await this.platform.sleep(readAfterSeconds * 1000);
    const view = await this.client(order.customerId).getOrder(order.orderId, (attempt) => order.reads.push(attempt));
    if (view?.status === 200) order.toldStatus = field(view, 'status');
  }

  private place(
    { customerId, idempotencyKey }: PlacedOrder,
    amount: number,
    onAttempt: (attempt: Attempt) => void,
  ): Promise<ClientResponse | undefined> {
    return this.client(customerId).placeOrder(idempotencyKey, { customerId, amount, currency: 'USD' }, onAttempt);
  }

  private async placeInStandby(
    { customerId, idempotencyKey }: PlacedOrder,
    { amount, attempts }: NonNullable<PlacedOrder['twin']>,
  ): Promise<void> {
    const region = this.target.regions.standby;
    const { platform } = this;
    const signer = this.target.authorizerOf(customerId);
    const client = new OrderClient({ platform, signer, regionHosts: { [region]: this.target.regionHosts[region]! } });
    await client.placeOrder(idempotencyKey, { customerId, amount, currency: 'USD' }, (attempt) =>
      attempts.push(attempt),
    );
  }

  private client(customerId: string): OrderClient {
    const { kept, target } = this;
    const signer = target.authorizerOf(customerId);
    if (kept === undefined) return this.createClient({ signer });
    const client = kept.get(signer) ?? this.createClient({ signer, regionHosts: target.regionHosts });
    kept.set(signer, client);
    return client;
  }

  private createClient(options: Pick<OrderClientOptions, 'regionHosts' | 'signer'>): OrderClient {
    const { platform, target } = this;
    const { patienceSeconds, client } = this.workload;
    return new OrderClient({
      platform,
      serviceName: target.serviceName,
      ...options,
      ...(client === 'storming' ? STORMING : {}),
      ...(patienceSeconds === undefined ? {} : { patienceMs: patienceSeconds * 1_000 }),
    });
  }
}

function field(answer: ClientResponse, name: 'orderId' | 'status'): string {
  return (JSON.parse(answer.body) as Record<string, string>)[name]!;
}
