import { SHED_OVERRIDE_SCHEMA, type ShedOverride } from '../blueprint/load-shedding';
import { REGIONAL_STATE_KEY, REGULATION_KEY } from '../blueprint/names';
import { CLASS_MEANINGS, ORDER_CLASSES, type OrderClass, type PerClass } from '../blueprint/priorities';
import type { Deployment, RegionDeployment } from './deployment';
import type { PlainItem, SwitchPlatform } from './switch-platform';

/** What the commands about shedding need of the world. */
export type ShedPlatform = Pick<SwitchPlatform, 'now' | 'readItem' | 'updateItem' | 'ask' | 'say'>;

/** How one region regulates its load, as its control item says. */
export interface ShedView {
  readonly region: string;
  /** The share of each class that the regulator lets in. @default - it is calm, and everything is open */
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

/** Of the regulator's state, as far as a person is told of it. */
interface KeptState {
  readonly open?: PerClass<number>;
  /** Orders that may still be admitted in the tick, which is a second as deployed. */
  readonly credits?: PerClass<number>;
  /** Orders a second. */
  readonly demand?: PerClass<number>;
  readonly backlog?: PerClass<number>;
}

/**
 * Cohorts are open farther than the tokens reach. An override has no tokens: a person who ordered what cohorts are opened for
 * would let in more than can be decided.
 */
function letIn({ open, credits, demand }: KeptState & { readonly open: PerClass<number> }): PerClass<number> {
  const share = (each: OrderClass): number => {
    const [planned, wanted] = [credits?.[each], demand?.[each]];
    const isHeld = planned !== undefined && wanted !== undefined && wanted > planned;
    return isHeld ? Math.min(open[each], planned / wanted) : open[each];
  };
  return [share(0), share(1), share(2)];
}

function viewOf(region: string, item: PlainItem, nowMs: number): ShedView {
  const state = parsed(item['state']) as KeptState | undefined;
  const isPressed = Number(item['pressedUntil'] ?? 0) > nowMs;
  const breaker = parsed(item['breaker']) as { kind?: string } | undefined;
  const override = SHED_OVERRIDE_SCHEMA.safeParse(parsed(item['override']));
  return {
    region,
    ...(isPressed && state?.open !== undefined ? { regulated: letIn({ ...state, open: state.open }) } : {}),
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
