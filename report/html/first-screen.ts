import type { GameDayResult } from '../../gamedays/result';
import { clockTime, count, duration, plural } from '../quantities';
import type { Story } from '../story';
import { anchor, markup, type Content, type Markup } from './markup';
import { regionName } from './region-name';

/** What fits on the first screen and answers the first questions: did it hold, what broke, who noticed, what it cost. */
export function firstScreen(result: GameDayResult, story: Story): Markup {
  return markup`<section id="verdict" class="verdict ${result.verdict}" aria-labelledby="title">
${headline(result, story)}
<p id="hypothesis"><b>Hypothesis</b> ${result.gameDay.hypothesis}</p>
${failedChecks(story)}
<dl class="facts">
${whatBroke(result)}
${firstAlarm(result, story)}
${recoveryTime(result)}
${recoveryPoint(result)}
${orders(result, story)}
</dl>
</section>`;
}

function headline({ verdict, gameDay, checks }: GameDayResult, { failedChecks: failed }: Story): Markup {
  const [sign, word] = verdict === 'pass' ? ['✓', 'Pass'] : ['✗', 'Fail'];
  const held = `${checks.length - failed.length} of ${plural(checks.length, 'check')} hold`;
  return markup`<p class="stamp"><strong><span aria-hidden="true">${sign}</span> ${word}</strong> <a href="#checks">${held}</a></p>
<h1 id="title">${gameDay.title}</h1>`;
}

const FAILED_CHECKS_SHOWN_MAX = 3;

function failedChecks({ failedChecks: failed }: Story): Markup | undefined {
  if (failed.length === 0) return undefined;
  const shown = failed.slice(0, FAILED_CHECKS_SHOWN_MAX);
  const more = failed.length - shown.length;
  return markup`<ul class="failures" aria-label="Failed checks">
${shown.map(({ id, title, measured, bar }) => markup`<li><a href="#${anchor('check', id)}">${title}</a> <span>${measured}; asked for: ${bar}</span></li>\n`)}${
    more > 0 ? markup`<li><a href="#checks">and ${more} more</a></li>` : undefined
  }</ul>`;
}

function whatBroke({ faults, regions }: GameDayResult): Markup {
  const bands = faults.map(
    ({ title, region, fromSeconds, toSeconds }) =>
      markup`<dd>${title}<small>${regionName(regions, region)} ${clockTime(fromSeconds)} to ${clockTime(toSeconds)}, ${duration(toSeconds - fromSeconds)}</small></dd>`,
  );
  return fact(
    'fact-fault',
    'What broke',
    bands.length === 0 ? markup`<dd>Nothing<small>this game day has no fault</small></dd>` : bands,
  );
}

function firstAlarm({ regions, faults }: GameDayResult, { firstAlarm: first }: Story): Markup {
  if (first === undefined) return fact('fact-first-alarm', 'First alarm', markup`<dd>None fired</dd>`);
  const { lane, interval, delaySeconds } = first;
  const lead = delaySeconds === undefined ? clockTime(interval.fromSeconds) : `+${duration(delaySeconds)}`;
  const since = delaySeconds === undefined ? '' : faults.length > 1 ? 'after the latest fault' : 'after the fault';
  return fact(
    'fact-first-alarm',
    'First alarm',
    markup`<dd><b class="figure">${lead}</b> ${since}<small><span class="name">${lane.alarmName}</span> ${regionName(regions, lane.region)} ${lane.severity}</small></dd>`,
  );
}

function recoveryTime({ recovery }: GameDayResult): Markup {
  const title = markup`Recovery time <abbr title="Recovery time objective">RTO</abbr>`;
  const measured = recovery.recoveryTime;
  if (measured === undefined) return fact('fact-recovery-time', title, markup`<dd>Nothing to recover from</dd>`);
  return fact(
    'fact-recovery-time',
    title,
    markup`<dd><ul class="figures">
${figure('p50', duration(measured.p50Seconds))}${figure('p99', duration(measured.p99Seconds))}${figure('max', duration(measured.maxSeconds))}
</ul><small>from the loss, or a later first attempt, to the first success; ${plural(measured.orders, 'order')}${measured.p99BarSeconds === undefined ? '' : `; p99 at most ${duration(measured.p99BarSeconds)}`}</small></dd>`,
  );
}

function recoveryPoint({ recovery }: GameDayResult): Markup {
  const title = markup`Recovery point <abbr title="Recovery point objective">RPO</abbr>`;
  const measured = recovery.recoveryPoint;
  if (measured === undefined) return fact('fact-recovery-point', title, markup`<dd>Nothing was lost</dd>`);
  return fact(
    'fact-recovery-point',
    title,
    markup`<dd><ul class="figures">
${figure('not readable', count(measured.orders))}${figure('oldest', duration(measured.oldestAgeSeconds))}
</ul><small>acknowledged orders that the survivor could not read at the loss</small></dd>`,
  );
}

function orders({ orders: counted }: GameDayResult, { unanswered }: Story): Markup {
  const smooth = `${count(counted.offered)} offered, ${count(counted.acknowledged)} acknowledged, ${count(counted.confirmed)} confirmed, ${count(counted.rejected)} rejected, ${plural(counted.charges, 'charge')}`;
  return fact(
    'fact-orders',
    'Orders',
    markup`<dd><ul class="figures">
${figure('refused', count(counted.refused))}${figure('unanswered', count(unanswered))}${figure('expired', count(counted.expired))}${figure('lost', count(counted.lost))}
</ul><small>${smooth}</small></dd>`,
  );
}

function fact(id: string, title: Content, body: Content): Markup {
  return markup`<div id="${id}"><dt>${title}</dt>${body}</div>`;
}

function figure(name: string, value: string): Markup {
  return markup`<li><b class="figure">${value}</b> <span>${name}</span></li>`;
}
