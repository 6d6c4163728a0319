import { SHED_OVERRIDE_SCHEMA, type ShedOverride } from '../blueprint/load-shedding';
import { REGIONAL_STATE_KEY, REGULATION_KEY } from '../blueprint/names';
import { CLASS_MEANINGS, ORDER_CLASSES, type PerClass } from '../blueprint/priorities';
import type { Deployment, RegionDeployment } from './deployment';
import type { PlainItem, SwitchPlatform } from './switch-platform';

/** What the commands about shedding need of the world. */
export type ShedPlatform = Pick<SwitchPlatform, 'now' | 'readItem' | 'updateItem' | 'ask' | 'say'>;

/** How one region regulates its load, as its control item says. */
export interface ShedView {
  readonly region: string;
  /** How far the regulator has opened each class. @default - it is calm, and everything is open */
  readonly regulated?: PerClass<number>;
  /** Orders that wait, as the regulator estimates. @default - it is calm */
  readonly waiting?: number;
  readonly breaker: string;
  /** What the operator has ordered, while it holds. */
  readonly override?: ShedOverride;
}

export const REGULATION_ITEM_KEY = { [REGIONAL_STATE_KEY]: REGULATION_KEY } as const;

/** @returns undefined when the region's table does not answer */
export async function lookAtShedding(
  platform: ShedPlatform,
  { region, stateTable }: RegionDeployment,
): Promise<ShedView | undefined> {
  try {
    const item = await platform.readItem({ region, tableName: stateTable }, REGULATION_ITEM_KEY);
    return viewOf(region, item ?? {}, platform.now());
  } catch (error) {
    platform.say(`${stateTable} of ${region}: ${(error as Error).message}`);
    return undefined;
  }
}

/** Tells how each region regulates its load, and changes nothing. @returns whether both answered */
export async function shedStatus(platform: ShedPlatform, { regions }: Deployment): Promise<boolean> {
  let isKnown = true;
  for (const at of regions) {
    const view = await lookAtShedding(platform, at);
    if (view === undefined) {
      isKnown = false;
      platform.say(`${at.region}: does not answer`);
    } else for (const line of pageOf(view, platform.now())) platform.say(line);
  }
  return isKnown;
}

/** Such as `checkout of a priority plan 100 %, checkout 50 %, import 0 %`. */
export const openText = (open: PerClass<number>): string =>
  ORDER_CLASSES.map((each) => `${CLASS_MEANINGS[each]} ${Math.round(100 * open[each])} %`).join(', ');

function pageOf({ region, regulated, waiting, breaker, override }: ShedView, nowMs: number): string[] {
  const own =
    regulated === undefined
      ? `${region}: calm, everything is open; payment breaker ${breaker}`
      : `${region}: under pressure, open are ${openText(regulated)}; ${Math.round(waiting ?? 0)} orders wait; payment breaker ${breaker}`;
  if (override === undefined) return [own];
  const minutes = Math.ceil((override.until - nowMs) / 60_000);
  return [
    own,
    `${region}: OVERRIDDEN until ${new Date(override.until).toISOString()} (${minutes} min): open are ${openText(override.open)}. ${override.reason}`,
  ];
}

function viewOf(region: string, item: PlainItem, nowMs: number): ShedView {
  const state = parsed(item['state']) as { open?: PerClass<number>; backlog?: PerClass<number> } | undefined;
  const isPressed = Number(item['pressedUntil'] ?? 0) > nowMs;
  const breaker = parsed(item['breaker']) as { kind?: string } | undefined;
  const override = SHED_OVERRIDE_SCHEMA.safeParse(parsed(item['override']));
  return {
    region,
    ...(isPressed && state?.open !== undefined ? { regulated: state.open } : {}),
    ...(isPressed && state?.backlog !== undefined
      ? { waiting: state.backlog.reduce((sum, each) => sum + each, 0) }
      : {}),
    breaker: breaker?.kind ?? 'closed',
    // One that has expired is as good as none, and is left where it is.
    ...(override.success && override.data.until > nowMs ? { override: override.data } : {}),
  };
}

/** What cannot be read is not there: the functions take it so, too. */
function parsed(text: PlainItem[string] | undefined): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
