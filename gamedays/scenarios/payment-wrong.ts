import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire, refusalAlarms } from '../may-fire';

/** Half of the answers of the provider make no sense, after it has charged. */
export const paymentWrong: GameDay = {
  name: 'payment-wrong',
  title: 'The payment provider answers nonsense',
  hypothesis:
    'When the provider charges and answers what makes no sense, the next answer under the same key brings the order to its one outcome.',
  blastRadius: 'Customers wait for their outcome.',
  warmUpSeconds: 300,
  durationSeconds: 600,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [{ fault: 'fail-payments', answer: 'executed-and-nonsense', share: 0.5, fromSeconds: 60, toSeconds: 300 }],
  expectations: {
    checks: [...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [{ region: 'primary', alarm: 'payment-unknown', withinSeconds: 240 }],
    mayFire: [
      // The workers' breaker may open, and close again with the next answer.
      ...mayFire('primary', ...refusalAlarms()),
      ...mayFire(
        'standby',
        'order-latency',
        'orders-taken-over',
        'payment-unknown',
        'stuck-orders',
        'payment-latency',
        ...burnAlarms('decision'),
      ),
      ...mayFire(
        'primary',
        'payment-latency',
        'order-latency',
        'work-queue-age',
        'stuck-orders',
        'orders-taken-over',
        ...burnAlarms('decision'),
      ),
    ],
  },
};
