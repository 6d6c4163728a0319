import type { GameDayResult, RunCost } from '../../gamedays/result';
import { count, dollars, duration } from '../quantities';
import { markup, type Markup } from './markup';

/** What is needed to run exactly this again and to know that it was the same. */
export function runDetails({ seed, parameters, regions, gameDay, trace, replay, cost }: GameDayResult): Markup {
  const rows: [string, string | number | boolean][] = [
    ['seed', seed],
    ['duration', duration(gameDay.durationSeconds)],
    ...Object.entries(regions),
    ...Object.entries(parameters),
  ];
  return markup`<section id="run" aria-labelledby="run-title">
<h2 id="run-title">Run it again</h2>
<div class="replay"><code id="replay" tabindex="0">${replay}</code><button type="button" id="copy" hidden>Copy</button><span id="copied" role="status"></span></div>
<p class="note">The same command gives the same trace, to the byte. Trace digest over ${count(trace.lines)} lines:</p>
<p class="digest"><code>${trace.digest}</code></p>
${cost === undefined ? undefined : runCost(cost)}<h3 id="parameters-title">Parameters</h3>
<dl class="parameters" aria-labelledby="parameters-title">
${rows.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${String(value)}</dd></div>\n`)}</dl>
</section>`;
}

/** What it would have cost in an account, and which services most of it. */
function runCost({ dollars: total, standingDollars, hours, pricesAsOf, services }: RunCost): Markup {
  return markup`<h3 id="cost-title">Cost</h3>
<p class="note">In an account, ${duration(hours * 3_600)} of this would have cost ${dollars(total)} at the list prices of ${pricesAsOf}, without free tiers; ${dollars(standingDollars)} of it also without anybody there.</p>
<dl class="parameters" aria-labelledby="cost-title">
${services.map(({ service, dollars: each }) => markup`<div><dt>${service}</dt><dd>${dollars(each)}</dd></div>\n`)}</dl>
`;
}
