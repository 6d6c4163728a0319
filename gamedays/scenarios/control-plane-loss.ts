import type { GameDay } from '../game-day';
import { evacuationDrill } from './evacuation-drill';

/** The drill again while nothing can be created, changed or described in the primary region, Route 53's home. */
export const controlPlaneLoss: GameDay = {
  ...evacuationDrill,
  name: 'control-plane-loss',
  title: "The primary's control planes are down, and it is evacuated all the same",
  hypothesis:
    'When every control plane of the primary region is down, the commands of the runbook move all callers to the standby and back, since they touch data planes only.',
  faults: [{ fault: 'fail-control-plane', region: 'primary', fromSeconds: 30, toSeconds: 470 }],
};
