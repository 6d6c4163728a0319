import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire } from '../may-fire';

/** A third of all requests of the primary fails and the rest is slow, while every health check is green. */
export const grayRegion: GameDay = {
  name: 'gray-region',
  title: 'The primary is gray: 30 % errors, slow but alive',
  hypothesis:
    'When 30 % of all requests to the primary fail and health checks stay green, the probe of the other region pages within 2 minutes, and no acknowledged order is lost or charged wrongly.',
  blastRadius: 'Callers of the primary, who repeat.',
  warmUpSeconds: 300,
  durationSeconds: 900,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    {
      fault: 'crash-functions',
      region: 'primary',
      services: ['intake', 'query'],
      share: 0.3,
      fromSeconds: 60,
      toSeconds: 600,
    },
    { fault: 'delay', region: 'primary', service: 'dynamodb', delayMs: 150, share: 1, fromSeconds: 60, toSeconds: 600 },
  ],
  expectations: {
    evacuationWithinSeconds: 180,
    checks: ['evacuated-automatically', ...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      { region: 'standby', alarm: 'peer-failing', withinSeconds: 150 },
      { region: 'standby', alarm: 'peer-lost', withinSeconds: 150 },
      { region: 'primary', alarm: 'intake-server-errors', withinSeconds: 300 },
      { region: 'primary', alarm: 'orders-at-risk', withinSeconds: 300 },
    ],
    mayFire: [
      ...mayFire('witness', 'primary-unseen'),
      ...mayFire('primary', 'intake-latency', 'evacuated', 'orders-too-low', ...burnAlarms('acceptance')),
      ...mayFire('standby', 'standby-serving', 'evacuated'),
      ...mayFire('routing', 'primary-health-check'),
    ],
  },
};
