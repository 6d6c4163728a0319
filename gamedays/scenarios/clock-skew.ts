import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire } from '../may-fire';

const latePayments = [
  'payment-unknown',
  'payment-latency',
  'order-latency',
  'orders-taken-over',
  ...burnAlarms('decision'),
  // A late payment holds one of the region's two workers for three seconds, and what they cannot take is refused.
  ...burnAlarms('normal-acceptance'),
];

/** The clocks of the primary are two seconds fast while both regions take the same orders, and some payments are late. */
export const clockSkew: GameDay = {
  name: 'clock-skew',
  title: "The primary's clocks are fast",
  hypothesis:
    'When the clocks of one region are wrong by the two seconds that the system is built for, no order is taken over from an owner who still works on it: each has one outcome and is charged exactly when it is CONFIRMED.',
  blastRadius: 'Customers of orders that expire two seconds early.',
  warmUpSeconds: 300,
  durationSeconds: 480,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3, twinShare: 0.5 },
  faults: [
    { fault: 'skew-clock', region: 'primary', skewMs: 2_000, fromSeconds: 60, toSeconds: 360 },
    // Some calls are late, so that deadlines pass while an attempt is under way.
    { fault: 'fail-payments', answer: 'slow', share: 0.05, delayMs: 3_000, fromSeconds: 120, toSeconds: 300 },
  ],
  expectations: {
    checks: ['nothing-evacuated', ...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [],
    mayFire: [...mayFire('primary', ...latePayments), ...mayFire('standby', ...latePayments, 'standby-serving')],
  },
};
