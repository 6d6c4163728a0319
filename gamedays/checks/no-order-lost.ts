import { orderOutcomes } from '../order-outcomes';
import { none, type Check } from './check';

export const noOrderLost: Check = {
  id: 'no-order-lost',
  title: 'Every acknowledged order has an outcome',
  failureTitle: 'Acknowledged orders were lost',
  description:
    'An acknowledgement is a promise: the order will be confirmed, rejected or expired. One that stays open after everything has healed is lost, and nobody will ever tell the customer.',
  judge: (observations) => {
    const { acknowledged, statusByRegion } = orderOutcomes(observations);
    const lost = [...acknowledged].filter((orderId) => {
      const statuses = [...(statusByRegion.get(orderId)?.values() ?? [])];
      return statuses.length === 0 || statuses.includes('PENDING');
    });
    return none(lost, `of ${acknowledged.size} acknowledged orders without an outcome`);
  },
};
