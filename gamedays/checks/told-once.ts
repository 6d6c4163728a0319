import { isOutcome, type OrderStatus } from '../../blueprint/orders';
import { orderOutcomes } from '../order-outcomes';
import { none, type Check } from './check';

export const toldOnce: Check = {
  id: 'told-once',
  title: 'No outcome that a caller was told was another one later',
  failureTitle: 'Callers were told an outcome that did not stand',
  description:
    'A customer who has read that the order is confirmed packs their bag. An outcome is final from the first time that anybody reads it.',
  judge: (observations) => {
    const { statusByRegion } = orderOutcomes(observations);
    // Under a key that was used for two orders, the region that lost the payment learns only later that there is another.
    const told = observations.placedOrders.filter(
      ({ toldStatus, mistake }) => isOutcome((toldStatus ?? 'PENDING') as OrderStatus) && mistake === undefined,
    );
    const changed = told.flatMap(({ orderId, toldStatus }) => {
      const final = [...(statusByRegion.get(orderId!)?.values() ?? ['unknown'])];
      return final.every((status) => status === toldStatus)
        ? []
        : [`${orderId} was told to be ${toldStatus} and is ${final.join(' / ')}`];
    });
    return none(changed, `of ${told.length} outcomes told`);
  },
};
