import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { markup, type Markup } from '../report/html/markup';
import { pageFrame } from '../report/html/page-frame';
import { facts, summary } from './alarm-review-page';
import type { AlarmReview, ReviewedAlarm } from './alarm-review';

const STYLES = resolve(__dirname, '../report/page/base.css');

const OWN_STYLES = `
main { max-width: 68rem; margin: 0 auto; padding: 1rem; }
article { border-top: 1px solid; padding: 0.5rem 0 1rem; break-inside: avoid; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: 0.15rem 1rem; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
`;

/** The review as one HTML file that needs nothing else: what is missing first, then a card an alarm, pages before tickets. */
export function alarmReviewHtml(review: AlarmReview): string {
  const { alarms, findings } = review;
  const body = markup`<main>
<h1>Alarm review</h1>
<p>${summary(review)}</p>
<section aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${
  findings.length === 0
    ? markup`<p>None.</p>`
    : markup`<ul>${findings.map(({ name, alarm, text }) => markup`<li><a href="#${alarm}">${alarm}</a>: <b>${name}</b>. ${text}</li>\n`)}</ul>`
}
</section>
<section aria-labelledby="alarms-title">
<h2 id="alarms-title">Alarms</h2>
${alarms.map(card)}
</section>
</main>`;
  return pageFrame({ title: 'Alarm review', styles: `${readFileSync(STYLES, 'utf8')}\n${OWN_STYLES}`, body });
}

function card(alarm: ReviewedAlarm): Markup {
  return markup`<article id="${alarm.id}">
<h3>${alarm.id} <small>${alarm.severity}</small></h3>
<dl>
${facts(alarm).map(([label, text]) => markup`<dt>${label}</dt><dd>${text}</dd>\n`)}</dl>
</article>
`;
}
