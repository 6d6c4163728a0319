import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire, refusalAlarms } from '../may-fire';

/** Far more orders than the public API lets through, for three minutes. */
export const trafficFlood: GameDay = {
  name: 'traffic-flood',
  title: 'A flood of orders meets the fence',
  hypothesis:
    'When more comes than the fence lets through, what is refused is told as refusals, and the region is not taken for sick.',
  blastRadius: 'The callers that are refused.',
  // Route 53 tells minutes late that a new check was unhealthy until it had been asked.
  warmUpSeconds: 300,
  durationSeconds: 420,
  convergenceSecondsMax: 900,
  sweepSeedsMax: 3,
  workload: { ordersPerSecond: 30, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [],
  expectations: {
    checks: [...ORDER_PROMISES, 'dns-stood-still', ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [{ region: 'primary', alarm: 'requests-refused', withinSeconds: 300 }],
    mayFire: [
      ...mayFire(
        'primary',
        ...refusalAlarms(),
        'intake-server-errors',
        'throttles',
        'concurrency-near-quota',
        'order-latency',
        'work-queue-age',
        'intake-latency',
        'stuck-orders',
        'orders-taken-over',
        'fulfilment-errors',
        ...burnAlarms('acceptance'),
        ...burnAlarms('decision'),
      ),
      ...mayFire('standby', 'orders-taken-over', 'peer-failing'),
      ...mayFire('witness', 'primary-unseen'),
    ],
  },
};
