import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** The runbook's commands, on a quiet day: the primary is evacuated under load, and taken back. */
export const evacuationDrill: GameDay = {
  name: 'evacuation-drill',
  title: 'The primary is evacuated and taken back',
  hypothesis:
    'When the operator evacuates the primary with the command of the runbook and takes it back, no request fails, no order is lost and none expires.',
  blastRadius: 'None, which is what the drill is to show.',
  warmUpSeconds: 300,
  durationSeconds: 480,
  convergenceSecondsMax: 300,
  workload: { ordersPerSecond: 2, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [],
  operatorSteps: [
    { command: 'evacuate', region: 'primary', atSeconds: 60 },
    { command: 'failback', region: 'primary', atSeconds: 300, forceReason: 'This is a drill.' },
  ],
  expectations: {
    checks: [
      'operator-commands-worked',
      'no-request-failed',
      ...ORDER_PROMISES,
      'nothing-expired',
      ...ALARMS_AS_EXPECTED,
      ...NO_RESIDUE,
    ],
    mustFire: [
      { region: 'standby', alarm: 'evacuated', withinSeconds: 240 },
      { region: 'standby', alarm: 'standby-serving', withinSeconds: 300 },
    ],
    mayFire: [
      { region: 'primary', alarm: 'evacuated' },
      { region: 'routing', alarm: 'primary-health-check' },
    ],
  },
};
