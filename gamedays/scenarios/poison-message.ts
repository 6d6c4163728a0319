import { ALARMS_AS_EXPECTED, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** A message that nobody can work ends in the dead-letter queue, and somebody is told. */
export const poisonMessage: GameDay = {
  name: 'poison-message',
  title: 'A message that no worker can read',
  hypothesis:
    'When a message cannot be read, it is put aside after twenty receives and told within 6 minutes, and no order waits for it.',
  blastRadius: 'Nobody: an order is worked from the table when its message is lost.',
  warmUpSeconds: 300,
  durationSeconds: 600,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 0.5, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [{ fault: 'poison-message', region: 'primary', fromSeconds: 10, toSeconds: 590 }],
  expectations: {
    checks: [
      ...ORDER_PROMISES,
      'nothing-expired',
      ...ALARMS_AS_EXPECTED,
      'no-access-denied',
      'declared-connections',
      'converged',
    ],
    mustFire: [{ region: 'primary', alarm: 'dead-letters', withinSeconds: 360 }],
    mayFire: [],
  },
};
