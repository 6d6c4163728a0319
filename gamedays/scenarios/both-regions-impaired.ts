import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire } from '../may-fire';

/** Two of five requests fail in both regions at once: there is nowhere to go. */
export const bothRegionsImpaired: GameDay = {
  name: 'both-regions-impaired',
  title: 'Both regions are gray at once',
  settings: { 'tandem:automation': 'on' },
  hypothesis:
    'When both regions fail two of five requests, people are paged in both, nothing evacuates one sick region into the other, and no acknowledged order is lost or charged wrongly.',
  blastRadius: 'All callers, who repeat.',
  warmUpSeconds: 300,
  durationSeconds: 600,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: (['primary', 'standby'] as const).map((region) => ({
    fault: 'crash-functions',
    region,
    services: ['intake', 'query'],
    share: 0.4,
    fromSeconds: 60,
    toSeconds: 360,
  })),
  expectations: {
    checks: ['nothing-evacuated', 'dns-stood-still', ...ORDER_PROMISES, ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      { region: 'standby', alarm: 'peer-failing', withinSeconds: 150 },
      { region: 'primary', alarm: 'intake-server-errors', withinSeconds: 300 },
      { region: 'primary', alarm: 'orders-at-risk', withinSeconds: 300 },
    ],
    mayFire: [
      ...mayFire('witness', 'primary-unseen', 'standby-unseen'),
      ...mayFire('primary', 'peer-failing', 'intake-latency', ...burnAlarms('acceptance')),
      ...mayFire('standby', 'intake-server-errors', ...burnAlarms('acceptance')),
    ],
  },
};
