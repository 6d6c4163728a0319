import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** A customer's plan is changed while the region that reads it hears nothing of the region that writes it. */
export const stalePlans: GameDay = {
  name: 'stale-plans',
  title: "Customers' plans change while replication is paused",
  hypothesis:
    'When plans are changed in their writer region and replication to the other one is paused, that one goes on with the old plans, no order fails or waits for it, and both agree again a minute after the pause.',
  blastRadius: 'Customers whose plan is new: in the other region they are treated by their old one meanwhile.',
  warmUpSeconds: 180,
  durationSeconds: 480,
  convergenceSecondsMax: 300,
  // Few customers, so that each of them orders often enough to see what becomes of a plan; all of them in both regions.
  workload: {
    ordersPerSecond: 1.5,
    customerCount: 12,
    declinedShare: 0.02,
    readShare: 0,
    readAfterSeconds: 3,
    twinShare: 1,
  },
  faults: [{ fault: 'pause-replication', from: 'primary', fromSeconds: 60, toSeconds: 240 }],
  operatorSteps: [
    { command: 'set-plan', customerId: 'customer-3', plan: 'priority', atSeconds: 30 },
    { command: 'set-plan', customerId: 'customer-7', plan: 'priority', atSeconds: 90 },
    { command: 'set-plan', customerId: 'customer-9', plan: 'priority', atSeconds: 120 },
  ],
  expectations: {
    checks: [
      'plans-follow-the-writer',
      'operator-commands-worked',
      'no-request-failed',
      ...ORDER_PROMISES,
      'nothing-expired',
      ...ALARMS_AS_EXPECTED,
      ...NO_RESIDUE,
    ],
    mustFire: [],
    mayFire: [
      { region: 'standby', alarm: 'standby-serving' },
      // Silent for three minutes is silent: nobody can tell a pause of replication from a lost region by it.
      { region: 'standby', alarm: 'peer-silent' },
    ],
  },
};
