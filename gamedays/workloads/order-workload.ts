import { OrderClient, RequestSigner, type Attempt, type ClientResponse } from '../../client';
import type { OrderWorkload } from '../game-day';
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
  /** The other order under the same key, and the status of its final answer. */
  readonly reuse?: { readonly amount: number; status?: number | undefined };
}

/** How many independent callers there are, each with a DNS cache of its own. */
const CALLER_COUNT = 20;

/** Orders arrive as a Poisson process from independent callers until the given second. */
export class OrderWorkloadRun {
  readonly orders: PlacedOrder[] = [];
  private readonly chance: () => number;
  private readonly mistakes: () => number;
  private readonly callers: Caller[];
  private unfinished = 0;

  constructor(
    private readonly target: GameDayTarget,
    private readonly workload: OrderWorkload,
  ) {
    this.chance = target.random('workload');
    this.mistakes = target.random('workload/mistakes');
    const signer = new RequestSigner(target.callerCredentials);
    this.callers = Array.from({ length: CALLER_COUNT }, (_, index) => new Caller(`caller-${index}`, target, signer));
  }

  /** Starts placing orders now; callers that have begun go on after that second until they are done. */
  start(untilSeconds: number): void {
    const platform = this.target.caller('arrivals');
    const run = async (): Promise<void> => {
      for (;;) {
        await platform.sleep((-Math.log(1 - this.chance()) / this.workload.ordersPerSecond) * 1000);
        if (this.target.nowSeconds() >= untilSeconds) return;
        this.begin();
      }
    };
    run().catch((error: unknown) => this.target.fail(error));
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
    const customerId = `customer-${Math.floor(this.chance() * 500)}`;
    const order = { idempotencyKey: `key-${ordinal}`, customerId, amount, attempts: [], reads: [], firstAttemptMs: 0 };
    const { mistakenShare } = this.workload;
    if (mistakenShare === undefined || this.mistakes() >= mistakenShare) return order;
    if (this.mistakes() < 0.5) return { ...order, mistake: 'reused-key', reuse: { amount: amount + 100 } };
    return { ...order, mistake: 'invalid-order', customerId: `mistaken-${ordinal}`, amount: -1 };
  }
}

class Caller {
  private readonly platform;

  constructor(
    name: string,
    private readonly target: GameDayTarget,
    private readonly signer: RequestSigner,
  ) {
    this.platform = target.caller(name);
  }

  /** Places the order and, when a time is given, reads it so long after the acknowledgement. */
  async live(order: PlacedOrder, readAfterSeconds: number | undefined): Promise<void> {
    order.firstAttemptMs = this.platform.now();
    const answer = await this.place(order, order.amount, order.attempts);
    if (answer === undefined) return;
    if (answer.status !== 202) {
      order.refusedStatus = answer.status;
      return;
    }
    order.acknowledgedMs = this.platform.now();
    order.orderId = field(answer, 'orderId');
    if (order.reuse !== undefined) {
      order.reuse.status = (await this.place(order, order.reuse.amount, []))?.status;
    }
    if (readAfterSeconds === undefined) return;
    await this.platform.sleep(readAfterSeconds * 1000);
    const view = await this.client(order.reads).getOrder(order.orderId);
    if (view?.status === 200) order.toldStatus = field(view, 'status');
  }

  private place(
    { customerId, idempotencyKey }: PlacedOrder,
    amount: number,
    log: Attempt[],
  ): ReturnType<OrderClient['placeOrder']> {
    return this.client(log).placeOrder(idempotencyKey, { customerId, amount, currency: 'USD' });
  }

  private client(log: Attempt[]): OrderClient {
    return new OrderClient({
      platform: this.platform,
      signer: this.signer,
      serviceName: this.target.serviceName,
      onAttempt: (attempt) => log.push(attempt),
    });
  }
}

function field(answer: ClientResponse, name: 'orderId' | 'status'): string {
  return (JSON.parse(answer.body) as Record<string, string>)[name]!;
}
