import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire, refusalAlarms } from '../may-fire';

/** The provider takes a second and a half for every call. */
export const paymentSlow: GameDay = {
  name: 'payment-slow',
  title: 'The payment provider is slow',
  hypothesis:
    'When every call of the provider takes a second and a half more, tickets tell within 7 minutes, and every order is decided or expires as promised.',
  blastRadius: 'Customers wait; orders may expire.',
  warmUpSeconds: 300,
  durationSeconds: 720,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1.5, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [{ fault: 'fail-payments', answer: 'slow', delayMs: 1_500, share: 1, fromSeconds: 60, toSeconds: 480 }],
  expectations: {
    checks: [...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [{ region: 'primary', alarm: 'payment-latency', withinSeconds: 420 }],
    mayFire: [
      // Slower payments are less capacity: what is too much is refused, and what is admitted is quick enough.
      ...mayFire('primary', ...refusalAlarms()),
      ...mayFire(
        'primary',
        'order-latency',
        'payment-unknown',
        'work-queue-age',
        'stuck-orders',
        'orders-taken-over',
        ...burnAlarms('decision'),
      ),
      ...mayFire(
        'standby',
        'order-latency',
        'orders-taken-over',
        'payment-unknown',
        'stuck-orders',
        'payment-latency',
        ...burnAlarms('decision'),
      ),
    ],
  },
};
