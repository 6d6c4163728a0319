import type { AlarmInterval, AlarmLane, GameDayResult } from '../../gamedays/result';
import { clockTime, duration, plural } from '../quantities';
import type { FiredAlarm, Story } from '../story';
import { lane, type LaneFrame } from './lane';
import { markup, type Markup } from './markup';
import { regionName } from './region-name';

/** A lane an alarm: those that fired by the time they did, the quiet ones folded away by region. */
export function alarmLanes(result: GameDayResult, story: Story): Markup {
  const { firedAlarms, quietAlarms, endSeconds } = story;
  const frame: LaneFrame = { endSeconds, faults: result.faults };
  const summary =
    result.alarms.length === 0
      ? 'This game day has no alarms.'
      : `${firedAlarms.length} of ${plural(result.alarms.length, 'alarm')} fired. Point at a lane or focus it to read the reason.`;
  return markup`<section id="alarms" aria-labelledby="alarms-title">
<div class="section-head"><h2 id="alarms-title">Alarms</h2>
<p class="key"><span class="state alarm">ALARM</span><span class="state ok">OK</span><span class="state no-data">no data</span></p></div>
<p class="note">${summary}</p>
<div class="axis-rows" data-axis-rows>
${firedAlarms.map((fired) => alarmRow(result, fired.lane, frame, timesOf(fired)))}
<div class="moment-line" hidden></div>
</div>
${quietLanes(result, quietAlarms, frame)}
</section>`;
}

function quietLanes(result: GameDayResult, quiet: readonly AlarmLane[], frame: LaneFrame): Markup | undefined {
  if (quiet.length === 0) return undefined;
  const regions = [...new Set(quiet.map((one) => one.region))];
  return markup`<details class="quiet"><summary>${plural(quiet.length, 'alarm')} stayed quiet</summary>
<div class="axis-rows" data-axis-rows>
${regions.map((region) => quiet.filter((one) => one.region === region).map((one) => alarmRow(result, one, frame)))}
<div class="moment-line" hidden></div>
</div></details>`;
}

function alarmRow({ regions }: GameDayResult, alarm: AlarmLane, frame: LaneFrame, times?: string): Markup {
  const { alarmName, region, severity, intervals } = alarm;
  const spans = intervals.map(({ state, fromSeconds, toSeconds, reason }) => ({
    fromSeconds,
    toSeconds,
    look: `state ${LOOKS[state]}`,
    label: LABELS[state],
    reason,
  }));
  return markup`<div class="row alarm-row"><div><h3>${alarmName}</h3>
<p>${regionName(regions, region)} <span>${severity}</span>${times === undefined ? undefined : markup` <span class="times">${times}</span>`}</p></div>
${lane(`${alarmName} in ${region}`, spans, frame)}</div>
`;
}

function timesOf({ interval, delaySeconds, clearedSeconds }: FiredAlarm): string {
  const fired = delaySeconds === undefined ? clockTime(interval.fromSeconds) : `+${duration(delaySeconds)}`;
  return `${fired}, ${clearedSeconds === undefined ? 'in ALARM to the end' : `clear at ${clockTime(clearedSeconds)}`}`;
}

const LOOKS: Readonly<Record<AlarmInterval['state'], string>> = {
  OK: 'ok',
  ALARM: 'alarm',
  INSUFFICIENT_DATA: 'no-data',
};
const LABELS: Readonly<Record<AlarmInterval['state'], string>> = {
  OK: 'OK',
  ALARM: 'ALARM',
  INSUFFICIENT_DATA: 'no data',
};
