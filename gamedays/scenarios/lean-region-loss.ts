import type { GameDay } from '../game-day';
import { regionLoss } from './region-loss';

/**
 * The same loss where as little as possible looks: checkers every thirty seconds, probes and observer in bursts. It is
 * found later, and nothing else changes.
 */
export const leanRegionLoss: GameDay = {
  ...regionLoss,
  name: 'lean-region-loss',
  title: 'The primary region of a lean system is lost and returns',
  hypothesis:
    'When nothing crosses the border of the primary region any more, callers of a lean system reach the standby within 130 seconds, and no acknowledged order is lost or charged wrongly, neither during the loss nor after the return.',
  settings: { 'tandem:footprint': 'lean' },
  expectations: {
    ...regionLoss.expectations,
    mustFire: [
      { region: 'standby', alarm: 'peer-failing', withinSeconds: 240 },
      { region: 'standby', alarm: 'peer-lost', withinSeconds: 240 },
      { region: 'witness', alarm: 'primary-unseen', withinSeconds: 180 },
      { region: 'witness', alarm: 'region-unseen', withinSeconds: 180 },
      { region: 'standby', alarm: 'standby-serving', withinSeconds: 300 },
      { region: 'standby', alarm: 'traffic-moved', withinSeconds: 300 },
      { region: 'routing', alarm: 'primary-health-check', withinSeconds: 300 },
      { region: 'standby', alarm: 'peer-silent', withinSeconds: 360 },
    ],
    recoveryTimeP99SecondsMax: 130,
  },
};
