import type { GameDayResult, TimelineEntry } from '../../gamedays/result';
import { clockTime } from '../quantities';
import type { Story } from '../story';
import { markup, type Markup } from './markup';
import { regionName } from './region-name';

/** Everything that happened, in order. */
export function timelineTable({ regions }: GameDayResult, { timeline }: Story): Markup {
  const rows = timeline.map(
    ({
      atSeconds,
      kind,
      region,
      text,
    }) => markup`<tr class="${kind}"><td class="time">${clockTime(atSeconds)}</td><td>${KINDS[kind] ?? kind}</td><td>${regionName(regions, region)}</td><td>${text}</td></tr>
`,
  );
  const table = markup`<div class="scroll" tabindex="0" role="region" aria-label="Timeline"><table>
<caption>Events in minutes and seconds of the game day</caption>
<thead><tr><th scope="col">Time</th><th scope="col">Event</th><th scope="col">Region</th><th scope="col">What</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`;
  return markup`<section id="timeline" aria-labelledby="timeline-title">
<h2 id="timeline-title">Timeline</h2>
${rows.length === 0 ? markup`<p class="note">Nothing was written down.</p>` : table}
</section>`;
}

const KINDS: Readonly<Record<TimelineEntry['kind'], string>> = {
  fault: 'Fault',
  heal: 'Healed',
  operator: 'Operator',
  'health-check': 'Health check',
  dns: 'DNS',
  alarm: 'Alarm',
  milestone: 'Milestone',
};
