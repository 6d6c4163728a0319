import { CAPACITY } from '../../blueprint/capacity';
import { predictedKnee } from '../../blueprint/capacity-resources';
import { PROVIDER_MS } from '../../blueprint/load-shedding';
import { NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { pacedProvider } from './paced-provider';

const LOSS = { fromSeconds: 30, toSeconds: 150 } as const;
const DURATION_SECONDS = 180;

/** Both regions serve, together 1.6 times what one of them can, and one of them is lost. */
export const overloadedSurvivor: GameDay = {
  name: 'overloaded-survivor',
  settings: { 'tandem:routing': 'latency' },
  title: 'A region is lost while both together carry more than one can',
  hypothesis:
    'When a region is lost while both carry 1.6 times what one can, the survivor does what it can and refuses the rest, DNS never leaves it for that, and no acknowledged order is lost.',
  blastRadius: 'The callers that are refused while only one region serves.',
  warmUpSeconds: 60,
  durationSeconds: DURATION_SECONDS,
  convergenceSecondsMax: 600,
  sweepSeedsMax: 3,
  workload: {
    ordersPerSecond: 1.6 * predictedKnee(CAPACITY.sandbox),
    patienceSeconds: 15,
    declinedShare: 0.02,
    readShare: 0,
    readAfterSeconds: 3,
  },
  faults: [{ fault: 'isolate-region', region: 'primary', ...LOSS }, pacedProvider(PROVIDER_MS, DURATION_SECONDS)],
  expectations: {
    checks: ['survivor-keeps-serving', 'survivor-stays-in-dns', ...ORDER_PROMISES, ...NO_RESIDUE],
    mustFire: [],
    mayFire: [],
    // The standby is farther from the provider's stand-in: each order takes a tenth more of its workers.
    survivorShareMin: 0.8,
  },
};
