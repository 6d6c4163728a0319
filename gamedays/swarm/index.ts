/**
 * The swarm: thousands of small game days, each drawn from its seed, that only ask for what must always hold.
 *
 * - `swarm-run.ts`: what is drawn, and the game day it makes
 * - `draw-faults.ts`: which faults, where and when
 * - `fly-swarm-run.ts`: a run and what is kept of it
 * - `minimise-faults.ts`: the fewest faults that still fail
 */
export { flySwarmRun, outcomeOf, type SwarmOutcome } from './fly-swarm-run';
export { minimiseFaults } from './minimise-faults';
export {
  drawSwarmRun,
  isHarmless,
  replayOf,
  runSeeds,
  SWARM_CHECKS,
  SWARM_CONTEXTS,
  swarmGameDay,
  withFaults,
  type SwarmRun,
} from './swarm-run';
