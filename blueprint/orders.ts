/**
 * The life of an order, and how it is kept.
 *
 * The orders table holds ONE ITEM PER (order, region), and only that region ever writes it. The accepting region's item
 * carries the order and that region's outcome. Nothing has two writers, so last-writer-wins replication cannot destroy
 * anything: two regions that decide the same order leave two items, and a reader merges them.
 */

import type { CustomerPlan } from './customer-plans';

/** PENDING is the only status that is not final. */
export const ORDER_STATUSES = ['PENDING', 'EXPIRED', 'REJECTED', 'CONFIRMED'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];
export type OrderOutcome = Exclude<OrderStatus, 'PENDING'>;

/** What the payment provider can say about a key. Each of the three is final. */
export const PAYMENT_STATES = ['CHARGED', 'DECLINED', 'VOIDED'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** The provider's record is the arbiter: an outcome is nothing but its answer in our words. */
export const OUTCOME_OF_PAYMENT: Readonly<Record<PaymentState, OrderOutcome>> = {
  CHARGED: 'CONFIRMED',
  DECLINED: 'REJECTED',
  VOIDED: 'EXPIRED',
};

/** Key layout of the orders table. */
export const ORDERS_KEY = { partition: 'orderId', sort: 'region' } as const;

/**
 * Sparse index of the orders nobody has decided yet: `openRegion` is the region that owns the item, and it is removed by
 * the same update that writes the outcome.
 */
export const OPEN_ORDERS_INDEX = { name: 'openOrders', partition: 'openRegion', sort: 'deadlineAt' } as const;

/**
 * Every item of an order by whose it is and when its region accepted it, for the list of a customer's orders. It holds keys
 * alone: none of them changes, so an order costs it one write for each item, and its updates none
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html).
 */
export const CUSTOMER_ORDERS_INDEX = { name: 'customerOrders', partition: 'customerId', sort: 'acceptedAt' } as const;

/** When an item of a decided order may be deleted, in seconds since 1970: the form in which DynamoDB's time to live wants it. */
export const KEPT_UNTIL = 'keptUntil';

/**
 * Under strong consistency a table has no time to live, and the sweeper deletes what this index shows as old. One partition
 * would take all the writes of a region, so the first digit of the order's id spreads them over sixteen.
 */
export const DECIDED_ORDERS_INDEX = { name: 'decidedOrders', partition: 'decidedShard', sort: KEPT_UNTIL } as const;

export const DECIDED_SHARDS = 16;

/** @param ordinal from 0 to 15 */
export const decidedShard = (region: string, ordinal: number): string => `${region}#${ordinal.toString(16)}`;

export const decidedShardOf = (region: string, orderId: string): string => `${region}#${orderId.charAt(0)}`;

/** Both regions prove once a minute that they are alive by an item of their own in the replicated table. */
export const heartbeatKey = (region: string): string => `heartbeat#${region}`;

/** What a customer ordered: the same in every item of an order. */
export interface OrderFacts {
  readonly orderId: string;
  readonly customerId: string;
  /** In the currency's minor unit, such as cents. */
  readonly amount: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly reference?: string;
  /** The plan that the accepting region knew its customer under. It may have been an old one. */
  readonly plan: CustomerPlan;
  /** Digest of the request's body: the same key with another body is refused. */
  readonly bodyHash: string;
  /** Epoch milliseconds, by the accepting region's clock. */
  readonly acceptedAt: number;
  /** Epoch milliseconds. Not decided by then: EXPIRED. */
  readonly deadlineAt: number;
}

/** One region's item of one order. */
export interface OrderItem extends OrderFacts {
  readonly region: string;
  readonly status: OrderStatus;
  /** How many charges this region has begun. Counted before the call, so a lost reply cannot hide one. */
  readonly attempts: number;
  readonly attemptedAt?: number;
  readonly decidedAt?: number;
  /** Which service wrote the outcome. */
  readonly decidedBy?: string;
  /** Why a REJECTED order was rejected, where that is known. */
  readonly reason?: string;
}

/** The message on the work queue. It only speeds the order up: the record is the item. */
export interface WorkMessage extends Pick<
  OrderFacts,
  'orderId' | 'customerId' | 'amount' | 'currency' | 'acceptedAt' | 'deadlineAt'
> {
  /** Whether there may be no such order in this region: its put was not answered. @default false */
  readonly isInDoubt?: boolean;
}

export const isOutcome = (status: OrderStatus): status is OrderOutcome => status !== 'PENDING';

/** Higher wins. A charge is a fact that no other opinion can undo, hence CONFIRMED above all. */
const RANK: Readonly<Record<OrderStatus, number>> = { PENDING: 0, EXPIRED: 1, REJECTED: 2, CONFIRMED: 3 };

export interface MergedStatus {
  readonly status: OrderStatus;
  /** Two regions hold different outcomes. The arbiter should make that impossible: it is audited, never ignored. */
  readonly disagreement: boolean;
}

/**
 * Merge the regions' views of one order: CONFIRMED > REJECTED > EXPIRED > PENDING. Commutative, associative and
 * idempotent, so neither the order of replication nor a repeated read can change the answer.
 */
export function mergeStatuses(statuses: readonly OrderStatus[]): MergedStatus {
  const status = statuses.reduce<OrderStatus>((best, next) => (RANK[next] > RANK[best] ? next : best), 'PENDING');
  return { status, disagreement: new Set(statuses.filter(isOutcome)).size > 1 };
}

/** An id that no order has: it would be the digest of a customer and a key, and nobody knows any that give zero. */
export const NOBODYS_ORDER_ID = '0'.repeat(32);
