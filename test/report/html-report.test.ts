import type { GameDayResult } from '../../gamedays/result';
import { htmlReport } from '../../report';
import { HOSTILE_TEXT, hostileResult } from './hostile-result';
import { comparedResult, failedResult, regionLossResult } from './region-loss-result';

/** The page without the styles, the script and its digest, which are no words of the report. */
function wordsOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/, '<style></style>')
    .replace(/<script>[\s\S]*?<\/script>/, '<script></script>')
    .replace(/sha256-[\w+/=]+/, 'sha256-…');
}

/** What lies between the opening of the section with that id and the opening of the next one. */
function sectionOf(html: string, id: string): string {
  const from = html.indexOf(`<section id="${id}"`);
  expect(from).toBeGreaterThan(0);
  return html.slice(from, html.indexOf('</section>', from));
}

/** What the page's script draws from. */
function storyDataOf(html: string) {
  const data = /<script type="application\/json" id="story-data">(.*?)<\/script>/.exec(html)![1]!;
  return JSON.parse(data) as {
    readonly endSeconds: number;
    readonly charts: readonly {
      readonly endSeconds?: number;
      readonly lines: readonly { values: (number | null)[] }[];
    }[];
  };
}

describe('The HTML report', () => {
  it('has not changed without somebody having looked at it', () => {
    expect(wordsOf(htmlReport(regionLossResult))).toMatchSnapshot();
  });

  it('is the same for the same result', () => {
    expect(htmlReport(regionLossResult)).toBe(htmlReport(structuredClone(regionLossResult)));
  });

  it('holds everything it needs and loads nothing', () => {
    const html = htmlReport(regionLossResult);

    expect(html).toContain('default-src &#39;none&#39;');
    expect(html).not.toMatch(/\b(src|href|action|poster|data)\s*=\s*["']?(https?:)?\/\//i);
    expect(html).not.toMatch(/<(link|iframe|object|embed|img|base)\b/i);
    expect(html).not.toMatch(/url\(|@import|\bfetch\(|XMLHttpRequest|\bimport\(/);
    expect(html).toContain('uPlot=function');
  });

  it('puts the first answers on the first screen, the verdict before all', () => {
    const screen = sectionOf(htmlReport(regionLossResult), 'verdict');

    const order = [
      'Pass</strong>',
      '8 of 8 checks hold',
      regionLossResult.gameDay.title,
      'id="hypothesis"',
      'id="fact-fault"',
    ];
    const places = order.map((text) => screen.indexOf(text));
    expect(places).toEqual(places.toSorted((left, right) => left - right));
    expect(places[0]).toBeGreaterThan(0);
    expect(screen).toMatch(/id="fact-fault".*Nothing crosses the border.*us-east-1.*03:00 to 08:00, 5 min/s);
    expect(screen).toMatch(/id="fact-first-alarm".*\+95 s.*after the fault.*tandem-sandbox-standby-serving/s);
    expect(screen).toMatch(/id="fact-recovery-time".*0\.21 s.*p50.*34\.6 s.*p99.*36\.9 s.*max/s);
    expect(screen).toMatch(/id="fact-recovery-point".*>3<.*0\.62 s/s);
    expect(screen).toMatch(/id="fact-orders".*>1<.*refused.*>2<.*unanswered.*>7<.*expired.*>0<.*lost/s);
  });

  it('names the failed checks under the verdict and puts their cards first', () => {
    const html = htmlReport(failedResult);

    const screen = sectionOf(html, 'verdict');
    expect(screen).toContain('Fail</strong>');
    expect(screen).toContain('6 of 8 checks hold');
    expect(screen).toContain('<a href="#check-recovery-time">Callers waited too long to be served again</a>');
    const ids = [...sectionOf(html, 'checks').matchAll(/<article id="check-([^"]+)"/g)].map((match) => match[1]);
    expect(ids.slice(0, 3)).toEqual(['no-order-lost', 'recovery-time', 'charged-exactly-when-confirmed']);
    expect(html).toContain('<li>ord-01J9ZK3V8Q in us-east-1 is PENDING</li>');
  });

  it('has a landmark, a heading and a name for everything', () => {
    const html = wordsOf(htmlReport(regionLossResult));

    for (const landmark of ['<header', '<nav aria-label=', '<main>', '<html lang="en">'])
      expect(html).toContain(landmark);
    const labelled = [...html.matchAll(/aria-labelledby="([^"]+)"/g)].map((match) => match[1]!);
    expect(labelled.length).toBeGreaterThan(15);
    for (const id of labelled) expect(html).toContain(`id="${id}"`);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!);
    expect(ids).toEqual([...new Set(ids)]);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    expect(html.match(/<table/g)?.length).toBe(html.match(/<caption>/g)?.length);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it('says state and reason of every stretch of a lane in words that the keyboard reaches', () => {
    const html = htmlReport(regionLossResult);

    expect(html).toMatch(
      /<ol aria-label="DNS answers">\s*<li class="dns primary" style="left:0%;width:33\.065%" tabindex="0">/,
    );
    expect(sectionOf(html, 'story')).toContain('us-west-2, 03:25 to 08:35');
    expect(sectionOf(html, 'alarms')).toContain('ALARM, 04:35 to 10:00: Threshold Crossed: 1 datapoint [51.0]');
    expect(sectionOf(html, 'alarms')).toContain('3 alarms stayed quiet');
  });

  it('gives faults that are at work at the same time a lane each', () => {
    const fault = regionLossResult.faults[0]!;
    const faults = [
      fault,
      { ...fault, fromSeconds: 300, toSeconds: 360 },
      { ...fault, fromSeconds: 500, toSeconds: 520 },
    ];

    const story = sectionOf(htmlReport({ ...regionLossResult, faults }), 'story');

    const lanes = [...story.matchAll(/<ol aria-label="Faults">([\s\S]*?)<\/ol>/g)].map(
      ([, spans]) => spans!.match(/<li/g)?.length,
    );
    expect(lanes).toEqual([2, 1]);
  });

  it('shows the day without what it shows, on a time axis of its own', () => {
    const html = htmlReport(comparedResult);
    const { charts, endSeconds } = storyDataOf(html);

    expect(html).toContain('<h2 id="counterpart-title">The same day without load regulation</h2>');
    expect(html).toContain('without load regulation</span>');
    expect(endSeconds).toBe(620);
    expect(charts.map((chart) => chart.endSeconds)).toEqual([...Array.from({ length: 5 }, () => undefined), 1_200]);
    expect(charts[5]!.lines.map(({ values }) => values[30])).toEqual([0, 0]);
    expect(charts[5]!.lines.map(({ values }) => values[55])).toEqual([100, 0]);
    expect(htmlReport(regionLossResult)).not.toContain('id="counterpart"');
  });

  it('escapes every text of the result', () => {
    const html = wordsOf(htmlReport(hostileResult));

    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39; onload=alert(2)');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<!-- ');
    expect(html).not.toContain(HOSTILE_TEXT);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script/g)).toHaveLength(2);
    // Outside of tags an attribute's name is only text; inside of them there is none that runs.
    const tags = html.match(/<[a-z][^>]*>/gi)!;
    expect(tags.filter((tag) => /\son\w+=/.test(tag.replace(/"[^"]*"/g, '""')))).toEqual([]);
  });

  it('has room for a day on which nothing happened', () => {
    const { recoveryTime: _time, recoveryPoint: _point, ...recovery } = regionLossResult.recovery;
    const calm: GameDayResult = {
      ...regionLossResult,
      recovery,
      checks: [],
      faults: [],
      timeline: [],
      alarms: [],
      notifications: [],
      dnsAnswers: [],
      series: [],
    };

    const html = htmlReport(calm);

    expect(html).toContain('this game day has no fault');
    expect(html).toContain('None fired');
    expect(html).toContain('Nobody was notified');
    expect(wordsOf(html)).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  it('says never for a recovery that has no end, which JSON writes as null', () => {
    const endless = {
      ...regionLossResult,
      recovery: { recoveryTime: { p50Seconds: 1, p99Seconds: Infinity, maxSeconds: Infinity, orders: 2 } },
    };

    const screen = sectionOf(htmlReport(JSON.parse(JSON.stringify(endless)) as GameDayResult), 'verdict');

    expect(screen).toMatch(/>never<\/b> <span>p99/);
  });
});
