import type { GameDay } from '../game-day';
import { regionLoss } from './region-loss';

/** The loss of `region-loss` as callers live it whose client knows both regions' own hosts. */
export const clientFailover: GameDay = {
  ...regionLoss,
  name: 'client-failover',
  title: 'The primary region is lost, and clients fall over by themselves',
  hypothesis:
    'When nothing crosses the border of the primary region any more, a region-aware client is served by the other region within 5 seconds, without waiting for DNS.',
  blastRadius: 'Callers of the primary for one attempt each; orders that were in flight at that instant may expire.',
  workload: { ...regionLoss.workload, client: 'region-aware' },
  expectations: { ...regionLoss.expectations, recoveryTimeP99SecondsMax: 5 },
};
