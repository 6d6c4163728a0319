import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** Far more orders than the public API lets through, for three minutes. */
export const trafficFlood: GameDay = {
  name: 'traffic-flood',
  title: 'A flood of orders meets the fence',
  hypothesis:
    'When more comes than the fence lets through, what is refused is told as refusals, and the region is not taken for sick.',
  blastRadius: 'The callers that are refused.',
  warmUpSeconds: 120,
  durationSeconds: 420,
  convergenceSecondsMax: 900,
  workload: { ordersPerSecond: 30, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [],
  expectations: {
    checks: [...ORDER_PROMISES, 'dns-stood-still', ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [{ region: 'primary', alarm: 'requests-refused', withinSeconds: 300 }],
    mayFire: [
      { region: 'primary', alarm: 'intake-server-errors' },
      { region: 'primary', alarm: 'throttles' },
      { region: 'primary', alarm: 'concurrency-near-quota' },
      { region: 'primary', alarm: 'order-latency' },
      { region: 'primary', alarm: 'work-queue-age' },
      { region: 'primary', alarm: 'decision-burn-fast-long' },
      { region: 'primary', alarm: 'decision-burn-fast-short' },
      { region: 'primary', alarm: 'decision-burn-slow-long' },
      { region: 'primary', alarm: 'decision-burn-slow-short' },
      { region: 'primary', alarm: 'intake-latency' },
      { region: 'primary', alarm: 'stuck-orders' },
      { region: 'standby', alarm: 'orders-taken-over' },
      { region: 'primary', alarm: 'orders-taken-over' },
      { region: 'primary', alarm: 'acceptance-burn-fast-long' },
      { region: 'primary', alarm: 'acceptance-burn-fast-short' },
      { region: 'primary', alarm: 'acceptance-burn-slow-long' },
      { region: 'primary', alarm: 'acceptance-burn-slow-short' },
      { region: 'standby', alarm: 'peer-failing' },
      { region: 'witness', alarm: 'primary-unseen' },
      { region: 'primary', alarm: 'fulfilment-errors' },
    ],
  },
};
