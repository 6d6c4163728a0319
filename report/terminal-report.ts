import type { CheckResult, GameDayResult, RunCost, TimelineEntry } from '../gamedays/result';
import { counterpartText } from './counterpart-text';
import { knownResult } from './known-result';
import { clockTime, count, dollars, duration, plural } from './quantities';
import { regionTitle, storyOf, type FiredAlarm, type Story } from './story';
import { clip, fit, plain, wrap } from './terminal/columns';
import { inkOf, type Ink } from './terminal/ink';

export interface TerminalReportOptions {
  /**
   * Whether to add ANSI colours.
   * @default false
   */
  readonly isColoured?: boolean;
}

const WIDTH = 100;
const LABEL_WIDTH = 14;
/** Beyond this many entries the timeline leaves out the least telling ones and says so. */
const TIMELINE_ENTRIES_MAX = 12;
const ALARMS_MAX = 6;
/** What is left out first when the timeline is too long. */
const LEAST_TELLING_KINDS: readonly TimelineEntry['kind'][] = ['health-check', 'alarm', 'milestone', 'dns'];

/**
 * The result as text of at most 100 columns: the verdict first, the command that repeats the run on the last line.
 * Only that command may be longer than a line, so that it can be pasted.
 *
 * @throws UnknownResultError when the document has a schema version that is not known
 */
