import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  BEST_PLAN,
  CUSTOMER_PLANS,
  CUSTOMER_PLANS_KEY,
  DEFAULT_PLAN,
  type CustomerPlan,
} from '../../blueprint/customer-plans';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { requiredEnv } from './environment';
import { logger } from './logger';
import { dynamoDb } from './order-store';

/**
 * So many customers are remembered, in some two megabytes; the one that was read the longest time ago is forgotten first.
 * Whoever is forgotten costs a read before it can be refused.
 */
const REMEMBERED_MAX = 10_000;

interface Remembered {
  readonly plan: CustomerPlan;
  /** Epoch milliseconds at which it is to be read again. */
  readonly freshUntil: number;
}

const remembered = new Map<string, Remembered>();
/** How many of them have the best plan. */
let best = 0;

function forget(customerId: string): void {
  if (remembered.get(customerId)?.plan === BEST_PLAN) best--;
  remembered.delete(customerId);
}

function remember(customerId: string, plan: CustomerPlan, freshUntil: number): CustomerPlan {
  // Forgotten first, so that the order of insertion is the order of reading.
  forget(customerId);
  remembered.set(customerId, { plan, freshUntil });
  if (plan === BEST_PLAN) best++;
  if (remembered.size > REMEMBERED_MAX) forget(remembered.keys().next().value!);
  return plan;
}

/** The share of the customers whom this environment remembers that have the best plan, from 0 to 1. */
export const bestPlanShare = (): number => (remembered.size === 0 ? 0 : best / remembered.size);

/** The plan of a customer as this environment remembers it, however old, without asking anybody. */
export const knownPlan = (customerId: string): CustomerPlan => remembered.get(customerId)?.plan ?? DEFAULT_PLAN;

/** The best plan that a customer may have, without asking anybody: the one remembered, unless nothing is, or it is too old. */
export function likelyPlan(customerId: string, now: number): CustomerPlan {
  const known = remembered.get(customerId);
  return known !== undefined && now < known.freshUntil + TIME_BUDGETS.planStaleMsMax ? known.plan : BEST_PLAN;
}

/** A plan this code does not know may be of a newer one: it counts as none. */
async function readPlan(customerId: string, now: number): Promise<CustomerPlan> {
  try {
    const { Item } = await dynamoDb.send(
      new GetItemCommand({ TableName: requiredEnv('PLANS_TABLE'), Key: { [CUSTOMER_PLANS_KEY]: { S: customerId } } }),
    );
    const plan = CUSTOMER_PLANS.find((known) => known === Item?.['plan']?.S) ?? DEFAULT_PLAN;
    return remember(customerId, plan, now + TIME_BUDGETS.planCacheMs);
  } catch (error) {
    logger.warn("A customer's plan cannot be read.", error as Error);
    return remember(customerId, knownPlan(customerId), now + TIME_BUDGETS.planRetryMs);
  }
}

/**
 * The plan of a customer, from this region's replica, remembered for `planCacheMs` by each execution environment.
 *
 * No order fails or waits for a plan: while it cannot be read the last known one stands, however old, and for a customer
 * nobody has heard of the default one. An answer later than `planReadMs` is not waited for; it is there for the next order.
 */
export async function planOf(customerId: string, now: number): Promise<CustomerPlan> {
  const known = remembered.get(customerId);
  if (known !== undefined && now < known.freshUntil) return known.plan;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<CustomerPlan>((resolve) => {
    timer = setTimeout(() => resolve(knownPlan(customerId)), TIME_BUDGETS.planReadMs);
  });
  const plan = await Promise.race([readPlan(customerId, now), tooLate]);
  clearTimeout(timer);
  return plan;
}
