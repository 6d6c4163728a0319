import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { mayFire } from '../may-fire';

/** The primary is evacuated, and callers keep what DNS told them before for five minutes. */
export const staleDnsClients: GameDay = {
  name: 'stale-dns-clients',
  title: 'Callers do not honour the time to live of DNS',
  hypothesis:
    'When the primary is evacuated and callers go on to call it for five minutes, since they keep what DNS has told them, it goes on to serve them: no request fails and no order is lost.',
  blastRadius: 'Callers that keep answers of DNS too long.',
  warmUpSeconds: 300,
  durationSeconds: 480,
  convergenceSecondsMax: 300,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3, dnsPinSeconds: 300 },
  faults: [],
  operatorSteps: [{ command: 'evacuate', region: 'primary', atSeconds: 60 }],
  expectations: {
    checks: [
      'operator-commands-worked',
      'no-request-failed',
      ...ORDER_PROMISES,
      'nothing-expired',
      ...ALARMS_AS_EXPECTED,
      ...NO_RESIDUE,
    ],
    mustFire: [{ region: 'standby', alarm: 'standby-serving', withinSeconds: 480 }],
    mayFire: [
      ...mayFire('primary', 'evacuated'),
      ...mayFire('standby', 'evacuated'),
      ...mayFire('routing', 'primary-health-check'),
    ],
  },
};
