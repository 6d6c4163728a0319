import type { Observations } from '../observations';
import { orderOutcomes } from '../order-outcomes';
import { none, type Check } from './check';

/** Health checks, caches of DNS and what has piled up in the queues have so long. */
const RECOVERY_SECONDS = 35;

export const servedAfterHealing: Check = {
  id: 'served-after-healing',
  title: 'Once everything had healed, every new order was acknowledged and decided in time',
  failureTitle: 'Orders that began after everything had healed suffered all the same',
  description:
    'A system can stay broken after the cause has gone: a breaker that stays open, a margin that has grown and never shrinks, a backlog that feeds itself. What comes after the fault must be as if there had been none.',
  judge: (observations) => {
    const { statusByRegion } = orderOutcomes(observations);
    const orders = ordersAfterHealing(observations);
    const suffered = orders.flatMap(({ idempotencyKey, orderId }) => {
      if (orderId === undefined) return [`${idempotencyKey} was not acknowledged`];
      const isExpired = [...(statusByRegion.get(orderId)?.values() ?? [])].includes('EXPIRED');
      return isExpired ? [`${orderId} expired`] : [];
    });
    return none(suffered, `of ${orders.length} orders after healing`);
  },
};

function ordersAfterHealing({ placedOrders, gameDay, startEpochMs }: Observations): Observations['placedOrders'] {
  const healedSeconds = Math.max(0, ...gameDay.faults.map((step) => step.toSeconds + RECOVERY_SECONDS));
  const fromMs = startEpochMs + healedSeconds * 1_000;
  return placedOrders.filter((order) => order.firstAttemptMs >= fromMs && order.mistake !== 'invalid-order');
}
