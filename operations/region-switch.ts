import { evacuationKey, REGIONAL_STATE_KEY } from '../blueprint/names';
import type { Deployment, RegionDeployment } from './deployment';
import { evacuationRefusals, failbackRefusals, isSet, type Refusal } from './switch-guards';
import { switchPage } from './switch-page';
import type { SwitchPlatform } from './switch-platform';
import { askReady, look, lookUp, otherThan, type SwitchView } from './switch-view';

export interface SwitchRequest {
  readonly platform: SwitchPlatform;
  readonly deployment: Deployment;
  /** The region that leaves or returns; one of the deployment's. */
  readonly region: string;
  /** Do not ask, for drills. @default false */
  readonly isConfirmed?: boolean;
  /** Why guards that can be overruled are overruled. @default - they are not */
  readonly forceReason?: string;
}

/** Whether the switch is now where it was wanted; `refused` and `failed` say why not, in what was told. */
export type SwitchOutcome = 'done' | 'nothing-to-do' | 'refused' | 'failed';

/** DNS moves after two failed checks, their propagation and the TTL, about 45 s. Twice that is not slow but broken. */
const DNS_WAIT_MS = 90_000;
/** Readiness is cached for five seconds in each execution environment. */
const READY_WAIT_MS = 30_000;
const POLL_MS = 2_000;

/** Tells what is seen, and changes nothing. */
export async function switchStatus(platform: SwitchPlatform, deployment: Deployment): Promise<SwitchView> {
  const view = await look(platform, deployment);
  for (const line of switchPage(view, deployment.serviceName)) platform.say(line);
  return view;
}

/**
 * Takes a region out of DNS: sets the switch in the other region, on which the region's record hangs, and then the second
 * latch in the region itself, which may be out of reach.
 */
export async function evacuate(request: SwitchRequest): Promise<SwitchOutcome> {
  const { platform, deployment, region } = request;
  const { leaving, target } = placesOf(deployment, region);
  const view = await switchStatus(platform, deployment);
  const seen = view.regions.find((candidate) => candidate.region === region)!;
  if (isSet(seen.switchItem) && isSet(seen.latchItem)) return nothingToDo(platform, `${region} is evacuated already.`);
  // A switch that is set and a latch that is not: the region was out of reach, and now may not be.
  const refusals = isSet(seen.switchItem) ? [] : evacuationRefusals(view, region, deployment.stage);
  if (!mayGoOn(request, refusals)) return 'refused';
  const isAgreed = await agree(request, [
    `Evacuate ${region}: new orders will go to ${target.region}.`,
    `1. Set the switch: ${describeWrite(target, region)}.`,
    `2. Set the latch: ${describeWrite(leaving, region)}. If ${region} does not answer, the switch alone suffices.`,
    `3. Wait until DNS no longer answers ${region}, at most ${DNS_WAIT_MS / 1000} s.`,
  ]);
  if (!isAgreed) return 'refused';
  if (!(await write(request, target, true))) {
    platform.say(`Whether the switch is set is not known. Run the same command again.`);
    return 'failed';
  }
  if (!(await write(request, leaving, true))) {
    platform.say(`The latch is not set; the switch alone suffices. Run the same command again when ${region} answers.`);
  }
  const dnsRegion = await waitForDns(request, (answer) => answer !== region);
  await switchStatus(platform, deployment);
  if (dnsRegion !== region) return 'done';
  platform.say(`The switch is set, but DNS still answers ${region}: is the health check on switch/${region} in place?`);
  return 'failed';
}

/**
 * Takes a region back into DNS: clears the latch first, waits until the region says that it is ready, and clears the switch
 * last, so that nobody is sent to a region that has not said so.
 */
