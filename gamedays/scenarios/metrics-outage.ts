import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** CloudWatch takes in nothing, first in the primary, then in the witness region. */
export const metricsOutage: GameDay = {
  name: 'metrics-outage',
  title: 'Metrics are lost',
  hypothesis: 'When CloudWatch takes in no metrics, silence itself is told, and no order notices.',
  blastRadius: 'The person on call, who sees less.',
  warmUpSeconds: 300,
  durationSeconds: 900,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    { fault: 'lose-metrics', region: 'primary', fromSeconds: 60, toSeconds: 360 },
    { fault: 'lose-metrics', region: 'witness', fromSeconds: 420, toSeconds: 720 },
  ],
  expectations: {
    checks: [
      'nothing-evacuated',
      ...ORDER_PROMISES.filter((id) => id !== 'accepted-once'),
      'nothing-expired',
      ...ALARMS_AS_EXPECTED,
      ...NO_RESIDUE,
    ],
    mustFire: [
      { region: 'primary', alarm: 'peer-silent', withinSeconds: 360 },
      { region: 'witness', alarm: 'observer-silent', withinSeconds: 760 },
      { region: 'witness', alarm: 'region-unseen', withinSeconds: 760 },
    ],
    mayFire: [
      { region: 'primary', alarm: 'peer-failing' },
      { region: 'primary', alarm: 'orders-too-low' },
      { region: 'witness', alarm: 'observer-silent' },
    ],
  },
};
