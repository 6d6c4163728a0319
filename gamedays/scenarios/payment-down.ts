import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { givePriority } from '../give-priority';
import { burnAlarms, mayFire, refusalAlarms } from '../may-fire';

/** The provider answers 503 for eight minutes. */
export const paymentDown: GameDay = {
  name: 'payment-down',
  title: 'The payment provider is down',
  hypothesis:
    'When the provider is down, orders stay open, nobody is charged twice, and everything is settled once it is back.',
  blastRadius: 'Customers read PENDING, then EXPIRED.',
  warmUpSeconds: 300,
  durationSeconds: 1080,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, customerCount: 20, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [{ fault: 'fail-payments', answer: 'down', share: 1, fromSeconds: 60, toSeconds: 540 }],
  operatorSteps: givePriority(5),
  expectations: {
    checks: ['operator-commands-worked', ...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      // While the breaker is open an order is let in now and then, and the others are refused.
      { region: 'primary', alarm: 'requests-refused', withinSeconds: 240 },
      { region: 'primary', alarm: 'normal-orders-refused', withinSeconds: 240 },
      { region: 'primary', alarm: 'critical-orders-refused', withinSeconds: 240 },
      { region: 'primary', alarm: 'payment-unknown', withinSeconds: 240 },
      { region: 'primary', alarm: 'payment-breaker', withinSeconds: 300 },
      { region: 'primary', alarm: 'stuck-orders', withinSeconds: 480 },
      { region: 'primary', alarm: 'decisions-at-risk', withinSeconds: 480 },
    ],
    mayFire: [
      ...mayFire(
        'primary',
        ...refusalAlarms(),
        'orders-too-low',
        'orders-at-risk',
        'payment-latency',
        'order-latency',
        'work-queue-age',
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
