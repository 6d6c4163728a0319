import { orderOutcomes } from '../order-outcomes';
import { none, type Check } from './check';

export const chargedExactlyWhenConfirmed: Check = {
  id: 'charged-exactly-when-confirmed',
  title: 'Every confirmed order was charged once, and no other order was charged',
  failureTitle: 'Customers were charged wrongly',
  description:
    'Money is where two regions that disagree hurt a customer: a second charge, a charge for an order that was called expired, or goods without a charge.',
  judge: (observations) => {
    const { charges, statusByRegion } = orderOutcomes(observations);
    const wrong: string[] = [];
    for (const [orderId, count] of charges) {
      if (count > 1) wrong.push(`${orderId} was charged ${count} times`);
      const statuses = [...(statusByRegion.get(orderId)?.values() ?? ['unknown'])];
      if (!statuses.every((status) => status === 'CONFIRMED'))
        wrong.push(`${orderId} was charged and is ${statuses.join(' / ')}`);
    }
    for (const [orderId, statuses] of statusByRegion) {
      if ([...statuses.values()].includes('CONFIRMED') && !charges.has(orderId)) {
        wrong.push(`${orderId} is confirmed and was never charged`);
      }
    }
    return none(wrong, 'wrong charges');
  },
};
