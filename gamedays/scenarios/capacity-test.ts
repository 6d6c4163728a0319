import { PROVIDER_MS } from '../../blueprint/load-shedding';
import { NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { pacedProvider } from './paced-provider';

const STEP_SECONDS = 40;
const DURATION_SECONDS = 4 * STEP_SECONDS;

/** The load is raised in steps until more of it is not more work; a provider takes as long as is planned. */
export const capacityTest: GameDay = {
  name: 'capacity-test',
  title: 'The load is raised until the knee',
  hypothesis:
    'When ever more orders come, one region decides as many a second as tandem capacity has predicted, within a tenth, refuses the others, and is not taken for sick.',
  blastRadius: 'The callers that are refused.',
  warmUpSeconds: 60,
  durationSeconds: DURATION_SECONDS,
  convergenceSecondsMax: 300,
  sweepSeedsMax: 3,
  workload: {
    ordersPerSecond: 3,
    steps: [4, 6, 9].map((ordersPerSecond, index) => ({ fromSeconds: (index + 1) * STEP_SECONDS, ordersPerSecond })),
    patienceSeconds: 15,
    declinedShare: 0.02,
    readShare: 0.2,
    readAfterSeconds: 3,
  },
  faults: [pacedProvider(PROVIDER_MS, DURATION_SECONDS)],
  expectations: {
    checks: ['knee-as-predicted', ...ORDER_PROMISES, 'dns-stood-still', 'nothing-evacuated', ...NO_RESIDUE],
    mustFire: [],
    mayFire: [],
  },
};
