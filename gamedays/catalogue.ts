import type { GameDay } from './game-day';
import { bothRegionsWrite } from './scenarios/both-regions-write';
import { clientFailover } from './scenarios/client-failover';
import { controlPlaneLoss } from './scenarios/control-plane-loss';
import { evacuationDrill } from './scenarios/evacuation-drill';
import { lostReplies } from './scenarios/lost-replies';
import { regionLoss } from './scenarios/region-loss';
import { stalePlans } from './scenarios/stale-plans';
import { steadyState } from './scenarios/steady-state';

/** Every game day there is, in the order in which they are listed. */
export const CATALOGUE: readonly GameDay[] = [
  steadyState,
  regionLoss,
  clientFailover,
  lostReplies,
  bothRegionsWrite,
  evacuationDrill,
  controlPlaneLoss,
  stalePlans,
];
