import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DEFAULT_PLAN, type CustomerPlan } from '../../blueprint/customer-plans';
import { OPEN_ORDERS_INDEX, type OrderFacts, type OrderItem, type OrderStatus } from '../../blueprint/orders';
import { retentionOf } from './order-retention';

export type DynamoItem = Record<string, AttributeValue>;

const text = (value: string): AttributeValue => ({ S: value });
const number = (value: number): AttributeValue => ({ N: String(value) });

/** A region's item of an order as DynamoDB keeps it. An undecided one enters the index of open orders. */
export function toDynamoItem(order: OrderItem): DynamoItem {
  const item: DynamoItem = {
    orderId: text(order.orderId),
    region: text(order.region),
    customerId: text(order.customerId),
    amount: number(order.amount),
    currency: text(order.currency),
    plan: text(order.plan),
    bodyHash: text(order.bodyHash),
    acceptedAt: number(order.acceptedAt),
    deadlineAt: number(order.deadlineAt),
    status: text(order.status),
    attempts: number(order.attempts),
  };
  if (order.reference !== undefined) item['reference'] = text(order.reference);
  if (order.decidedAt !== undefined) {
    item['decidedAt'] = number(order.decidedAt);
    Object.assign(item, retentionOf(order.orderId, order.region, order.decidedAt));
  }
  if (order.decidedBy !== undefined) item['decidedBy'] = text(order.decidedBy);
  if (order.reason !== undefined) item['reason'] = text(order.reason);
  if (order.status === 'PENDING') item[OPEN_ORDERS_INDEX.partition] = text(order.region);
  return item;
}

function required(item: DynamoItem, name: string): string {
  const value = item[name];
  const found = value?.S ?? value?.N;
  if (found === undefined) throw new Error(`An order item has no ${name}.`);
  return found;
}

const optional = (item: DynamoItem, name: string): string | undefined => item[name]?.S ?? item[name]?.N;

/** @throws Error when an attribute that every order item has is missing */
export function fromDynamoItem(item: DynamoItem): OrderItem {
  const facts: OrderFacts = {
    orderId: required(item, 'orderId'),
    customerId: required(item, 'customerId'),
    amount: Number(required(item, 'amount')),
    currency: required(item, 'currency'),
    // An item of before there were plans has none.
    plan: (item['plan']?.S ?? DEFAULT_PLAN) as CustomerPlan,
    bodyHash: required(item, 'bodyHash'),
    acceptedAt: Number(required(item, 'acceptedAt')),
    deadlineAt: Number(required(item, 'deadlineAt')),
    ...(item['reference']?.S === undefined ? {} : { reference: item['reference'].S }),
  };
  const attemptedAt = optional(item, 'attemptedAt');
  const decidedAt = optional(item, 'decidedAt');
  const decidedBy = optional(item, 'decidedBy');
  const reason = optional(item, 'reason');
  return {
    ...facts,
    region: required(item, 'region'),
    status: required(item, 'status') as OrderStatus,
    attempts: Number(required(item, 'attempts')),
    ...(attemptedAt === undefined ? {} : { attemptedAt: Number(attemptedAt) }),
    ...(decidedAt === undefined ? {} : { decidedAt: Number(decidedAt) }),
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(reason === undefined ? {} : { reason }),
  };
}
