import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** Two people evacuate a region each, by hand and past the guards, which refuse to get there. */
export const bothSwitchesSet: GameDay = {
  name: 'both-switches-set',
  title: 'Both regions are evacuated at once',
  hypothesis:
    'When both switches are set no record is healthy, Route 53 answers as if all were, and nothing stops: callers stay where they are.',
  blastRadius: 'None while both regions are well; nothing is protected either.',
  warmUpSeconds: 120,
  durationSeconds: 300,
  convergenceSecondsMax: 300,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [],
  // The standby first, and the primary first on the way back: in between, nobody is sent anywhere.
  operatorSteps: [
    { command: 'set-switch', region: 'standby', isEvacuated: true, atSeconds: 30 },
    { command: 'set-switch', region: 'primary', isEvacuated: true, atSeconds: 60 },
    { command: 'set-switch', region: 'primary', isEvacuated: false, atSeconds: 180 },
    { command: 'set-switch', region: 'standby', isEvacuated: false, atSeconds: 220 },
  ],
  expectations: {
    checks: [
      'dns-follows-the-operator',
      'operator-commands-worked',
      'no-request-failed',
      ...ORDER_PROMISES,
      'nothing-expired',
      ...ALARMS_AS_EXPECTED,
      ...NO_RESIDUE,
    ],
    // Nobody is hurt, and somebody must hear of it all the same. Counted from the start of the day: there is no fault.
    mustFire: [
      { region: 'primary', alarm: 'evacuated', withinSeconds: 180 },
      { region: 'standby', alarm: 'evacuated', withinSeconds: 240 },
    ],
    mayFire: [
      { region: 'routing', alarm: 'primary-health-check' },
      { region: 'routing', alarm: 'standby-health-check' },
      { region: 'standby', alarm: 'traffic-moved' },
      { region: 'primary', alarm: 'traffic-moved' },
    ],
  },
};