export async function failBack(request: SwitchRequest): Promise<SwitchOutcome> {
  const { platform, deployment, region } = request;
  const { leaving: returning, target: peer } = placesOf(deployment, region);
  const view = await switchStatus(platform, deployment);
  const seen = view.regions.find((candidate) => candidate.region === region)!;
  const isKnownClear = [seen.switchItem, seen.latchItem].every((item) => item !== 'unknown' && !isSet(item));
  if (isKnownClear) return nothingToDo(platform, `${region} is not evacuated.`);
  if (!mayGoOn(request, failbackRefusals(view, region, deployment.stage))) return 'refused';
  const isAgreed = await agree(request, [
    `Take ${region} back: DNS may answer it again.`,
    `1. Clear the latch: ${describeWrite(returning, region)}.`,
    `2. Wait until ${region} is ready, at most ${READY_WAIT_MS / 1000} s.`,
    `3. Clear the switch: ${describeWrite(peer, region)}.`,
    `4. Wait until DNS answers ${region}, at most ${DNS_WAIT_MS / 1000} s.`,
  ]);
  if (!isAgreed) return 'refused';
  if (!(await write(request, returning, false))) {
    platform.say(`Whether the latch is clear is not known, and the switch stays set. Run the same command again.`);
    return 'failed';
  }
  if (!(await waitUntilReady(platform, returning))) {
    platform.say(`${region} does not become ready, so the switch stays set. Mend it and run the same command again.`);
    return 'failed';
  }
  if (!(await write(request, peer, false))) {
    platform.say(`Whether the switch is clear is not known. Run the same command again when ${peer.region} answers.`);
    return 'failed';
  }
  const dnsRegion = await waitForDns(request, (answer) => answer === region);
  await switchStatus(platform, deployment);
  if (dnsRegion !== region) {
    platform.say(`DNS answers ${dnsRegion ?? 'nothing'}. That is right when ${peer.region} is the preferred region.`);
  }
  return 'done';
}

function placesOf({ regions }: Deployment, region: string): { leaving: RegionDeployment; target: RegionDeployment } {
  const target = otherThan(region, regions);
  return { target, leaving: otherThan(target.region, regions) };
}

function nothingToDo(platform: SwitchPlatform, sentence: string): SwitchOutcome {
  platform.say(`${sentence} There is nothing to do.`);
  return 'nothing-to-do';
}

function mayGoOn({ platform, forceReason }: SwitchRequest, refusals: readonly Refusal[]): boolean {
  let goesOn = true;
  for (const { sentence, canForce } of refusals) {
    const isForced = canForce && forceReason !== undefined;
    const hint = canForce ? ' (--force REASON overrules this.)' : '';
    platform.say(isForced ? `Overruled (${forceReason}): ${sentence}` : `Refused: ${sentence}${hint}`);
    goesOn &&= isForced;
  }
  return goesOn;
}

async function agree({ platform, isConfirmed }: SwitchRequest, plan: readonly string[]): Promise<boolean> {
  for (const line of plan) platform.say(line);
  if (isConfirmed === true || (await platform.ask('Go on?'))) return true;
  platform.say('Nothing was changed.');
  return false;
}

const describeWrite = ({ region, stateTable }: RegionDeployment, evacuated: string): string =>
  `${evacuationKey(evacuated)} in ${stateTable} of ${region}`;

async function write(request: SwitchRequest, at: RegionDeployment, isEvacuated: boolean): Promise<boolean> {
  const { platform, region, forceReason } = request;
  const key = evacuationKey(region);
  try {
    // A clear switch stays as an item, since it tells when it was cleared.
    const item = { [REGIONAL_STATE_KEY]: key, evacuated: isEvacuated, changedAt: platform.now() };
    const reason = forceReason === undefined ? {} : { reason: forceReason };
    await platform.writeItem({ region: at.region, tableName: at.stateTable }, { ...item, ...reason });
    platform.say(`${isEvacuated ? 'Set' : 'Cleared'} ${key} in ${at.region}.`);
    return true;
  } catch (error) {
    platform.say(`${at.region} did not take ${key}: ${(error as Error).message}`);
    return false;
  }
}

async function waitUntilReady(platform: SwitchPlatform, at: RegionDeployment): Promise<boolean> {
  const giveUpMs = platform.now() + READY_WAIT_MS;
  for (;;) {
    const ready = await askReady(platform, at);
    if (ready !== 'unknown' && ready.status === 200) return true;
    if (platform.now() >= giveUpMs) return false;
    await platform.sleep(POLL_MS);
  }
}

/** @returns what DNS answers in the end */
async function waitForDns(
  { platform, deployment }: SwitchRequest,
  isWanted: (dnsRegion: string) => boolean,
): Promise<string | undefined> {
  const startMs = platform.now();
  for (;;) {
    const dnsRegion = await lookUp(platform, deployment);
    const waitedMs = platform.now() - startMs;
    if (dnsRegion !== undefined && isWanted(dnsRegion)) {
      platform.say(`DNS answers ${dnsRegion} after ${Math.round(waitedMs / 1000)} s. Callers follow within the TTL.`);
      return dnsRegion;
    }
    if (waitedMs >= DNS_WAIT_MS) return dnsRegion;
    await platform.sleep(POLL_MS);
  }
}
