import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import { BURN_ALARMS } from '../../blueprint/burn-alarms';
import type { GameDay } from '../game-day';
import { givePriority } from '../give-priority';
import { burnAlarms, mayFire, refusalAlarms } from '../may-fire';

/** Seven and a half hours: for twenty minutes a third of all requests fails, then nothing is decided for ten. */
export const slowBurn: GameDay = {
  name: 'slow-burn',
  title: 'An error budget burns',
  hypothesis:
    'When requests fail for a while, and later decisions while every class is refused, both windows of both burn rates of each promise tell, and each clears when its hours are over.',
  blastRadius: 'The customers of the primary for half an hour.',
  warmUpSeconds: 300,
  durationSeconds: 27_000,
  convergenceSecondsMax: 600,
  sweepSeedsMax: 3,
  workload: { ordersPerSecond: 0.5, customerCount: 20, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    {
      fault: 'crash-functions',
      region: 'primary',
      services: ['intake'],
      share: 0.3,
      fromSeconds: 1_200,
      toSeconds: 2_400,
    },
    { fault: 'fail-payments', answer: 'down', share: 1, fromSeconds: 3_000, toSeconds: 3_600 },
    // The callers of game days place no bulk orders.
    {
      fault: 'inject-metric',
      region: 'primary',
      alarm: 'bulk-orders-refused',
      value: 5,
      fromSeconds: 3_000,
      toSeconds: 3_600,
    },
    // The charges of a month grow until it is over; the new one begins at nothing.
    { fault: 'inject-metric', region: 'routing', alarm: 'budget', value: 3000, fromSeconds: 1200, toSeconds: 1260 },
    { fault: 'inject-metric', region: 'routing', alarm: 'budget', value: 1, fromSeconds: 1260, toSeconds: 27_000 },
  ],
  operatorSteps: givePriority(5),
  expectations: {
    checks: ['operator-commands-worked', ...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      ...BURN_ALARMS.map(({ id }) => ({ region: 'primary' as const, alarm: id, withinSeconds: 3600 })),
      { region: 'primary', alarm: 'budget-burning', withinSeconds: 3600 },
      { region: 'routing', alarm: 'budget', withinSeconds: 3600 },
    ],
    mayFire: [
      ...mayFire(
        'primary',
        'intake-server-errors',
        ...refusalAlarms(),
        'bulk-orders-refused',
        'work-queue-age',
        'stuck-orders',
        'payment-unknown',
        'payment-latency',
        'order-latency',
        'orders-taken-over',
        'orders-too-low',
      ),
      ...mayFire(
        'standby',
        'order-latency',
        'peer-failing',
        'orders-taken-over',
        'stuck-orders',
        'payment-unknown',
        'payment-latency',
        ...burnAlarms('decision'),
      ),
      ...mayFire('witness', 'primary-unseen'),
    ],
  },
};
