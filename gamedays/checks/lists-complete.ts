import { mergedStatuses } from '../order-outcomes';
import type { Observations } from '../observations';
import type { CustomerList, ListedOrder } from '../workloads/order-lists';
import type { Check } from './check';

/** What is wrong with a list, in words. */
function* mistakesOf(list: CustomerList, expected: ReadonlyMap<string, string>): Generator<string> {
  const { region, customerId, orders, failedWith } = list;
  const told = `${customerId} in ${region}`;
  if (failedWith !== undefined) yield `The list of ${told} ended with ${failedWith}.`;
  const listed = new Map<string, ListedOrder>();
  for (const order of orders) {
    if (listed.has(order.orderId)) yield `The list of ${told} shows ${order.orderId} twice.`;
    listed.set(order.orderId, order);
  }
  for (const [orderId, status] of expected) {
    const shown = listed.get(orderId)?.status ?? 'missing';
    if (shown !== status) yield `The list of ${told} shows ${orderId} as ${shown}: it is ${status}.`;
  }
  for (const orderId of listed.keys()) {
    if (!expected.has(orderId)) yield `The list of ${told} shows ${orderId}, which is not theirs.`;
  }
}

export const listsComplete: Check = {
  id: 'lists-complete',
  title: "Each customer's list holds their orders, each once and with its outcome, in both regions",
  failureTitle: 'Lists of orders are not what the orders table says',
  description:
    'Whoever sees an order twice, or not at all, orders again or calls. After healing both regions must show the same, whoever accepted the order.',
  judge: ({ orderLists = [], replicas }: Observations) => {
    const mistakes = orderLists.flatMap((list) => {
      const items = (replicas.get(list.region) ?? []).filter(({ customerId }) => customerId === list.customerId);
      return [...mistakesOf(list, mergedStatuses(items))];
    });
    const orders = orderLists.reduce((sum, list) => sum + list.orders.length, 0);
    const pages = orderLists.reduce((sum, list) => sum + list.pages, 0);
    return {
      // Lists that nobody has read, or that were all short, prove nothing.
      verdict: mistakes.length === 0 && pages > orderLists.length ? 'pass' : 'fail',
      measured: `${mistakes.length} mistakes in ${orderLists.length} lists of ${orders} orders, on ${pages} pages`,
      bar: '0 mistakes, in lists of several pages',
      details: mistakes,
    };
  },
};
