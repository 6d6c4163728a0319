import type { LivedOrder } from './calm';
import type { Observations } from './observations';
import type { PlacedOrder } from './workloads/order-workload';

/** An order in seconds of the game day. Done is what the provider has decided, be it for or against the customer. */
export interface PlacedLife extends LivedOrder {
  readonly placed: PlacedOrder;
}

/** How each caller lived their order, by the record of the regions. */
export function livedOrders({ placedOrders, replicas, startEpochMs }: Observations): PlacedLife[] {
  const secondOf = (epochMs: number): number => (epochMs - startEpochMs) / 1_000;
  const doneAt = new Map<string, number>();
  for (const items of replicas.values()) {
    for (const { orderId, status, decidedAt } of items) {
      if (status !== 'CONFIRMED' && status !== 'REJECTED') continue;
      const known = doneAt.get(String(orderId)) ?? Infinity;
      doneAt.set(String(orderId), Math.min(known, secondOf(Number(decidedAt))));
    }
  }
  return placedOrders.map((placed) => {
    const done = placed.orderId === undefined ? undefined : doneAt.get(placed.orderId);
    return { placed, firstAttempt: secondOf(placed.firstAttemptMs), ...(done === undefined ? {} : { doneAt: done }) };
  });
}
