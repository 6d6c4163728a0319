import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire } from '../may-fire';

/** The work queue of the primary does not answer for seven minutes. */
export const queueUnavailable: GameDay = {
  name: 'queue-unavailable',
  title: "The primary's work queue is unavailable",
  hypothesis:
    'When no message can be sent, every order that was not acknowledged is told so, what was made durable is settled by the sweeper, and the page is out within 4 minutes.',
  blastRadius: 'Callers of the primary until somebody evacuates it: the deep check does not look at the queue.',
  warmUpSeconds: 300,
  durationSeconds: 900,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    { fault: 'delay', region: 'primary', service: 'sqs', delayMs: 2_000, share: 1, fromSeconds: 60, toSeconds: 480 },
  ],
  expectations: {
    checks: [...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      { region: 'primary', alarm: 'intake-server-errors', withinSeconds: 300 },
      { region: 'primary', alarm: 'intake-latency', withinSeconds: 420 },
      { region: 'primary', alarm: 'orders-too-low', withinSeconds: 480 },
      { region: 'primary', alarm: 'orders-at-risk', withinSeconds: 300 },
    ],
    mayFire: [
      ...mayFire(
        'primary',
        'order-latency',
        'work-queue-age',
        'throttles',
        'concurrency-near-quota',
        'orders-taken-over',
        ...burnAlarms('acceptance'),
        ...burnAlarms('decision'),
      ),
      ...mayFire('standby', 'orders-taken-over'),
    ],
  },
};
