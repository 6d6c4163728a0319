import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

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
      { region: 'primary', alarm: 'requests-refused' },
      { region: 'standby', alarm: 'decision-burn-fast-long' },
      { region: 'standby', alarm: 'decision-burn-fast-short' },
      { region: 'standby', alarm: 'decision-burn-slow-long' },
      { region: 'standby', alarm: 'decision-burn-slow-short' },
      { region: 'standby', alarm: 'order-latency' },
      { region: 'primary', alarm: 'payment-latency' },
      { region: 'primary', alarm: 'order-latency' },
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
