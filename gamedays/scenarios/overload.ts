import { ORDER_BESIDE_PROVIDER_MS } from '../../blueprint/load-shedding';
import { NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { pacedProvider } from './paced-provider';

const SCALE = { workers: 4, orderMs: 400 } as const;
const CAPACITY_PER_SECOND = (SCALE.workers * 1_000) / SCALE.orderMs;
const STORM = { fromSeconds: 15, toSeconds: 60 } as const;
const DURATION_SECONDS = 80;

/** Four times what fits, from callers who take no advice and come back again and again. */
export const overload: GameDay = {
  name: 'overload',
  title: 'A storm of orders and of their repeats',
  hypothesis:
    'When four times as many orders come as fit, from callers who repeat whatever they are told, customers with a priority plan are served, the others are refused without effect, and nobody is sent to the other region.',
  blastRadius: 'Customers without a priority plan, for three quarters of a minute.',
  scale: SCALE,
  warmUpSeconds: 30,
  durationSeconds: DURATION_SECONDS,
  convergenceSecondsMax: 300,
  sweepSeedsMax: 3,
  workload: {
    ordersPerSecond: 0.7 * CAPACITY_PER_SECOND,
    steps: [
      { fromSeconds: STORM.fromSeconds, ordersPerSecond: 4 * CAPACITY_PER_SECOND },
      { fromSeconds: STORM.toSeconds, ordersPerSecond: 0.7 * CAPACITY_PER_SECOND },
    ],
    client: 'storming',
    priorityShare: 0.15,
    patienceSeconds: 15,
    declinedShare: 0.02,
    readShare: 0,
    readAfterSeconds: 3,
  },
  faults: [pacedProvider(SCALE.orderMs - ORDER_BESIDE_PROVIDER_MS, DURATION_SECONDS)],
  expectations: {
    checks: [
      'important-orders-first',
      ...ORDER_PROMISES,
      'refused-without-effect',
      'dns-stood-still',
      'nothing-evacuated',
      ...NO_RESIDUE,
    ],
    mustFire: [],
    mayFire: [],
    importantShareMin: 0.9,
  },
};
