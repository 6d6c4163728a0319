import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { mayFire } from '../may-fire';

/** The standby is lost, which no customer notices. */
export const standbyLoss: GameDay = {
  name: 'standby-loss',
  title: 'The standby region is lost and returns',
  hypothesis:
    'When the standby is lost, no request fails, and the primary and the observer tell that there is no second region within 4 minutes.',
  blastRadius: 'Nobody, until the next failure.',
  warmUpSeconds: 300,
  durationSeconds: 600,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [{ fault: 'isolate-region', region: 'standby', fromSeconds: 60, toSeconds: 300 }],
  expectations: {
    checks: [
      'nothing-evacuated',
      ...ORDER_PROMISES,
      'nothing-expired',
      'no-request-failed',
      ...ALARMS_AS_EXPECTED,
      ...NO_RESIDUE,
    ],
    mustFire: [
      { region: 'witness', alarm: 'standby-unseen', withinSeconds: 180 },
      { region: 'routing', alarm: 'standby-health-check', withinSeconds: 300 },
      { region: 'primary', alarm: 'peer-failing', withinSeconds: 240 },
      { region: 'primary', alarm: 'peer-lost', withinSeconds: 240 },
    ],
    mayFire: [
      // What was held back arrives late, and says so when it does.
      ...mayFire('primary', 'replication-lag'),
      ...mayFire('standby', 'replication-lag', 'peer-silent', 'peer-failing', 'orders-taken-over'),
      // An order that was under way when the region was cut off stays undecided there, and the provider is out of its reach.
      ...mayFire('standby', 'stuck-orders'),
      ...mayFire('primary', 'peer-silent', 'orders-taken-over'),
    ],
  },
};