export function terminalReport(document: GameDayResult, { isColoured = false }: TerminalReportOptions = {}): string {
  const result = knownResult(document);
  const story = storyOf(result);
  const ink = inkOf(isColoured);
  const blocks = [
    headline(result, story, ink),
    facts(result, story, ink),
    timeline(result, story, ink),
    alarms(story, ink),
    checks(result, ink),
    counterpart(result, ink),
    [
      row('Trace', `${plain(result.trace.digest)} over ${plural(result.trace.lines, 'line')}`, ink),
      `${ink.quiet('Replay'.padEnd(LABEL_WIDTH))}${plain(result.replay)}`,
    ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline(
  { gameDay, verdict, checks: all, seed, regions, parameters }: GameDayResult,
  story: Story,
  ink: Ink,
): string[] {
  const isPassed = verdict === 'pass';
  const word = (isPassed ? ink.good : ink.bad)(ink.strong(isPassed ? 'PASS' : 'FAIL'));
  const held = `${all.length - story.failedChecks.length} of ${plural(all.length, 'check')} hold`;
  const drawn = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  const scope = [
    gameDay.name,
    `seed ${seed}`,
    ...Object.entries(regions).map(([role, region]) => `${role} ${region}`),
    ...drawn,
  ];
  return [
    `${word}  ${ink.strong(clip(plain(gameDay.title), WIDTH - 30))}  ${ink.quiet(held)}`,
    ...wrap(plain(scope.join(' · ')), WIDTH).map(ink.quiet),
    '',
    ...wrap(plain(gameDay.hypothesis), WIDTH),
  ];
}

function facts(result: GameDayResult, story: Story, ink: Ink): string[] {
  const { faults, regions, recovery, orders, cost } = result;
  const broke = faults.map(
    (fault) =>
      `${fault.title}, ${regionTitle(regions, fault.region)} ${clockTime(fault.fromSeconds)}–${clockTime(fault.toSeconds)}`,
  );
  const { recoveryTime, recoveryPoint } = recovery;
  const recovered =
    recoveryTime &&
    `p50 ${duration(recoveryTime.p50Seconds)}, p99 ${duration(recoveryTime.p99Seconds)}${recoveryTime.p99BarSeconds === undefined ? '' : ` (at most ${duration(recoveryTime.p99BarSeconds)})`}, ` +
      `max ${duration(recoveryTime.maxSeconds)} over ${plural(recoveryTime.orders, 'order')}`;
  const unreadable =
    recoveryPoint &&
    `${plural(recoveryPoint.orders, 'order')} not readable in the survivor, oldest ${duration(recoveryPoint.oldestAgeSeconds)}`;
  const offered = (['offered', 'acknowledged', 'confirmed', 'rejected'] as const).map(
    (name) => `${count(orders[name])} ${name}`,
  );
  const missed = [
    `${count(orders.refused)} refused`,
    `${count(story.unanswered)} unanswered`,
    `${count(orders.expired)} expired`,
    `${count(orders.lost)} lost`,
    plural(orders.charges, 'charge'),
  ];
  return [
    ...(broke.length === 0 ? ['nothing'] : broke).map((text, index) => row(index === 0 ? 'What broke' : '', text, ink)),
    row('First alarm', firstAlarmText(story), ink),
    ...(recovered === undefined ? [] : [row('RTO', recovered, ink)]),
    ...(unreadable === undefined ? [] : [row('RPO', unreadable, ink)]),
    row('Orders', offered.join(', '), ink),
    row('', missed.join(', '), ink),
    ...(cost === undefined ? [] : [row('Cost', costText(cost), ink)]),
  ];
}

function costText({ dollars: total, hours, services }: RunCost): string {
  const most = services[0] === undefined ? '' : `, most of it for ${services[0].service}`;
  return `${dollars(total)} for ${duration(hours * 3_600)} in an account, at list prices${most}`;
}

function firstAlarmText({ firstAlarm }: Story): string {
  if (firstAlarm === undefined) return 'none fired';
  const { lane, interval, delaySeconds } = firstAlarm;
  const when =
    delaySeconds === undefined ? `at ${clockTime(interval.fromSeconds)}` : `${duration(delaySeconds)} after the fault`;
  return `${when}: ${lane.alarmName}, ${lane.region}, ${lane.severity}`;
}

function timeline({ regions }: GameDayResult, { timeline: entries }: Story, ink: Ink): string[] {
  if (entries.length === 0) return [];
  const kept = mostTelling(entries);
  const lines = kept.map(({ atSeconds, kind, region, text }) => {
    const start = `  ${clockTime(atSeconds).padStart(7)}  ${fit(kind, 13)}${fit(plain(region ?? ''), 15)}`;
    const said = clip(plain(text), WIDTH - start.length);
    return `${ink.quiet(start)}${kind === 'fault' ? ink.strong(said) : said}`;
  });
  const leftOut = entries.length - kept.length;
  const note = leftOut === 0 ? [] : [ink.quiet(`  and ${leftOut} more in the HTML report`)];
  const scale = clip(`minutes:seconds; ${plain(regions.primary)} is the primary`, WIDTH - 10);
  return [`${ink.strong('Timeline')}  ${ink.quiet(scale)}`, ...lines, ...note];
}

function mostTelling(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  let kept = entries;
  for (const kind of LEAST_TELLING_KINDS) {
    let surplus = kept.length - TIMELINE_ENTRIES_MAX;
    // The latest entries of a kind go first: how it began explains more than how it went on.
    kept = kept
      .toReversed()
      .filter((entry) => entry.kind !== kind || surplus-- <= 0)
      .toReversed();
  }
  return kept;
}

function alarms({ firedAlarms, quietAlarms }: Story, ink: Ink): string[] {
  if (firedAlarms.length + quietAlarms.length === 0) return [];
  const shown = firedAlarms.slice(0, ALARMS_MAX).map((fired) => alarmLine(fired));
  const more = firedAlarms.length - shown.length;
  const quiet = `${plural(quietAlarms.length, 'alarm')} stayed quiet`;
  return [
    `${ink.strong('Alarms')}  ${ink.quiet(more === 0 ? quiet : `${quiet}, ${more} more fired: see the HTML report`)}`,
    ...shown,
  ];
}

function alarmLine({ lane, interval, delaySeconds, clearedSeconds }: FiredAlarm): string {
  const delay = delaySeconds === undefined ? 'without a fault' : `after ${duration(delaySeconds)}`;
  const cleared = clearedSeconds === undefined ? 'to the end' : `clear at ${clockTime(clearedSeconds)}`;
  const start = `  ${clockTime(interval.fromSeconds).padStart(7)}  ${fit(lane.severity, 7)} ${fit(plain(lane.region), 15)}`;
  const name = fit(plain(lane.alarmName), 34);
  return clip(`${start}${name} ${fit(delay, 15)} ${cleared}`, WIDTH);
}

function checks({ checks: all }: GameDayResult, ink: Ink): string[] {
  if (all.length === 0) return [];
  return [ink.strong('Checks'), ...all.flatMap((check) => checkLines(check, ink))];
}

function checkLines(check: CheckResult, ink: Ink): string[] {
  const isPassed = check.verdict === 'pass';
  const sign = isPassed ? ink.good('ok  ') : ink.bad('FAIL');
  const [measured, bar] = [plain(check.measured), plain(check.bar)];
  const judged = measured === bar ? `${measured}, as asked for` : `${measured} (asked for: ${bar})`;
  const title = plain(check.title);
  const oneLine = `${title}: ${judged}`;
  if (isPassed && oneLine.length <= WIDTH - 8) return [`  ${sign}  ${title}${ink.quiet(`: ${judged}`)}`];
  const below = wrap(judged, WIDTH - 8).map((line) => `        ${ink.quiet(line)}`);
  const head = wrap(title, WIDTH - 8).map(
    (line, index) => (index === 0 ? `  ${sign}  ` : '        ') + (isPassed ? line : ink.strong(line)),
  );
  if (isPassed) return [...head, ...below];
  const details = check.details.flatMap((detail) =>
    wrap(plain(detail), WIDTH - 10).map((line, index) => `        ${index === 0 ? '- ' : '  '}${line}`),
  );
  return [...head, ...below, ...details];
}

function counterpart({ counterpart: without, recovery }: GameDayResult, ink: Ink): string[] {
  return without === undefined ? [] : [row('Without', counterpartText(without, recovery), ink)];
}

function row(label: string, text: string, ink: Ink): string {
  const lines = wrap(plain(text), WIDTH - LABEL_WIDTH);
  return lines.map((line, index) => `${ink.quiet((index === 0 ? label : '').padEnd(LABEL_WIDTH))}${line}`).join('\n');
}
