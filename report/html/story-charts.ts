import type { GameDayResult } from '../../gamedays/result';
import type { Chart, ChartLine, LineFigures } from '../charts';
import { amount } from '../quantities';
import { roleOf, type Story } from '../story';
import { lane, type LaneFrame, type LaneSpan } from './lane';
import { markup, type Markup } from './markup';
import { regionName } from './region-name';

/** The lanes of faults and of DNS and every chart, one under the other on one time axis. */
export function storyCharts(result: GameDayResult, story: Story, charts: readonly Chart[]): Markup {
  const { regions, faults } = result;
  const frame: LaneFrame = { endSeconds: story.endSeconds, faults };
  return markup`<section id="story" aria-labelledby="story-title">
<div class="section-head"><h2 id="story-title">What happened</h2>
<p class="key">${regionName(regions, regions.primary)}${regionName(regions, regions.standby)}${faults.length > 0 ? markup`<span class="fault-key">fault</span>` : undefined}</p></div>
<div class="axis-rows" data-axis-rows>
<div class="row scrubber" hidden><label for="moment">Moment <b id="moment-text">00:00</b></label>
<input type="range" id="moment" min="0" max="${story.endSeconds}" step="1" value="0"></div>
${faultLane(result, frame)}
${dnsLane(result, frame)}
${charts.map(chartRow)}
<div class="moment-line" hidden></div>
</div>
<noscript><p class="note">The curves are drawn by a script of this page, which did not run. The figures of each chart stand in its table.</p></noscript>
</section>`;
}

/** What the page's script draws from. */
export function storyData({ faults }: GameDayResult, story: Story, charts: readonly Chart[]): unknown {
  return {
    endSeconds: story.endSeconds,
    faults: faults.map(({ fromSeconds, toSeconds }) => [fromSeconds, toSeconds]),
    charts: charts.map(({ unit, isLogarithmic, endSeconds, lines }) => ({
      unit,
      ...(endSeconds === undefined ? {} : { endSeconds }),
      isLogarithmic,
      lines: lines.map(({ role, dash, points }) => ({
        role,
        dash,
        seconds: points.map(([seconds]) => seconds),
        values: points.map(([, value]) => value),
      })),
    })),
  };
}

function faultLane({ faults, regions }: GameDayResult, frame: LaneFrame): Markup | undefined {
  if (faults.length === 0) return undefined;
  const spans = faults.map(({ fromSeconds, toSeconds, title, region }) => {
    const label = region === undefined ? title : `${title}, ${region}`;
    return { fromSeconds, toSeconds, look: `fault ${roleOf(regions, region)}`, label };
  });
  const lanes = withoutOverlap(spans).map((row) => lane('Faults', row, { ...frame, faults: [] }));
  return markup`<div class="row"><h3>Fault</h3><div class="lanes">${lanes}</div></div>`;
}

// Faults may be at work at the same time; each goes into the first lane that is free again.
function withoutOverlap(spans: readonly LaneSpan[]): LaneSpan[][] {
  const rows: LaneSpan[][] = [];
  for (const span of spans.toSorted((left, right) => left.fromSeconds - right.fromSeconds)) {
    const free = rows.find((row) => row.at(-1)!.toSeconds <= span.fromSeconds);
    if (free === undefined) rows.push([span]);
    else free.push(span);
  }
  return rows;
}

function dnsLane({ dnsAnswers, regions }: GameDayResult, frame: LaneFrame): Markup | undefined {
  if (dnsAnswers.length === 0) return undefined;
  const spans = dnsAnswers.map(({ fromSeconds, region }, index) => ({
    fromSeconds,
    toSeconds: dnsAnswers[index + 1]?.fromSeconds ?? frame.endSeconds,
    look: `dns ${roleOf(regions, region)}`,
    label: region,
  }));
  return markup`<div class="row"><h3>DNS answers</h3>${lane('DNS answers', spans, frame)}</div>`;
}

/** A chart with its legend and the table of its figures. @param index of the chart in the data of the page */
export function chartRow({ title, unit, isLogarithmic, lines }: Chart, index: number): Markup {
  const scale = isLogarithmic ? `${unitTitle(unit)}, logarithmic` : unitTitle(unit);
  return markup`<figure class="row chart" aria-labelledby="chart-${index}">
<figcaption><h3 id="chart-${index}">${title} <small>${scale}</small></h3>
<ul class="legend">
${lines.map(legendItem)}</ul></figcaption>
<div><div class="plot" data-chart="${index}" aria-hidden="true"></div>
<details class="figures-table"><summary>Figures</summary>${figuresTable(title, unit, lines)}</details></div>
</figure>
`;
}

// The sample repeats role and dash of the line, so that colour is not the only carrier.
function legendItem({ name, region, role, dash }: ChartLine): Markup {
  return markup`<li><svg class="sample ${role} dash-${Math.min(dash, 3)}" width="26" height="8" aria-hidden="true"><line x1="0" y1="4" x2="26" y2="4"/></svg><span>${name}${region === undefined ? undefined : markup` <span class="role">${region}</span>`}</span><span class="value"></span></li>
`;
}

const PHASES: readonly (readonly [keyof LineFigures, string])[] = [
  ['before', 'Mean before the fault'],
  ['during', 'Mean during it'],
  ['after', 'Mean after it'],
  ['highest', 'Highest'],
];

function figuresTable(title: string, unit: string, lines: readonly ChartLine[]): Markup {
  // Without a fault everything is before it.
  const hasPhases = lines.some(({ figures }) => figures.during !== null || figures.after !== null);
  const columns = hasPhases
    ? PHASES
    : ([
        ['before', 'Mean'],
        ['highest', 'Highest'],
      ] as typeof PHASES);
  return markup`<table><caption>${title}: figures of each line</caption>
<thead><tr><th scope="col">Line</th>${columns.map(([, heading]) => markup`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>
${lines.map(
  ({ name, region, figures }) =>
    markup`<tr><th scope="row">${name}${region === undefined ? undefined : `, ${region}`}</th>${columns.map(([phase]) => markup`<td>${amount(figures[phase], unit)}</td>`)}</tr>
`,
)}</tbody></table>`;
}

function unitTitle(unit: string): string {
  return UNIT_TITLES.get(unit) ?? unit;
}

const UNIT_TITLES: ReadonlyMap<string, string> = new Map([
  ['1/s', 'per second'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
]);
