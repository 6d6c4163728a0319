import type { Observations } from '../observations';
import { mergedStatuses, orderOutcomes } from '../order-outcomes';
import { none, type Check } from './check';

export const nothingExpired: Check = {
  id: 'nothing-expired',
  title: 'No order missed its deadline',
  failureTitle: 'Orders missed their deadline',
  description:
    'An expired order is an honest answer, but a broken promise all the same. In calm there is no excuse for one.',
  judge: (observations) => none(expiredOrders(observations), 'expired orders'),
};

export const expiredOnlyInFlight: Check = {
  id: 'expired-only-in-flight',
  title: 'Only orders in flight at the loss missed their deadline',
  failureTitle: 'More orders missed their deadline than were in flight at the loss',
  description:
    'Losing a region may expire what was in flight at that instant and no more: everything that began later must have been carried by the survivor.',
  judge: (observations) => {
    const expired = expiredOrders(observations);
    const inFlight = ordersInFlight(observations);
    return {
      verdict: expired.length <= inFlight ? 'pass' : 'fail',
      measured: `${expired.length} expired orders`,
      bar: `at most the ${inFlight} in flight at the loss`,
      details: expired,
    };
  },
};

function expiredOrders(observations: Observations): string[] {
  return [...orderOutcomes(observations).statusByRegion]
    .filter(([, statuses]) => [...statuses.values()].includes('EXPIRED'))
    .map(([orderId]) => orderId);
}

// In flight is what a caller had begun and the region about to be lost had not decided.
function ordersInFlight({ loss, placedOrders }: Observations): number {
  if (loss === undefined) return 0;
  const statuses = mergedStatuses(loss.lostReplica);
  return placedOrders.filter((order) => {
    if (order.firstAttemptMs > loss.epochMs) return false;
    if (order.acknowledgedMs === undefined || order.acknowledgedMs > loss.epochMs) return true;
    return statuses.get(order.orderId!) === 'PENDING';
  }).length;
}
