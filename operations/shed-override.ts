import type { ShedOverride } from '../blueprint/load-shedding';
import { CLASS_MEANINGS, ORDER_CLASSES, type PerClass } from '../blueprint/priorities';
import type { Deployment, RegionDeployment } from './deployment';
import {
  lookAtShedding,
  openText,
  REGULATION_ITEM_KEY,
  shedStatus,
  type ShedPlatform,
  type ShedView,
} from './shed-view';
import type { SwitchOutcome } from './region-switch';

export interface ShedRequest {
  readonly platform: ShedPlatform;
  readonly deployment: Deployment;
  /** The region that is overridden; one of the deployment's. */
  readonly region: string;
  /** Do not ask, for drills. @default false */
  readonly isConfirmed?: boolean;
}

export interface SetShedRequest extends ShedRequest {
  /** How far each class is open, from 0 to 1, the most important one first. */
  readonly open: PerClass<number>;
  readonly minutes: number;
  /** Recorded in the item, for whoever looks next. */
  readonly reason: string;
  /** Go on in spite of what speaks against it. @default false */
  readonly isForced?: boolean;
}

/** Each execution environment has a copy of the item that is at most so old. */
const FOLLOWS_SECONDS = 1;

/**
 * Orders how far a region is open, in place of its regulator, until it expires. One attribute of the control item is set; what
 * the functions count there stays as it is.
 */
export async function setShed(request: SetShedRequest): Promise<SwitchOutcome> {
  const { platform, region, open, minutes, reason } = request;
  const at = placeOf(request);
  const view = await lookAtShedding(platform, at);
  const refusals = view === undefined ? [`${region} does not answer.`] : objections(view, open);
  for (const sentence of refusals) platform.say(`${request.isForced === true ? 'Overruled' : 'Refused'}: ${sentence}`);
  if (view === undefined) return 'refused';
  if (refusals.length > 0 && request.isForced !== true) {
    platform.say('--force overrules this.');
    return 'refused';
  }
  const until = platform.now() + minutes * 60_000;
  const override: ShedOverride = { open: [...open], until, reason };
  const isAgreed = await agree(request, [
    `Override the regulator of ${region} for ${minutes} min: open will be ${openText(open)}.`,
    `Its functions follow within ${FOLLOWS_SECONDS} s, and return to the regulator at ${new Date(until).toISOString()} by themselves.`,
  ]);
  if (!isAgreed) return 'refused';
  return write(request, at, JSON.stringify(override), `${region} is overridden.`);
}

/** Gives a region back to its regulator before the override expires. */
export async function clearShed(request: ShedRequest): Promise<SwitchOutcome> {
  const { platform, region } = request;
  const at = placeOf(request);
  const view = await lookAtShedding(platform, at);
  if (view !== undefined && view.override === undefined) {
    platform.say(`${region} is not overridden. There is nothing to do.`);
    return 'nothing-to-do';
  }
  const isAgreed = await agree(request, [
    `Give ${region} back to its regulator: its functions follow within ${FOLLOWS_SECONDS} s.`,
  ]);
  if (!isAgreed) return 'refused';
  return write(request, at, undefined, `${region} regulates itself again.`);
}

/** What speaks against an override: a person under pressure should hear it before and not after. */
function objections({ region, regulated }: ShedView, open: PerClass<number>): string[] {
  if (open[0] === 0) {
    return [
      `Nothing at all would be admitted in ${region}. To move its callers, evacuate it: tandem switch evacuate ${region}.`,
    ];
  }
  if (regulated === undefined) return [];
  return ORDER_CLASSES.filter((each) => open[each] > regulated[each] + 0.005).map(
    (each) =>
      `${region} is under pressure and has opened ${CLASS_MEANINGS[each]} to ${Math.round(100 * regulated[each])} %: with ${Math.round(100 * open[each])} % more is acknowledged than can be decided in time.`,
  );
}

function placeOf({ deployment, region }: ShedRequest): RegionDeployment {
  return deployment.regions.find((each) => each.region === region)!;
}

async function agree({ platform, isConfirmed }: ShedRequest, plan: readonly string[]): Promise<boolean> {
  for (const line of plan) platform.say(line);
  if (isConfirmed === true || (await platform.ask('Go on?'))) return true;
  platform.say('Nothing was changed.');
  return false;
}

async function write(
  { platform, deployment }: ShedRequest,
  { region, stateTable }: RegionDeployment,
  override: string | undefined,
  done: string,
): Promise<SwitchOutcome> {
  try {
    await platform.updateItem({ region, tableName: stateTable }, REGULATION_ITEM_KEY, { override });
  } catch (error) {
    platform.say(
      `${region} did not take it: ${(error as Error).message}. Whether it holds is not known; run the same command again.`,
    );
    return 'failed';
  }
  platform.say(done);
  await shedStatus(platform, deployment);
  return 'done';
}
