import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { mayFire, refusalAlarms } from '../may-fire';

/** The primary falls into a black hole for five minutes, under load, and comes back with everything it had in flight. */
export const regionLoss: GameDay = {
  name: 'region-loss',
  title: 'The primary region is lost and returns',
  hypothesis:
    'When nothing crosses the border of the primary region any more, callers reach the standby within 45 seconds, and no acknowledged order is lost or charged wrongly, neither during the loss nor after the return.',
  blastRadius: 'Callers of the primary until DNS has moved; orders that were in flight at that instant may expire.',
  warmUpSeconds: 300,
  durationSeconds: 600,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 5, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [{ fault: 'isolate-region', region: 'primary', fromSeconds: 180, toSeconds: 480 }],
  expectations: {
    checks: [
      ...ORDER_PROMISES,
      'expired-only-in-flight',
      'recovery-time',
      'recovery-point',
      ...ALARMS_AS_EXPECTED,
      ...NO_RESIDUE,
    ],
    mustFire: [
      // The page is out within two minutes, by the probe and long before any metric of a service.
      { region: 'standby', alarm: 'peer-failing', withinSeconds: 120 },
      { region: 'standby', alarm: 'peer-lost', withinSeconds: 120 },
      { region: 'witness', alarm: 'primary-unseen', withinSeconds: 180 },
      { region: 'witness', alarm: 'region-unseen', withinSeconds: 180 },
      { region: 'standby', alarm: 'standby-serving', withinSeconds: 240 },
      { region: 'standby', alarm: 'traffic-moved', withinSeconds: 240 },
      { region: 'routing', alarm: 'primary-health-check', withinSeconds: 300 },
      { region: 'standby', alarm: 'peer-silent', withinSeconds: 360 },
    ],
    mayFire: [
      // Five a second are more than the four that the sandbox is built for, and all come at once when DNS has moved.
      ...mayFire('primary', ...refusalAlarms()),
      ...mayFire('standby', ...refusalAlarms()),
      // What was held back arrives late, and says so when it does.
      ...mayFire('primary', 'replication-lag'),
      ...mayFire('standby', 'replication-lag', 'evacuated', 'orders-taken-over'),
      ...mayFire(
        'primary',
        'evacuated',
        'peer-silent',
        'peer-failing',
        'orders-too-low',
        'stuck-orders',
        'orders-taken-over',
      ),
    ],
    recoveryTimeP99SecondsMax: 45,
  },
};
