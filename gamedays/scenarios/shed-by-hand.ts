import { NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** Nothing is wrong that the regulator could see, and a person closes half of the primary for a minute. */
export const shedByHand: GameDay = {
  name: 'shed-by-hand',
  title: 'A person closes a region to half of its customers for a minute',
  hypothesis:
    'When the operator overrides the regulator, the same half of the customers is refused within seconds and at every repeat, nothing is lost, DNS stays, and the override ends by itself.',
  blastRadius: 'The customers of the closed cohorts, for a minute.',
  warmUpSeconds: 60,
  durationSeconds: 150,
  convergenceSecondsMax: 300,
  // When the override ends, those who were refused come back all at once: more would be for the regulator to shed.
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [],
  operatorSteps: [{ command: 'set-shed', region: 'primary', open: [1, 0.5, 0], minutes: 1, atSeconds: 30 }],
  expectations: {
    checks: [
      'override-followed',
      'operator-commands-worked',
      ...ORDER_PROMISES,
      'nothing-expired',
      'dns-stood-still',
      ...NO_RESIDUE,
    ],
    mustFire: [],
    mayFire: [],
  },
};
