import { mergeStatuses, type OrderStatus } from '../blueprint/orders';
import type { Observations } from './observations';
import type { TableItem } from './targets/target';

/** What became of the orders by the end, from the replicas and the ledgers. */
export interface OrderOutcomes {
  /** Every order that any replica knows: its merged status in each region. */
  readonly statusByRegion: ReadonlyMap<string, ReadonlyMap<string, OrderStatus>>;
  /** How many charges stand in the ledgers, by order. */
  readonly charges: ReadonlyMap<string, number>;
  /** The orders that a caller holds an acknowledgement for. */
  readonly acknowledged: ReadonlySet<string>;
}

export function orderOutcomes(observations: Observations): OrderOutcomes {
  const statusByRegion = new Map<string, Map<string, OrderStatus>>();
  for (const [region, items] of observations.replicas) {
    for (const [orderId, status] of mergedStatuses(items)) {
      let statuses = statusByRegion.get(orderId);
      if (statuses === undefined) {
        statuses = new Map();
        statusByRegion.set(orderId, statuses);
      }
      statuses.set(region, status);
    }
  }
  const charges = new Map<string, number>();
  for (const entry of observations.ledger) {
    const key = String(entry.key);
    if (entry.state === 'CHARGED') charges.set(key, (charges.get(key) ?? 0) + 1);
  }
  const acknowledged = new Set<string>();
  for (const order of observations.placedOrders) if (order.orderId !== undefined) acknowledged.add(order.orderId);
  return { statusByRegion, charges, acknowledged };
}

/** The merged status of every order among the items of one replica. Items that are not orders are passed over. */
export function mergedStatuses(items: readonly TableItem[]): Map<string, OrderStatus> {
  const byOrder = new Map<string, OrderStatus[]>();
  for (const item of items) {
    if (item.status === undefined) continue;
    const statuses = byOrder.get(String(item.orderId));
    if (statuses === undefined) byOrder.set(String(item.orderId), [item.status as OrderStatus]);
    else statuses.push(item.status as OrderStatus);
  }
  return new Map([...byOrder].map(([orderId, statuses]) => [orderId, mergeStatuses(statuses).status]));
}
