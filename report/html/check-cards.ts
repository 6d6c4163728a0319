import type { CheckResult, GameDayResult } from '../../gamedays/result';
import { anchor, markup, type Markup } from './markup';

/** A card a check, the failed ones first. */
export function checkCards({ checks }: GameDayResult): Markup {
  const ordered = [
    ...checks.filter(({ verdict }) => verdict === 'fail'),
    ...checks.filter(({ verdict }) => verdict !== 'fail'),
  ];
  return markup`<section id="checks" aria-labelledby="checks-title">
<h2 id="checks-title">Checks</h2>
<div class="cards">
${ordered.map(card)}</div>
</section>`;
}

function card({ id, verdict, title, description, measured, bar, details }: CheckResult): Markup {
  const [sign, word] = verdict === 'pass' ? ['✓', 'Pass'] : ['✗', 'Fail'];
  const cases = details.map((detail) => markup`<li>${detail}</li>`);
  return markup`<article id="${anchor('check', id)}" class="card ${verdict}" aria-labelledby="${anchor('check-title', id)}">
<p class="stamp"><strong><span aria-hidden="true">${sign}</span> ${word}</strong></p>
<h3 id="${anchor('check-title', id)}">${title}</h3>
<dl><div><dt>Measured</dt><dd>${measured}</dd></div><div><dt>Asked for</dt><dd>${bar}</dd></div></dl>
<p class="why">${description}</p>
${cases.length === 0 ? undefined : markup`<ul class="cases" aria-label="Cases">${cases}</ul>`}
</article>
`;
}
