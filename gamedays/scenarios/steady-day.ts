import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** A day in which nothing is wrong. What cries here cries wolf. */
export const steadyDay: GameDay = {
  name: 'steady-day',
  title: 'Twenty-four hours of an ordinary day',
  hypothesis: 'While nothing is wrong for a day no alarm fires and no request fails.',
  blastRadius: 'The person on call, who learns to ignore what fires without cause.',
  warmUpSeconds: 300,
  durationSeconds: 86400,
  convergenceSecondsMax: 300,
  sweepSeedsMax: 3,
  workload: { ordersPerSecond: 0.5, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [],
  expectations: {
    checks: [...ORDER_PROMISES, 'nothing-expired', 'no-request-failed', ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [],
    mayFire: [],
  },
};
