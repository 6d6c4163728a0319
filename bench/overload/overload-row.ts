/** One row of the overload bench: a policy under a load. Times are seconds since the row's start. */
export interface OverloadRow {
  readonly policy: OverloadPolicyName;
  /** Offered load in the overload, in multiples of the capacity. */
  readonly load: number;
  /** Whether the provider is slow for a minute: the capacity falls to 30 %. */
  readonly hasDrop: boolean;
  /** Whether callers spread their repeats and honour Retry-After. */
  readonly hasJitter: boolean;
  readonly seed: number;
  /** Changes of the regulator's policy, for its sensitivity. @default - as it ships */
  readonly variant?: OverloadVariant;
  /** Whether the provider answers nothing for a minute. @default false */
  readonly hasOutage?: boolean;
  /** Whether the overload lasts a quarter of a minute instead of three: for a check that anybody runs. @default false */
  readonly isShort?: boolean;
}

export const OVERLOAD_POLICIES = ['none', 'api-gateway', 'backlog-threshold', 'regulator'] as const;
export type OverloadPolicyName = (typeof OVERLOAD_POLICIES)[number];

/**
 * `slow-loop`: ticks and copies of five seconds. `capacity`: a belief in so many workers more or less than there are.
 * `no-breaker`: the retry budget alone spares the provider. `unspared`: neither does.
 */
export const OVERLOAD_VARIANTS = ['slow-loop', 'capacity+30%', 'capacity-30%', 'no-breaker', 'unspared'] as const;
export type OverloadVariant = (typeof OVERLOAD_VARIANTS)[number];

/** The scale: ten workers of half a second each. */
export const WORKERS = 10;
export const SERVICE_MS = 500;
export const CAPACITY = (WORKERS * 1_000) / SERVICE_MS;
export const DROPPED_SHARE = 0.3;
export const BASE_LOAD = 0.7;
export const DEADLINE_SECONDS = 15;
/** Of the offered orders, by class. */
export { CLASS_SHARES } from '../../blueprint/order-demand';

interface Window {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export const overloadOf = ({ isShort = false }: OverloadRow): Window =>
  isShort ? { fromSeconds: 5, toSeconds: 20 } : { fromSeconds: 60, toSeconds: 240 };
/** When the provider is slow, or answers nothing. */
export const DROP: Window = { fromSeconds: 120, toSeconds: 180 };

/** Orders a second that the workers can decide at that second of the row. */
export function capacityAt(row: OverloadRow, second: number): number {
  const isDropped = second >= DROP.fromSeconds && second < DROP.toSeconds;
  if (!isDropped) return CAPACITY;
  if (row.hasOutage === true) return 0;
  return row.hasDrop ? DROPPED_SHARE * CAPACITY : CAPACITY;
}

export function isOverload(row: OverloadRow, second: number): boolean {
  const { fromSeconds, toSeconds } = overloadOf(row);
  return second >= fromSeconds && second < toSeconds;
}

/** Orders a second that begin at that second. A load of less than the capacity is the base load, all the time. */
export function offeredAt(row: OverloadRow, second: number): number {
  if (row.load < 1) return row.load * CAPACITY;
  return (isOverload(row, second) ? row.load : BASE_LOAD) * CAPACITY;
}

/** The name of a row, in files and on the command line. */
export function rowName({
  policy,
  load,
  hasDrop,
  hasJitter,
  seed,
  variant,
  hasOutage = false,
  isShort = false,
}: OverloadRow): string {
  const parts = [policy, `${load}x`, ...(hasDrop ? ['drop'] : []), ...(hasOutage ? ['outage'] : [])];
  return [
    ...parts,
    ...(isShort ? ['short'] : []),
    ...(hasJitter ? [] : ['no-jitter']),
    ...(variant === undefined ? [] : [variant]),
    `seed${seed}`,
  ].join('_');
}

/** One order as its caller lived it. Times are seconds since the row's start. */
export interface OverloadOrder {
  readonly orderClass: 0 | 1 | 2;
  readonly firstAttempt: number;
  attempts: number;
  /** When it was first acknowledged. @default - never */
  acknowledgedAt?: number;
  orderId?: string;
  /** When it was CONFIRMED. @default - never */
  doneAt?: number;
}
