import { knownChartSheet, type ChartSheet, type SheetChart } from './chart-sheet';
import { type Markup, markup } from './html/markup';
import { pageFrame } from './html/page-frame';
import { sheetAssets } from './page/page-assets';
import { amount } from './quantities';

/** The colours of the lines, in their order; with more lines the dash goes on. */
const ROLES = ['primary', 'standby', 'witness', 'neutral'] as const;

/**
 * The sheet as one HTML file that needs nothing else. Every figure of a chart stands in its table too, so that the page says
 * the same without scripts.
 * @throws UnknownResultError when the document has a schema version that is not known
 */
export function chartSheetHtml(document: ChartSheet): string {
  const sheet = knownChartSheet(document);
  const { styles, script, scriptSource } = sheetAssets();
  const body = markup`<header class="bar"><p><b>Tandem</b> <span>${sheet.title}</span></p></header>
<main>
<section aria-labelledby="sheet-title"><div class="section-head"><h2 id="sheet-title">${sheet.title}</h2></div>
<p>${sheet.summary}</p>
<p><code>${sheet.command}</code></p>
<div class="axis-rows">${sheet.charts.map(chartRow)}</div>
</section>
</main>`;
  const data = { text: script, source: scriptSource, dataId: 'sheet-data', data: drawn(sheet) };
  return pageFrame({ title: sheet.title, styles, body, bodyClass: 'sheet', script: data });
}

const lookOf = (index: number) => ({
  role: ROLES[index % ROLES.length]!,
  dash: Math.floor(index / ROLES.length),
});

function drawn({ charts }: ChartSheet): unknown {
  return charts.map(({ places, lines, limit }) => ({
    places,
    limit: limit?.value ?? null,
    lines: lines.map(({ values }, index) => ({ ...lookOf(index), values })),
  }));
}

function chartRow(chart: SheetChart, index: number): Markup {
  const { title, unit, lines, limit, look } = chart;
  const figures =
    look === 'bars'
      ? barTable(chart)
      : markup`<div class="plot" data-chart="${index}" aria-hidden="true"></div>
<details class="figures-table"><summary>Figures</summary>${figureTable(chart)}</details>`;
  return markup`<figure class="row chart" aria-labelledby="chart-${index}">
<figcaption><h3 id="chart-${index}">${title} <small>${unit}</small></h3>
<ul class="legend">
${lines.map(({ name }, at) => {
  const { role, dash } = lookOf(at);
  return markup`<li><svg class="sample ${role} dash-${Math.min(dash, 3)}" width="26" height="8" aria-hidden="true"><line x1="0" y1="4" x2="26" y2="4"/></svg><span>${name}</span></li>
`;
})}${limit === undefined ? undefined : markup`<li><span class="role">dashed: ${limit.name}, ${amount(limit.value, unit)}</span></li>`}</ul></figcaption>
<div>${figures}</div>
</figure>
`;
}

function figureTable({ title, unit, places, lines }: SheetChart): Markup {
  return markup`<table><caption>${title}: every figure</caption>
<thead><tr><th scope="col"></th>${lines.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${places.map(
  (place, at) =>
    markup`<tr><th scope="row">${place}</th>${lines.map(({ values }) => markup`<td>${amount(values[at] ?? null, unit)}</td>`)}</tr>
`,
)}</tbody></table>`;
}

/** Bars that begin at zero and end at the limit, or at the highest value: they need no script. */
function barTable({ title, unit, places, lines, limit }: SheetChart): Markup {
  const highest = lines.flatMap(({ values }) => values).reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const end = limit?.value ?? highest;
  const width = (value: number): string => (end > 0 ? ((100 * value) / end).toFixed(1) : '0');
  return markup`<table class="bars${limit === undefined ? undefined : ' limited'}"><caption>${title}</caption>
<thead><tr><th scope="col"></th><th scope="col" class="bar-cell"></th>${lines.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${places.map(
  (place, at) =>
    markup`<tr><th scope="row">${place}</th><td class="bar-cell" aria-hidden="true"><div class="track">${lines.map(({ values }, line) => markup`<span class="fill ${lookOf(line).role}" style="width: ${width(values[at] ?? 0)}%"></span>`)}</div></td>${lines.map(({ values }) => markup`<td>${amount(values[at] ?? null, unit)}</td>`)}</tr>
`,
)}</tbody></table>`;
}
