import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire } from '../may-fire';

/** A version of the workers that cannot even be loaded is deployed to the primary, and rolled back. */
export const badDeployment: GameDay = {
  name: 'bad-deployment',
  title: 'A bad version of the workers reaches one region',
  hypothesis:
    'When workers and sweeper of the primary crash at once, the standby takes their orders over, nothing is lost, and what became a dead letter is redriven when the version is rolled back.',
  blastRadius: 'Customers of the primary read EXPIRED until somebody evacuates it.',
  warmUpSeconds: 300,
  durationSeconds: 1080,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 0.1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    {
      fault: 'crash-functions',
      region: 'primary',
      services: ['fulfilment', 'sweeper'],
      share: 1,
      fromSeconds: 60,
      toSeconds: 420,
    },
  ],
  operatorSteps: [{ command: 'redrive', region: 'primary', atSeconds: 720 }],
  expectations: {
    checks: ['operator-commands-worked', ...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      { region: 'primary', alarm: 'fulfilment-errors', withinSeconds: 300 },
      { region: 'standby', alarm: 'order-latency', withinSeconds: 420 },
      { region: 'standby', alarm: 'orders-taken-over', withinSeconds: 300 },
      { region: 'primary', alarm: 'dead-letters', withinSeconds: 420 },
    ],
    mayFire: [
      ...mayFire(
        'primary',
        'work-queue-age',
        'decisions-at-risk',
        'peer-silent',
        'orders-taken-over',
        'order-latency',
        'concurrency-near-quota',
        'throttles',
        ...burnAlarms('decision'),
      ),
      ...mayFire('standby', 'peer-silent', 'stuck-orders', ...burnAlarms('decision')),
    ],
  },
};
