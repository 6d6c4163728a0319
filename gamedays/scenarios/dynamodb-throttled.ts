import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** DynamoDB refuses half of all calls of the primary for load. */
export const dynamodbThrottled: GameDay = {
  name: 'dynamodb-throttled',
  title: "The primary's tables refuse for load",
  hypothesis:
    'When half of all calls of DynamoDB are throttled, the region is not taken for dead, callers repeat, and no acknowledged order is lost.',
  blastRadius: 'Callers of the primary, who wait and repeat.',
  warmUpSeconds: 300,
  durationSeconds: 600,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    {
      fault: 'fail-service',
      region: 'primary',
      service: 'dynamodb',
      answer: 'throttled',
      share: 0.5,
      fromSeconds: 60,
      toSeconds: 300,
    },
  ],
  expectations: {
    checks: [...ORDER_PROMISES, 'dns-stood-still', ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      { region: 'primary', alarm: 'intake-server-errors', withinSeconds: 300 },
      { region: 'primary', alarm: 'orders-at-risk', withinSeconds: 300 },
    ],
    mayFire: [
      { region: 'primary', alarm: 'acceptance-burn-fast-long' },
      { region: 'primary', alarm: 'acceptance-burn-fast-short' },
      { region: 'primary', alarm: 'acceptance-burn-slow-long' },
      { region: 'primary', alarm: 'acceptance-burn-slow-short' },
      { region: 'primary', alarm: 'decision-burn-fast-long' },
      { region: 'primary', alarm: 'decision-burn-fast-short' },
      { region: 'primary', alarm: 'decision-burn-slow-long' },
      { region: 'primary', alarm: 'decision-burn-slow-short' },
      { region: 'primary', alarm: 'order-latency' },
      { region: 'primary', alarm: 'work-queue-age' },
      { region: 'primary', alarm: 'fulfilment-errors' },
      { region: 'primary', alarm: 'peer-silent' },
      { region: 'standby', alarm: 'peer-silent' },
      { region: 'standby', alarm: 'peer-failing' },
      { region: 'witness', alarm: 'primary-unseen' },
      { region: 'primary', alarm: 'intake-latency' },
      { region: 'primary', alarm: 'orders-taken-over' },
      { region: 'standby', alarm: 'orders-taken-over' },
      { region: 'primary', alarm: 'stuck-orders' },
    ],
  },
};
