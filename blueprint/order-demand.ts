import { EXECUTION_MS } from './capacity';
import type { DatumName } from './data';
import { ORDER_OF_WORKER_MS } from './load-shedding';

/** What each class is assumed to have of the orders that come; the last one are imports. */
export const CLASS_SHARES = [0.15, 0.55, 0.3] as const;
/** What is assumed of the orders that come: how many are imports, and how often one is read. */
export const ORDER_MIX = { importShare: CLASS_SHARES[2], readsPerOrder: 1 } as const;

/** Services that work for every order; the others run by the clock. */
export type OrderService = 'intake' | 'query' | 'fulfilment' | 'payments';

/** Invocations for one order when nothing is repeated, and how long each is planned to take. */
export const ORDER_INVOCATIONS: Readonly<Record<OrderService, { readonly perOrder: number; readonly ms: number }>> = {
  intake: { perOrder: 1, ms: EXECUTION_MS.intake },
  query: { perOrder: ORDER_MIX.readsPerOrder, ms: EXECUTION_MS.query },
  fulfilment: { perOrder: 1, ms: ORDER_OF_WORKER_MS },
  payments: { perOrder: 1, ms: EXECUTION_MS.payments },
};

/** Little's law: the executions of a service that are under way at the same time, for each order a second. */
export const executionsPerOrder = (service: OrderService): number =>
  (ORDER_INVOCATIONS[service].perOrder * ORDER_INVOCATIONS[service].ms) / 1_000;

/** Request units for one order when nothing is repeated. */
export interface TableDemand {
  readonly datum: Extract<DatumName, 'orders' | 'customer-plans' | 'payment-ledger'>;
  readonly writeUnits: number;
  readonly readUnits: number;
}

/**
 * Items stay below a kilobyte, so a write is one unit; a strongly consistent read of less than four kilobytes is one, an
 * eventually consistent one a half (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
 * test/verify/planning-figures.test.ts counts the calls.
 */
export const TABLE_DEMAND: readonly TableDemand[] = [
  // Put by intake; the attempt and the outcome by fulfilment.
  { datum: 'orders', writeUnits: 3, readUnits: ORDER_MIX.readsPerOrder },
  // Each environment remembers plans for a minute; at the worst every order is of a customer it does not know.
  { datum: 'customer-plans', writeUnits: 0, readUnits: 0.5 },
  { datum: 'payment-ledger', writeUnits: 1, readUnits: 0 },
];

/**
 * Writes to the index of open orders for one order: it appears, its attempts are counted, and it goes. Every attribute is
 * projected, so the second is a write too (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html).
 */
export const OPEN_INDEX_WRITES = 3;

/**
 * Calls for the region's control item a second. Each environment reads it once; under pressure each one of `intake` adds its
 * counts and is told once for each class that no token is left, and all together take ten leases of each class, let twelve
 * workers add theirs, and advance it.
 */
export const CONTROL_ITEM_CALLS = { readsPerEnvironment: 1, writesPerIntake: 4, writes: 3 * 10 + 12 + 1 } as const;
