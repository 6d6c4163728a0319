import type { GameDayResult } from '../../gamedays/result';
import { regionLossResult } from './region-loss-result';

/** What an attacker would put into the name of an alarm or the reason of a failure. */
export const HOSTILE_TEXT =
  '</script><script>document.documentElement.dataset.owned = 1</script><img src=x onerror=alert(1)>"\' onload=alert(2) <!-- \u001b[31m\u0007';

/** The words that a reader of the result matches on; everything else is free text. */
const WORDS = new Set([
  'pass',
  'page',
  'ticket',
  'OK',
  'ALARM',
  'INSUFFICIENT_DATA',
  'fault',
  'heal',
  'health-check',
  'dns',
  'alarm',
  'milestone',
]);

/** The result with the hostile text behind every free text in it, keys of the parameters included. */
export const hostileResult = {
  ...(spoil(regionLossResult) as GameDayResult),
  parameters: { [`key${HOSTILE_TEXT}`]: HOSTILE_TEXT },
};

function spoil(value: unknown): unknown {
  if (typeof value === 'string') return WORDS.has(value) ? value : value + HOSTILE_TEXT;
  if (Array.isArray(value)) return value.map(spoil);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoil(inner)]));
}
