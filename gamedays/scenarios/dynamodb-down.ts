import { NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';

/** Two minutes in which every call of the primary's tables is answered 500, and nobody knows what has been written. */
export const dynamodbDown: GameDay = {
  name: 'dynamodb-down',
  title: "The primary's tables fail",
  hypothesis:
    'When every call of DynamoDB in the primary fails for two minutes, callers reach the standby within 45 seconds, and what may have been written in the primary takes no order away from where its caller went: only what was in flight may expire.',
  blastRadius: 'Callers of the primary until DNS has moved; orders that were in flight at that instant may expire.',
  warmUpSeconds: 300,
  durationSeconds: 480,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 3, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    {
      fault: 'fail-service',
      region: 'primary',
      service: 'dynamodb',
      answer: 'down',
      share: 1,
      fromSeconds: 60,
      toSeconds: 180,
    },
  ],
  expectations: {
    checks: [...ORDER_PROMISES, 'expired-only-in-flight', 'recovery-time', ...NO_RESIDUE],
    mustFire: [],
    mayFire: [],
    recoveryTimeP99SecondsMax: 45,
  },
};
