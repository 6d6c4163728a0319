import type { ClientPlatform, ClientResponse } from '../../client';
import type { SimulatedTarget } from '../../gamedays';
import { CLASS_SHARES, DEADLINE_SECONDS, offeredAt, type OverloadOrder, type OverloadRow } from './overload-row';

const RETRIES_MAX = 3;
/** Accepted and not done for so long: the caller sends it again. */
const IMPATIENT_AFTER_MS = 5_000;
const ATTEMPT_MS = 3_000;
/** Of the network, which keeps repeats at exact times from marching in step with a token bucket. */
const NOISE_MS = 50;
const CUSTOMERS = 2_000;

const priorityCustomer = (ordinal: number): string => `priority-${ordinal}`;
const PRIORITY_CUSTOMERS = Math.round(CUSTOMERS * CLASS_SHARES[0]);
/** The customers with a priority plan. */
export const PRIORITY_CUSTOMER_IDS = Array.from({ length: PRIORITY_CUSTOMERS }, (_, ordinal) =>
  priorityCustomer(ordinal),
);

/**
 * Callers as in docs/scalability.md: independent, each with one order, at most three repeats, and gone when the deadline
 * is. They judge from their own first attempt, and tell the service how long they still care.
 */
export class OverloadCallers {
  readonly orders: OverloadOrder[] = [];
  /** Ids of orders that were acknowledged, until the bench has seen their outcome. */
  readonly undecided = new Set<string>();
  /** When each order whose outcome the bench has seen was CONFIRMED, in seconds; undefined for another outcome. */
  readonly outcomes = new Map<string, number | undefined>();
  private readonly platform: ClientPlatform;
  private readonly host: string;
  private readonly chance: () => number;
  private readonly arrivals: () => number;

  constructor(
    private readonly target: SimulatedTarget,
    private readonly row: OverloadRow,
  ) {
    this.platform = target.caller('overload');
    this.host = target.regionHosts[target.regions.primary]!;
    this.chance = target.random('overload/callers');
    this.arrivals = target.random('overload/arrivals');
  }

  /** Orders arrive as a Poisson process of the row's rate until it is over. */
  start(isOver: () => boolean): void {
    const run = async (): Promise<void> => {
      while (!isOver()) {
        // A rate that changes within the wait is looked at once a second: drawn anew, a Poisson process forgets nothing.
        const waitSeconds = -Math.log(1 - this.arrivals()) / offeredAt(this.row, this.target.nowSeconds());
        const untilChange = 1 - (this.target.nowSeconds() % 1) + 1e-6;
        if (waitSeconds > untilChange) {
          await this.platform.sleep(untilChange * 1_000);
          continue;
        }
        await this.platform.sleep(waitSeconds * 1_000);
        this.live(this.draw()).catch((error: unknown) => this.target.fail(error));
      }
    };
    run().catch((error: unknown) => this.target.fail(error));
  }

  /** The bench has seen an order's outcome; the first one stands. */
  see(orderId: string, doneAt: number | undefined): void {
    if (this.outcomes.has(orderId)) return;
    this.outcomes.set(orderId, doneAt);
    this.undecided.delete(orderId);
  }

  private draw(): OverloadOrder {
    const luck = this.chance();
    const orderClass = luck < CLASS_SHARES[0] ? 0 : luck < CLASS_SHARES[0] + CLASS_SHARES[1] ? 1 : 2;
    const order: OverloadOrder = {
      orderClass,
      firstAttempt: this.target.nowSeconds(),
      attempts: 0,
    };
    this.orders.push(order);
    return order;
  }

  private async live(order: OverloadOrder): Promise<void> {
    const ordinal = this.orders.length;
    const customerId =
      order.orderClass === 0
        ? priorityCustomer(Math.floor(this.chance() * PRIORITY_CUSTOMERS))
        : `customer-${Math.floor(this.chance() * CUSTOMERS)}`;
    for (let retry = 0; retry <= RETRIES_MAX; retry++) {
      const leftMs = (order.firstAttempt + DEADLINE_SECONDS - this.target.nowSeconds()) * 1_000;
      if (leftMs < 1) return;
      const answer = await this.place(order, `key-${ordinal}`, customerId, Math.floor(leftMs));
      if (answer?.status === 202) {
        order.acknowledgedAt ??= this.target.nowSeconds();
        order.orderId = (JSON.parse(answer.body) as { orderId: string }).orderId;
        if (!this.outcomes.has(order.orderId)) this.undecided.add(order.orderId);
        await this.platform.sleep(IMPATIENT_AFTER_MS);
        if (this.outcomes.get(order.orderId) !== undefined) return;
      } else {
        if (answer?.status === 503 && answer.headers['retry-after'] === undefined && isTooLate(answer)) return;
        await this.platform.sleep(this.backoffMs(retry, answer));
      }
    }
  }

  private backoffMs(retry: number, answer: ClientResponse | undefined): number {
    if (!this.row.hasJitter) return 1_000 * 2 ** retry + this.chance() * NOISE_MS;
    const told = Number(answer?.headers['retry-after']);
    return told > 0 ? told * 1_000 + this.chance() * 1_000 - 500 : this.chance() * 1_000 * 2 ** retry;
  }

  private async place(
    order: OverloadOrder,
    key: string,
    customerId: string,
    patienceMs: number,
  ): Promise<ClientResponse | undefined> {
    order.attempts++;
    const request = await this.target.authorizerOf(customerId).sign(
      {
        method: 'POST',
        host: this.host,
        path: order.orderClass === 2 ? '/orders/import' : '/orders',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          'tandem-patience-ms': String(patienceMs),
        },
        body: JSON.stringify({ customerId, amount: 4_250, currency: 'USD' }),
      },
      this.platform.now(),
    );
    try {
      return await this.platform.send(request, ATTEMPT_MS);
    } catch {
      // No answer: for the caller it is the same as a refusal without advice.
      return undefined;
    }
  }
}

const isTooLate = ({ body }: ClientResponse): boolean => body.includes('problem:too-late');
