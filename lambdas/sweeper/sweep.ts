import { isOutcome, type OrderItem } from '../../blueprint/orders';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { ownRegion, requiredEnv } from '../shared/environment';
import { logger } from '../shared/logger';
import { measure } from '../shared/metrics';
import type { DynamoItem } from '../shared/order-record';
import { putIfAbsent, readOpenOrders, readOrder } from '../shared/order-store';
import { PaymentUnknownError, voidPayment } from '../shared/payment-client';
import { countDecision, decisionOf, settle } from '../shared/settle-order';

const DECIDED_BY = 'sweeper';
const PAGE_SIZE = 25;
/** So many calls without an answer in a row mean that the provider is down, and asking on is useless. */
const UNKNOWN_IN_A_ROW_MAX = 3;

/** Settle an order of our own: the void tells the truth, whatever a worker or the other region has done to it. */
async function settleOwn(order: OrderItem): Promise<void> {
  await settle(order, decisionOf(await voidPayment(order), DECIDED_BY, Date.now()));
}

/**
 * Settle what the other region has left open, as an item of our own. The other region's item stays as it is: only its
 * owner writes it, and does so when it comes back.
 */
async function takeOver(order: OrderItem): Promise<void> {
  // Settled once, and our item of it has been deleted since: the provider may have forgotten the answer by now.
  if (order.deadlineAt + Number(requiredEnv('ORDER_RETENTION_SECONDS')) * 1_000 < Date.now()) return;
  const items = await readOrder(order.orderId);
  // Decided somewhere, or the client has repeated its key to us: then it is an open order of our own.
  if (items.some((item) => isOutcome(item.status) || item.region === ownRegion())) return;
  const { outcome, decidedAt, decidedBy, reason } = decisionOf(await voidPayment(order), DECIDED_BY, Date.now());
  const { attemptedAt: _, ...facts } = order;
  const found = await putIfAbsent({
    ...facts,
    region: ownRegion(),
    status: outcome,
    attempts: 0,
    decidedAt,
    decidedBy,
    ...(reason === undefined ? {} : { reason }),
  });
  if (found !== undefined) return;
  measure('OrdersTakenOver');
  countDecision(order, { outcome, decidedAt, decidedBy });
}

interface Duty {
  readonly openRegion: string;
  readonly deadlineBefore: number;
  readonly settleOrder: (order: OrderItem) => Promise<void>;
}

/** One run over the open orders, bounded by time and by the provider's patience. */
class Sweep {
  private unknownInARow = 0;
  /** Orders past their takeover instant that this run could not settle. */
  stuck = 0;

  constructor(private readonly startedAt: number) {}

  private get isOver(): boolean {
    return this.unknownInARow >= UNKNOWN_IN_A_ROW_MAX || Date.now() - this.startedAt >= TIME_BUDGETS.sweepBudgetMs;
  }

  async run(duty: Duty): Promise<void> {
    // Newest first every other minute: a few orders the provider cannot answer must not starve all the others.
    const oldestFirst = Math.floor(this.startedAt / TIME_BUDGETS.sweepPeriodMs) % 2 === 0;
    let from: DynamoItem | undefined;
    do {
      const page = await readOpenOrders({ ...duty, oldestFirst, pageSize: PAGE_SIZE, from });
      for (const order of page.orders) await this.visit(order, duty);
      from = page.next;
    } while (from !== undefined && !this.isOver);
  }

  private async visit(order: OrderItem, duty: Duty): Promise<void> {
    if (this.isOver || !(await this.settles(order, duty))) {
      if (order.deadlineAt + TIME_BUDGETS.takeoverAfterDeadlineMs < this.startedAt) this.stuck++;
    }
  }

  private async settles(order: OrderItem, duty: Duty): Promise<boolean> {
    try {
      await duty.settleOrder(order);
      this.unknownInARow = 0;
      return true;
    } catch (error) {
      logger.warn('An order could not be settled.', { orderId: order.orderId, error: error as Error });
      if (error instanceof PaymentUnknownError) {
        measure('PaymentUnknown');
        this.unknownInARow++;
      }
      return false;
    }
  }
}

/**
 * Settle every order nobody else will: our own past their deadline, whose message was lost or whose payment was unknown;
 * and the other region's past their takeover instant, since their owner has had its chance.
 *
 * An order of ours that the other region has settled meanwhile is settled like any other: the void answers the same.
 * @returns how many orders are stuck: past their takeover instant, and still open
 */
export async function sweep(now: number): Promise<number> {
  const run = new Sweep(now);
  await run.run({
    openRegion: ownRegion(),
    deadlineBefore: now - TIME_BUDGETS.sweepGraceMs,
    settleOrder: settleOwn,
  });
  await run.run({
    openRegion: requiredEnv('PEER_REGION'),
    deadlineBefore: now - TIME_BUDGETS.takeoverAfterDeadlineMs,
    settleOrder: takeOver,
  });
  return run.stuck;
}
