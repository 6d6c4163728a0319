import type { GameDayResult } from '../../gamedays/result';
import type { Chart } from '../charts';
import { counterpartText } from '../counterpart-text';
import { markup, type Markup } from './markup';
import { chartRow } from './story-charts';

/**
 * The same day without what it shows, beside what it was; nothing for a day that was flown alone.
 * @param index of the chart in the data of the page
 */
export function counterpartSection(
  { counterpart, recovery }: GameDayResult,
  chart: Chart | undefined,
  index: number,
): Markup | undefined {
  if (counterpart === undefined || chart === undefined) return undefined;
  return markup`<section id="counterpart" aria-labelledby="counterpart-title">
<div class="section-head"><h2 id="counterpart-title">The same day without ${counterpart.without}</h2></div>
<p class="note">${counterpartText(counterpart, recovery)}</p>
<div class="axis-rows">
${chartRow(chart, index)}
</div>
</section>
`;
}
