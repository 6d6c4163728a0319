import { evacuationKey, REGIONAL_STATE_KEY } from '../blueprint/names';
import { heartbeatKey } from '../blueprint/orders';
import type { Deployment, RegionDeployment } from './deployment';
import type { PlainItem, SwitchPlatform } from './switch-platform';

/** The position of a switch as a table holds it. */
export interface SwitchItem {
  readonly isEvacuated: boolean;
  /** Milliseconds since 1970. @default - unknown: it was not set by the command */
  readonly changedAt?: number;
  readonly reason?: string;
}

/** What could not be found out. It is not the same as no. */
export type Unknown = 'unknown';

/** One region as seen from outside. */
export interface RegionView {
  readonly region: string;
  readonly ready: { readonly status: number; readonly state: string } | Unknown;
  /** Status of the other region's `switch/{region}`: 200 says that this region is evacuated. */
  readonly switchStatus: number | Unknown;
  /** The switch, in the other region. */
  readonly switchItem: SwitchItem | Unknown | undefined;
  /** The second latch, in this region. */
  readonly latchItem: SwitchItem | Unknown | undefined;
  readonly messagesWaiting: number | Unknown;
  /** Age of the other region's last heartbeat as it was replicated to this one. */
  readonly peerBeatAgeSeconds: number | Unknown;
}

export interface SwitchView {
  readonly atMs: number;
  /** The region that DNS answers; undefined when no name server did. */
  readonly dnsRegion: string | undefined;
  readonly regions: readonly [RegionView, RegionView];
  /** Why something is unknown: a region that is gone and a credential that has expired look alike otherwise. */
  readonly problems: readonly string[];
}

/** Looks at everything at once. What does not answer is unknown, and nothing waits for it longer than the platform does. */
export async function look(platform: SwitchPlatform, deployment: Deployment): Promise<SwitchView> {
  const [first, second] = deployment.regions;
  const problems = new Set<string>();
  const [dnsRegion, ...regions] = await Promise.all([
    lookUp(platform, deployment),
    lookAt(platform, first, second, problems),
    lookAt(platform, second, first, problems),
  ]);
  return { atMs: platform.now(), dnsRegion, regions, problems: [...problems].sort() };
}

/** The region that the TXT record beside the service's address names. */
export function lookUp(platform: SwitchPlatform, { serviceName }: Deployment): Promise<string | undefined> {
  return platform.resolveText(`_region.${serviceName}`);
}

/** The other one of the two. */
export function otherThan<T extends { readonly region: string }>(region: string, pair: readonly [T, T]): T {
  return pair[0].region === region ? pair[1] : pair[0];
}

async function lookAt(
  platform: SwitchPlatform,
  here: RegionDeployment,
  peer: RegionDeployment,
  problems: Set<string>,
): Promise<RegionView> {
  const { region } = here;
  const orUnknown = async <T>(place: string, reading: Promise<T>): Promise<T | Unknown> => {
    try {
      return await reading;
    } catch (error) {
      problems.add(`${place}: ${(error as Error).message}`);
      return 'unknown';
    }
  };
  const [ready, switched, switchItem, latchItem, messagesWaiting, peerBeatAgeSeconds] = await Promise.all([
    askReady(platform, here),
    platform.httpGet(peer.healthHost, `/${peer.healthPath}/switch/${region}`),
    orUnknown(`${peer.stateTable} of ${peer.region}`, readSwitch(platform, peer, region)),
    orUnknown(`${here.stateTable} of ${region}`, readSwitch(platform, here, region)),
    orUnknown(`work queue of ${region}`, platform.countMessages(region, here.workQueueUrl)),
    orUnknown(`${here.ordersTable} of ${region}`, peerBeatAge(platform, here, peer.region)),
  ]);
  return {
    region,
    ready,
    switchStatus: switched?.status ?? 'unknown',
    switchItem,
    latchItem,
    messagesWaiting,
    peerBeatAgeSeconds,
  };
}

/** What the region says of itself. */
export async function askReady(platform: SwitchPlatform, here: RegionDeployment): Promise<RegionView['ready']> {
  const answer = await platform.httpGet(here.healthHost, `/${here.healthPath}/ready`);
  return answer === undefined ? 'unknown' : { status: answer.status, state: stateIn(answer.body) };
}

function stateIn(body: string): string {
  try {
    return String((JSON.parse(body) as { state?: unknown }).state ?? '');
  } catch {
    return '';
  }
}

async function readSwitch(
  platform: SwitchPlatform,
  { region, stateTable }: RegionDeployment,
  evacuated: string,
): Promise<SwitchItem | undefined> {
  const key = { [REGIONAL_STATE_KEY]: evacuationKey(evacuated) };
  const item = await platform.readItem({ region, tableName: stateTable }, key);
  return item === undefined ? undefined : toSwitchItem(item);
}

function toSwitchItem({ evacuated, changedAt, reason }: PlainItem): SwitchItem {
  return {
    isEvacuated: evacuated === true,
    ...(typeof changedAt === 'number' ? { changedAt } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

async function peerBeatAge(
  platform: SwitchPlatform,
  { region, ordersTable }: RegionDeployment,
  peerRegion: string,
): Promise<number | Unknown> {
  const key = { orderId: heartbeatKey(peerRegion), region: peerRegion };
  const beat = await platform.readItem({ region, tableName: ordersTable }, key);
  const beatAt = beat?.['beatAt'];
  return typeof beatAt === 'number' ? Math.max(0, platform.now() - beatAt) / 1000 : 'unknown';
}
