import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** The orders table does not replicate for four minutes. */
export const replicationPaused: GameDay = {
  name: 'replication-paused',
  title: 'Replication is paused',
  hypothesis:
    'When the orders table does not replicate, each region goes on alone, the other is told to be silent, and both hold the same afterwards.',
  blastRadius: 'Callers who read in the other region, which nobody does in calm.',
  warmUpSeconds: 300,
  durationSeconds: 720,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [{ fault: 'pause-replication', from: 'both', fromSeconds: 60, toSeconds: 300 }],
  expectations: {
    checks: ['nothing-evacuated', ...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      { region: 'primary', alarm: 'replication-lag', withinSeconds: 420 },
      { region: 'standby', alarm: 'peer-silent', withinSeconds: 300 },
    ],
    mayFire: [
      { region: 'primary', alarm: 'peer-silent' },
      { region: 'standby', alarm: 'replication-lag' },
      { region: 'standby', alarm: 'orders-taken-over' },
      { region: 'primary', alarm: 'orders-taken-over' },
    ],
  },
};
