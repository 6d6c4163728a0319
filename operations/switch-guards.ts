import { ALARMS, thresholdIn } from '../blueprint/alarms';
import { CAPACITY, type Stage } from '../blueprint/capacity';
import { TIME_BUDGETS } from '../blueprint/time-budgets';
import { otherThan, type RegionView, type SwitchItem, type SwitchView, type Unknown } from './switch-view';

/** A reason not to move the switch. */
export interface Refusal {
  readonly sentence: string;
  /** Whether a person who gives a reason may overrule it. */
  readonly canForce: boolean;
}

const DWELL_MINUTES = TIME_BUDGETS.switchDwellMs / 60_000;

/**
 * What speaks against taking a region out.
 *
 * "Able to carry everything" has two parts. By design either region can (`blueprint/capacity.ts`, held by a rule). Now is
 * read where it shows first, in the region's own work queue: more messages than its workers decide before a checkout's
 * deadline means that it is behind already. Alarm states are not asked for: they are minutes old, rest on other alarms'
 * silence, and `standby-serving` must fire here.
 */
export function evacuationRefusals(view: SwitchView, region: string, stage: Stage): Refusal[] {
  const target = otherThan(region, view.regions);
  const leaving = otherThan(target.region, view.regions);
  return [...notReady(target), ...alreadyOut(target), ...backlog(target, stage), ...tooSoon(view, [leaving, target])];
}

/** What speaks against taking a region back. */
export function failbackRefusals(view: SwitchView, region: string, stage: Stage): Refusal[] {
  const returning = view.regions.find((candidate) => candidate.region === region)!;
  const peer = otherThan(region, view.regions);
  return [
    ...unfit(returning),
    ...backlog(returning, stage),
    ...notReplicated(returning, peer, stage),
    ...notReplicated(peer, returning, stage),
    // A latch that a first try has cleared must not hold up the second.
    ...tooSoon(view, [returning], ({ isEvacuated }) => isEvacuated),
  ];
}

function notReady({ region, ready }: RegionView): Refusal[] {
  if (ready !== 'unknown' && ready.status === 200) return [];
  return [
    never(
      `${region} is not ready (${readyText(ready)}): with both regions out, Route 53 answers as if both were well.`,
    ),
  ];
}

/** Ready but for the latch: the verdict `evacuated` is given only when the region's own tables have answered. */
function unfit({ region, ready }: RegionView): Refusal[] {
  if (ready !== 'unknown' && (ready.status === 200 || ready.state === 'evacuated')) return [];
  return [never(`${region} is not well (${readyText(ready)}): mend it first.`)];
}

function alreadyOut({ region, switchStatus, switchItem, latchItem }: RegionView): Refusal[] {
  if (switchStatus !== 200 && !isSet(switchItem) && !isSet(latchItem)) return [];
  return [never(`${region} is itself evacuated: never evacuate both. Run tandem switch failback ${region} first.`)];
}

function backlog({ region, messagesWaiting }: RegionView, stage: Stage): Refusal[] {
  const most = Math.floor((CAPACITY[stage].nominalOrdersPerSecond * TIME_BUDGETS.checkoutDeadlineMs) / 1000);
  if (messagesWaiting === 'unknown') return [unless(`The work queue of ${region} does not answer.`)];
  if (messagesWaiting <= most) return [];
  return [
    unless(
      `${region} has ${messagesWaiting} messages waiting, and its workers decide ${most} before the deadline: it cannot carry everything.`,
    ),
  ];
}

const PEER_SILENT = ALARMS.find(({ id }) => id === 'peer-silent')!;

function notReplicated({ region, peerBeatAgeSeconds }: RegionView, peer: RegionView, stage: Stage): Refusal[] {
  const most = thresholdIn(PEER_SILENT, stage);
  if (peerBeatAgeSeconds === 'unknown') return [unless(`${region} cannot say when it last heard ${peer.region}.`)];
  if (peerBeatAgeSeconds < most) return [];
  const age = Math.round(peerBeatAgeSeconds);
  return [
    unless(
      `${region} last heard ${peer.region} ${age} s ago, and ${most} s is the most: replication has not caught up.`,
    ),
  ];
}

/** @param isCounted which positions count as a change */
function tooSoon(
  view: SwitchView,
  regions: readonly RegionView[],
  isCounted: (item: SwitchItem) => boolean = () => true,
): Refusal[] {
  const changes = regions
    .flatMap(({ switchItem, latchItem }) => [switchItem, latchItem])
    .map((item) => (item === undefined || item === 'unknown' || !isCounted(item) ? undefined : item.changedAt));
  const minutes = (view.atMs - Math.max(...changes.map((changedAt) => changedAt ?? -Infinity))) / 60_000;
  if (minutes >= DWELL_MINUTES) return [];
  return [unless(`The switch was moved ${minutes.toFixed(1)} min ago, and rests for ${DWELL_MINUTES} min.`)];
}

export const isSet = (item: SwitchItem | Unknown | undefined): boolean =>
  item !== undefined && item !== 'unknown' && item.isEvacuated;

export const readyText = (ready: RegionView['ready']): string =>
  ready === 'unknown' ? 'no answer' : `${ready.status} ${ready.state}`.trim();

const never = (sentence: string): Refusal => ({ sentence, canForce: false });
const unless = (sentence: string): Refusal => ({ sentence, canForce: true });
