import { ORDER_BESIDE_PROVIDER_MS } from '../../blueprint/load-shedding';
import { NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { FaultStep, GameDay } from '../game-day';
import { UNREGULATED } from '../unregulated';
import { pacedProvider } from './paced-provider';

const SCALE = { workers: 10, orderMs: 500 } as const;
const CAPACITY_PER_SECOND = (SCALE.workers * 1_000) / SCALE.orderMs;
const DROPPED_SHARE = 0.3;
const DROP = { fromSeconds: 20, toSeconds: 80 } as const;
const DURATION_SECONDS = 125;
/** Long enough for a system that regulates nothing to come round. */
const COUNTERPART_SECONDS = 600;

const faultsUntil = (endSeconds: number): readonly FaultStep[] => [
  // What the provider takes when all is well, and beside it what it takes in the slow minute.
  pacedProvider(SCALE.orderMs - ORDER_BESIDE_PROVIDER_MS, endSeconds),
  {
    fault: 'fail-payments',
    answer: 'slow',
    delayMs: SCALE.orderMs / DROPPED_SHARE - SCALE.orderMs,
    share: 1,
    ...DROP,
  },
];

/** At nine tenths of the capacity the provider is slow for a minute, and then as before. */
export const metastableDrop: GameDay = {
  name: 'metastable-drop',
  title: 'The provider is slow for a minute while there is much to do',
  hypothesis:
    'When the capacity falls to 30 % for a minute at 90 % load, everybody is served as before within 25 seconds of its return, and no acknowledged order is lost.',
  blastRadius: 'Customers who are refused in that minute and soon after it.',
  scale: SCALE,
  warmUpSeconds: 30,
  durationSeconds: DURATION_SECONDS,
  convergenceSecondsMax: 900,
  sweepSeedsMax: 3,
  workload: {
    ordersPerSecond: 0.9 * CAPACITY_PER_SECOND,
    patienceSeconds: 10,
    declinedShare: 0.02,
    readShare: 0,
    readAfterSeconds: 3,
  },
  faults: faultsUntil(DURATION_SECONDS),
  expectations: {
    checks: ['calm-again', ...ORDER_PROMISES, 'dns-stood-still', 'nothing-evacuated', ...NO_RESIDUE],
    mustFire: [],
    mayFire: [],
    // What is refused in the slow minute comes back for ten seconds more, and then has to be worked off at the last tenth.
    calm: { fromSeconds: DROP.toSeconds, withinSeconds: 25 },
  },
  counterpart: {
    without: 'load regulation',
    loadShedding: UNREGULATED,
    durationSeconds: COUNTERPART_SECONDS,
    faults: faultsUntil(COUNTERPART_SECONDS),
  },
};
