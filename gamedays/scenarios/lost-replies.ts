import { NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** Two minutes in which a fifth of all replies around the primary is lost after the request has taken effect. */
export const lostReplies: GameDay = {
  name: 'lost-replies',
  title: 'A fifth of all replies is lost',
  hypothesis:
    'When requests are executed and their replies are lost, retries bring every order to its one outcome: none is accepted, charged or expired for want of an answer.',
  blastRadius: 'Callers wait longer; nobody is told anything wrong.',
  warmUpSeconds: 180,
  durationSeconds: 240,
  convergenceSecondsMax: 300,
  // A worker waits three seconds for a lost answer of the provider, and a sandbox has two of them: faster callers than these
  // would measure its capacity, and not what becomes of a lost reply.
  workload: { ordersPerSecond: 0.6, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [{ fault: 'lose-replies', region: 'primary', share: 0.2, fromSeconds: 60, toSeconds: 180 }],
  expectations: {
    checks: [...ORDER_PROMISES, 'nothing-expired', ...NO_RESIDUE],
    mustFire: [],
    mayFire: [],
  },
};
