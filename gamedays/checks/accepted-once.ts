import type { Check } from './check';

export const acceptedOnce: Check = {
  id: 'accepted-once',
  title: 'No order was accepted twice in a region',
  failureTitle: 'Orders were accepted again although they were there',
  description:
    'A repeat with the same key must find the first order, not replace it: what was decided in between would be forgotten, and the customer told a new deadline.',
  judge: ({ replicas, record }) => {
    const [items] = [...replicas.values()];
    const accepted = record.acceptedOrders;
    // An acceptance that died before it was counted makes the count too small, never too large.
    return {
      verdict: accepted <= items!.length ? 'pass' : 'fail',
      measured: `${accepted} acceptances counted`,
      bar: `at most one for each of the ${items!.length} items`,
    };
  },
};
