import type { Configuration } from '../blueprint/configuration';
import type { GameDay } from './game-day';

/** The day as it is flown and judged under this configuration. */
export function configuredDay(gameDay: GameDay, { automation }: Pick<Configuration, 'automation'>): GameDay {
  return automation === 'on' ? { ...gameDay, ...gameDay.withAutomation } : gameDay;
}
