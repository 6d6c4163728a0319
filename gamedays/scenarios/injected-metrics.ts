import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire } from '../may-fire';

/** What only AWS, an account or a person can cause: the metrics say that it happens. */
export const injectedMetrics: GameDay = {
  name: 'injected-metrics',
  title: 'Limits, certificates and maintenance',
  hypothesis:
    'When quotas run out, a path leaks, a certificate ages or maintenance is declared, the ticket comes, and goes when the cause is gone.',
  blastRadius: 'Nobody: only metrics are told otherwise.',
  warmUpSeconds: 300,
  durationSeconds: 780,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    { fault: 'inject-metric', region: 'primary', alarm: 'throttles', value: 20, fromSeconds: 60, toSeconds: 360 },
    {
      fault: 'inject-metric',
      region: 'primary',
      alarm: 'concurrency-near-quota',
      value: 1000,
      fromSeconds: 60,
      toSeconds: 360,
    },
    {
      fault: 'inject-metric',
      region: 'primary',
      alarm: 'health-requests',
      value: 500,
      fromSeconds: 60,
      toSeconds: 360,
    },
    {
      fault: 'inject-metric',
      region: 'primary',
      alarm: 'certificate-expiry',
      value: 10,
      healedValue: 390,
      fromSeconds: 60,
      toSeconds: 360,
    },
    // SQS leaves messages out that were received three times, and a healthy queue is never that old.
    { fault: 'inject-metric', region: 'primary', alarm: 'work-queue-age', value: 60, fromSeconds: 60, toSeconds: 360 },
    // The callers of game days place no bulk orders.
    {
      fault: 'inject-metric',
      region: 'primary',
      alarm: 'bulk-orders-refused',
      value: 20,
      fromSeconds: 60,
      toSeconds: 360,
    },
    { fault: 'inject-metric', region: 'primary', alarm: 'maintenance', value: 1, fromSeconds: 60, toSeconds: 360 },
  ],
  expectations: {
    checks: [...ORDER_PROMISES, 'nothing-expired', 'no-request-failed', ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      { region: 'primary', alarm: 'throttles', withinSeconds: 300 },
      { region: 'primary', alarm: 'concurrency-near-quota', withinSeconds: 420 },
      { region: 'primary', alarm: 'health-requests', withinSeconds: 300 },
      { region: 'primary', alarm: 'certificate-expiry', withinSeconds: 300 },
      { region: 'primary', alarm: 'work-queue-age', withinSeconds: 300 },
      { region: 'primary', alarm: 'bulk-orders-refused', withinSeconds: 420 },
      { region: 'primary', alarm: 'maintenance', withinSeconds: 180 },
    ],
    mayFire: mayFire(
      'primary',
      'decisions-at-risk',
      // What is refused burns the budget of its class.
      'budget-burning',
      ...burnAlarms('bulk-acceptance'),
    ),
  },
};
