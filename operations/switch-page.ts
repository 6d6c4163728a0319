import { isSet, readyText } from './switch-guards';
import type { RegionView, SwitchItem, SwitchView, Unknown } from './switch-view';

/** What was seen, for a terminal. */
export function switchPage(view: SwitchView, serviceName: string): string[] {
  const rows: [string, (region: RegionView) => string][] = [
    ['', ({ region }) => region],
    ['ready', ({ ready }) => readyText(ready)],
    ['evacuated, says the other', ({ switchStatus }) => evacuatedText(switchStatus)],
    ['switch, in the other', ({ switchItem }) => itemText(switchItem)],
    ['latch, in itself', ({ latchItem }) => itemText(latchItem)],
    ['messages waiting', ({ messagesWaiting }) => String(messagesWaiting)],
    ['last heard the other', ({ peerBeatAgeSeconds }) => ageText(peerBeatAgeSeconds)],
  ];
  const lines = rows.map(([title, cell]) =>
    [title.padEnd(28), ...view.regions.map((region) => cell(region).padEnd(36))].join('').trimEnd(),
  );
  return [
    `Seen at ${new Date(view.atMs).toISOString()}`,
    ...lines,
    ...view.problems.map((problem) => `Unknown: ${problem}`),
    `DNS answers ${view.dnsRegion ?? 'nothing'} for ${serviceName}`,
  ];
}

function evacuatedText(status: RegionView['switchStatus']): string {
  if (status === 'unknown') return 'no answer';
  return status === 200 ? 'yes (200)' : `no (${status})`;
}

function itemText(item: SwitchItem | Unknown | undefined): string {
  if (item === 'unknown') return 'unknown';
  const position = isSet(item) ? 'set' : 'clear';
  return item?.changedAt === undefined ? position : `${position} since ${new Date(item.changedAt).toISOString()}`;
}

const ageText = (seconds: number | Unknown): string =>
  seconds === 'unknown' ? seconds : `${Math.round(seconds)} s ago`;
