import type { CustomerPlan } from './customer-plans';

/**
 * Who goes first when not everybody can be served: three classes, and cohorts within a class.
 *
 * The class comes from the route and from the customer's plan, never from what a client says of itself. The cohort comes
 * from the customer's id, so the same customer gets the same answer in every environment, at every repeat and in both
 * regions, for an hour; then the luck is dealt anew.
 */
/** What is asked for: an order somebody waits for, or one of many that a back end loads. */
export type OrderKind = 'checkout' | 'import';

/** Lower is more important. */
export const ORDER_CLASSES = [0, 1, 2] as const;
export type OrderClass = (typeof ORDER_CLASSES)[number];

/** One value a class, the most important one first. */
export type PerClass<T> = readonly [T, T, T];

export const CLASS_MEANINGS: PerClass<string> = ['checkout of a priority plan', 'checkout', 'import'];

export function classOf(kind: OrderKind, plan: CustomerPlan): OrderClass {
  if (kind === 'import') return 2;
  return plan === 'priority' ? 0 : 1;
}

const HOUR_MS = 3_600_000;

/**
 * Where a customer stands within the class, in [0, 1): a share f of the class is served by serving whoever is below f.
 * FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv) with a final mix, since its upper bits alone are poor for short texts.
 */
export function cohortOf(customerId: string, epochMs: number): number {
  const text = `${customerId}/${Math.floor(epochMs / HOUR_MS)}`;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
