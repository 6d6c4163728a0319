import type { GameDayResult } from '../gamedays/result';
import { chartsOf, counterpartChart } from './charts';
import { checkCards } from './html/check-cards';
import { counterpartSection } from './html/counterpart-section';
import { firstScreen } from './html/first-screen';
import { markup } from './html/markup';
import { alarmLanes } from './html/alarm-lanes';
import { notificationList } from './html/notification-list';
import { pageFrame } from './html/page-frame';
import { runDetails } from './html/run-details';
import { storyCharts, storyData } from './html/story-charts';
import { timelineTable } from './html/timeline-table';
import { knownResult } from './known-result';
import { pageAssets } from './page/page-assets';
import { storyOf } from './story';

/**
 * The result as one HTML file that needs nothing else: styles, scripts and data are inside, and the page's own policy
 * forbids it to load anything. The verdict comes first; without scripts everything but the curves can be read.
 *
 * @throws UnknownResultError when the document has a schema version that is not known
 */
export function htmlReport(document: GameDayResult): string {
  const result = knownResult(document);
  const story = storyOf(result);
  const charts = chartsOf(result);
  const counterpart = counterpartChart(result);
  const { styles, script, scriptSource } = pageAssets();
  const sign = result.verdict === 'pass' ? 'Pass' : 'Fail';
  const body = markup`<a class="skip" href="#verdict">Skip to the verdict</a>
<header class="bar">
<p><b>Tandem</b> <span>game day <b>${result.gameDay.name}</b></span> <span>seed <b>${result.seed}</b></span></p>
<nav aria-label="Sections"><a href="#story">Story</a><a href="#alarms">Alarms</a><a href="#notifications">Notifications</a><a href="#timeline">Timeline</a><a href="#checks">Checks</a><a href="#run">Run</a></nav>
</header>
<main>
${firstScreen(result, story)}
${storyCharts(result, story, charts)}
${counterpartSection(result, counterpart, charts.length)}${alarmLanes(result, story)}
${notificationList(result)}
${timelineTable(result, story)}
${checkCards(result)}
${runDetails(result)}
</main>`;
  return pageFrame({
    title: `${sign}: ${result.gameDay.title}`,
    styles,
    body,
    script: {
      text: script,
      source: scriptSource,
      dataId: 'story-data',
      data: storyData(result, story, [...charts, ...(counterpart === undefined ? [] : [counterpart])]),
    },
  });
}
