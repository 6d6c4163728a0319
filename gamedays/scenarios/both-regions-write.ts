import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { mayFire, refusalAlarms } from '../may-fire';

const PAUSE = { fromSeconds: 60, toSeconds: 300 } as const;

/**
 * Both regions take the same orders while neither hears of the other's, and one of them cannot reach the payment provider:
 * its orders pass their deadline although the other region has charged them.
 */
export const bothRegionsWrite: GameDay = {
  name: 'both-regions-write',
  title: 'Both regions write the same orders',
  hypothesis:
    'When both regions accept the same orders under paused replication, every customer is charged at most once and every order has one outcome in both regions afterwards; a key that was misused is told as a disagreement, and the lists of orders are the same in either region.',
  blastRadius: 'Orders of the standby wait for the provider; callers that misuse a key are told so late.',
  warmUpSeconds: 300,
  durationSeconds: 600,
  convergenceSecondsMax: 600,
  workload: {
    ordersPerSecond: 1,
    // Few, so that each has several pages of orders.
    customerCount: 40,
    declinedShare: 0.05,
    readShare: 0.5,
    readAfterSeconds: 240,
    twinShare: 0.8,
    otherBodyShare: 0.1,
    // The last of them is read while there is time left for the alarm to clear.
    otherBodyUntilSeconds: PAUSE.toSeconds,
  },
  faults: [
    { fault: 'pause-replication', from: 'both', ...PAUSE },
    { fault: 'partition', between: ['standby', 'witness'], fromSeconds: 120, toSeconds: 180 },
  ],
  expectations: {
    checks: [
      'nothing-evacuated',
      'disagreements-recorded',
      'lists-complete',
      ...ORDER_PROMISES,
      ...ALARMS_AS_EXPECTED,
      ...NO_RESIDUE,
    ],
    // It takes somebody who reads an order whose key was misused: with some seeds the first comes minutes after the healing.
    mustFire: [{ region: 'primary', alarm: 'outcome-disagreements', withinSeconds: 540 }],
    mayFire: [
      // The partition hides the standby from the witness region, and the provider's answers from the standby.
      ...mayFire('witness', 'standby-unseen'),
      // While its breaker is open the standby lets in an order now and then, and refuses the others.
      ...mayFire('standby', ...refusalAlarms()),
      // What had arrived just before the pause stays open for good in the other's eyes, and is taken over, harmlessly.
      ...mayFire('primary', 'orders-taken-over'),
      ...mayFire(
        'standby',
        'orders-taken-over',
        'outcome-disagreements',
        'replication-lag',
        'payment-latency',
        'payment-unknown',
        'order-latency',
        'standby-serving',
        'peer-silent',
        'work-queue-age',
      ),
      ...mayFire('primary', 'replication-lag', 'peer-silent'),
    ],
  },
};
