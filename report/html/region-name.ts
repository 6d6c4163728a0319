import type { GameDayResult } from '../../gamedays/result';
import { roleOf } from '../story';
import { markup, type Markup } from './markup';

/** A region's name behind the mark of its role: the same colour and the same shape everywhere. */
export function regionName(regions: GameDayResult['regions'], region: string | undefined): Markup | undefined {
  if (region === undefined) return undefined;
  const role = roleOf(regions, region);
  const title = role === 'none' ? undefined : markup` <span class="role">${role}</span>`;
  return markup`<span class="region ${role}">${region}${title}</span>`;
}
