import type { GameDayResult } from '../../gamedays/result';
import { htmlReport } from '../../report';
import { Chromium, findChromium } from './chromium';
import { hostileResult } from './hostile-result';
import { countPixels } from './png-pixels';
import { comparedResult, failedResult, regionLossResult } from './region-loss-result';

const FIRST_SCREEN_HEIGHT_PX = 800;
/** `--neutral` of the light styles: in this fixture only curves without a region and their samples in legends have it. */
const NEUTRAL_COLOUR = [0x4a, 0x54, 0x61] as const;
/** Three samples of 26 by 3 pixels. */
const NEUTRAL_PIXELS_OF_LEGENDS_MAX = 3 * 26 * 3;

const path = findChromium();
if (path === undefined) {
  console.warn(
    'Skipped: no Chromium on the path, so nobody has seen the charts draw. Install one: apt-get install chromium',
  );
}
const whereChromiumIs = path === undefined ? describe.skip : describe;

/** The page with a script of the test at its end, and without the policy that would refuse it. */
function withScript(html: string, script: string): string {
  return html.replace(/<meta http-equiv[^>]*>/, '').replace('</body>', `<script>${script}</script></body>`);
}

whereChromiumIs('The page in a browser', () => {
  const chromium = new Chromium(path!);

  afterAll(() => {
    chromium.remove();
  });

  it('draws every chart under its own policy without a complaint', async () => {
    const page = await chromium.open(htmlReport(regionLossResult));

    expect(page.data).toEqual({ 'charts-drawn': '4' });
    expect(page.console).toEqual([]);
  }, 60_000);

  it('draws the day without what it shows, and leaves its moments alone', async () => {
    const move = `
      const moment = document.getElementById('moment');
      moment.value = 300;
      moment.dispatchEvent(new Event('input'));
      document.documentElement.dataset.values = [...document.querySelectorAll('#counterpart .legend .value')].map((one) => one.textContent).join('|');`;

    const page = await chromium.open(withScript(htmlReport(comparedResult), move));

    expect(page.data).toEqual({ 'charts-drawn': '6', values: '|' });
  }, 60_000);

  it('shows the curves', async () => {
    const picture = await chromium.screenshot(htmlReport(regionLossResult), 1280, 1200);

    expect(countPixels(picture, NEUTRAL_COLOUR)).toBeGreaterThan(NEUTRAL_PIXELS_OF_LEGENDS_MAX);
  }, 60_000);

  it('shows a value that stands alone between gaps', async () => {
    const points = Array.from({ length: 60 }, (_, index) => [index * 10, index % 2 === 0 ? 5 : null] as const);
    const series = [{ chart: 'requests', name: 'every other', unit: '1/s', points }];

    const picture = await chromium.screenshot(htmlReport({ ...regionLossResult, series }), 1280, 1200);

    expect(countPixels(picture, NEUTRAL_COLOUR)).toBeGreaterThan(NEUTRAL_PIXELS_OF_LEGENDS_MAX);
  }, 60_000);

  it('holds the first answers within the first screen, even when checks have failed', async () => {
    const measure = `
      const bottoms = [...document.querySelectorAll('#verdict, .facts > div')].map((one) => one.getBoundingClientRect().bottom);
      document.documentElement.dataset.bottom = Math.max(...bottoms);
      document.documentElement.dataset.facts = bottoms.length;`;
    const manyFailed: GameDayResult = {
      ...failedResult,
      checks: failedResult.checks.map((check) => ({ ...check, verdict: 'fail' })),
    };

    const { data } = await chromium.open(withScript(htmlReport(manyFailed), measure));

    expect(data['facts']).toBe('6');
    const bottom = Number(data['bottom']);
    expect(bottom).toBeGreaterThan(300);
    expect(bottom).toBeLessThanOrEqual(FIRST_SCREEN_HEIGHT_PX);
  }, 60_000);

  it('shows every value of a moment when the moment is moved by keyboard', async () => {
    const move = `
      const moment = document.getElementById('moment');
      moment.value = 300;
      moment.dispatchEvent(new Event('input'));
      const { dataset } = document.documentElement;
      dataset.moment = moment.getAttribute('aria-valuetext');
      dataset.values = [...document.querySelectorAll('.legend .value')].map((one) => one.textContent).join(' | ');`;

    const { data } = await chromium.open(withScript(htmlReport(regionLossResult), move));

    expect(data['moment']).toBe('05:00');
    const values = data['values']!.split(' | ');
    expect(values).toHaveLength(11);
    // The primary is lost: acknowledgements are zero, and its queue cannot be seen.
    expect(values[1]).toBe('0');
    expect(values[7]).toBe('–');
  }, 60_000);

  it('has no sideways scrolling on a narrow screen', async () => {
    const measure = `const { scrollWidth, clientWidth, dataset } = document.documentElement; dataset.overflow = scrollWidth - clientWidth;`;

    const { data } = await chromium.open(withScript(htmlReport(regionLossResult), measure), 400);

    expect(data['overflow']).toBe('0');
  }, 60_000);

  it('runs nothing that the result brings along', async () => {
    const { data } = await chromium.open(htmlReport(hostileResult));

    expect(data).toEqual({ 'charts-drawn': '4' });
  }, 60_000);
});
