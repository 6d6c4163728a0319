import { isDoneInTime } from '../calm';
import { livedOrders } from '../lived-orders';
import { isPriorityCustomer } from '../workloads/order-workload';
import type { Check } from './check';

export const importantOrdersFirst: Check = {
  id: 'important-orders-first',
  title: 'Customers with a priority plan were served although others had to be refused',
  failureTitle: 'Customers with a priority plan suffered for the load of others',
  description:
    'When not everybody can be served, chance must not decide who is: a region that treats all alike fails its most important customers most of all, since everybody fails.',
  judge: (observations) => {
    const { importantShareMin } = observations.gameDay.expectations;
    const orders = livedOrders(observations);
    const shareOf = (isPriority: boolean): number => {
      const some = orders.filter(({ placed }) => isPriorityCustomer(placed.customerId) === isPriority);
      return some.length === 0 ? 0 : some.filter(isDoneInTime).length / some.length;
    };
    const [important, others] = [shareOf(true), shareOf(false)];
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
    return {
      // Where everybody is served nothing is shown.
      verdict: important >= importantShareMin! && others < important ? 'pass' : 'fail',
      measured: `${percent(important)} of the priority orders done in time, ${percent(others)} of the others`,
      bar: `at least ${percent(importantShareMin!)}, and fewer of the others`,
    };
  },
};
