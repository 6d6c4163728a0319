import type { Observations } from '../observations';
import { none, type Check } from './check';

export const refusedWithoutEffect: Check = {
  id: 'refused-without-effect',
  title: 'What was refused had no effect',
  failureTitle: 'Requests were refused and took effect all the same',
  description:
    'A caller who was told no will not look again. An order that exists in spite of it is worked and charged behind their back.',
  judge: (observations) =>
    none([...keptOrders(observations), ...wrongCharges(observations)], 'effects of refused requests'),
};

/** Orders of callers who have sent nothing but what must be refused. */
function keptOrders({ placedOrders, replicas }: Observations): string[] {
  const mistaken = placedOrders.filter((order) => order.mistake === 'invalid-order');
  const known = new Set([...replicas.values()].flatMap((items) => items.map((item) => item.customerId)));
  return mistaken.flatMap(({ customerId, orderId }) => [
    ...(orderId === undefined ? [] : [`${customerId} was promised the order ${orderId}`]),
    ...(known.has(customerId) ? [`${customerId} has an order`] : []),
  ]);
}

/** Charges of an amount that nobody was promised under the key. */
function wrongCharges({ placedOrders, ledger }: Observations): string[] {
  const entries = new Map(ledger.map((entry) => [entry.key, entry]));
  return placedOrders.flatMap(({ orderId, amount, reuse }) => {
    const entry = orderId === undefined ? undefined : entries.get(orderId);
    // The other region may not have known the key, and then it has promised the second order.
    const isPromised = entry?.amount === amount || reuse?.status === undefined || reuse.status === 202;
    return entry === undefined || isPromised
      ? []
      : [`${orderId} was for ${amount}, the provider knows ${String(entry.amount)}`];
  });
}
