import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

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
      { region: 'primary', alarm: 'requests-refused' },
      { region: 'primary', alarm: 'order-latency' },
      { region: 'standby', alarm: 'decision-burn-fast-long' },
      { region: 'standby', alarm: 'decision-burn-fast-short' },
      { region: 'standby', alarm: 'decision-burn-slow-long' },
      { region: 'standby', alarm: 'decision-burn-slow-short' },
      { region: 'standby', alarm: 'order-latency' },
      { region: 'primary', alarm: 'payment-unknown' },
      { region: 'primary', alarm: 'work-queue-age' },
      { region: 'primary', alarm: 'stuck-orders' },
      { region: 'primary', alarm: 'decision-burn-fast-long' },
      { region: 'primary', alarm: 'decision-burn-fast-short' },
      { region: 'primary', alarm: 'decision-burn-slow-long' },
      { region: 'primary', alarm: 'decision-burn-slow-short' },
      { region: 'primary', alarm: 'orders-taken-over' },
      { region: 'standby', alarm: 'orders-taken-over' },
      { region: 'standby', alarm: 'payment-unknown' },
      { region: 'standby', alarm: 'stuck-orders' },
      { region: 'standby', alarm: 'payment-latency' },
    ],
  },
};
