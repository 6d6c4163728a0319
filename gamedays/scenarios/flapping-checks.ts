import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { FaultStep, GameDay } from '../game-day';
import { mayFire } from '../may-fire';

/** Each time long enough for DNS to move, and gone before anybody has looked into it. */
const FLAP_SECONDS = 60;
const FLAPS_AT_SECONDS = [60, 180, 300, 420];

const flap = (fromSeconds: number): FaultStep => ({
  fault: 'partition-checkers',
  region: 'primary',
  checkerRegions: 3,
  fromSeconds,
  toSeconds: fromSeconds + FLAP_SECONDS,
});

/** The checkers lose and find a primary that is well, four times in eight minutes, and the responder is on. */
export const flappingChecks: GameDay = {
  name: 'flapping-checks',
  title: 'The health checks of the primary flap',
  hypothesis:
    'When the checkers lose and find a primary that is well, again and again, each caller is served by the region that DNS names, no order expires, and the responder evacuates nothing.',
  blastRadius: 'Nobody waits; callers change the region every minute, and the person on call is told.',
  settings: { 'tandem:automation': 'on' },
  warmUpSeconds: 300,
  durationSeconds: 660,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: FLAPS_AT_SECONDS.map(flap),
  expectations: {
    checks: [
      'nothing-evacuated',
      ...ORDER_PROMISES,
      'nothing-expired',
      'served-after-healing',
      ...ALARMS_AS_EXPECTED,
      ...NO_RESIDUE,
    ],
    // What shows that callers were moved at all.
    mustFire: [
      { region: 'routing', alarm: 'primary-health-check', withinSeconds: 300 },
      { region: 'standby', alarm: 'standby-serving', withinSeconds: 240 },
    ],
    mayFire: [...mayFire('standby', 'traffic-moved')],
  },
};
