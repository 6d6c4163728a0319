import type { PerClass } from '../../../blueprint/priorities';
import type { LoadSheddingPolicy } from '../../../blueprint/load-shedding';

/** What the environments have counted since the last tick. All are sums, so the order in which they arrive is irrelevant. */
export interface RegulationCounters {
  /** Requests, whatever became of them. */
  readonly offered: PerClass<number>;
  /** Requests whose cohort was open. Repeats come from closed cohorts, so these alone tell the demand. */
  readonly passed: PerClass<number>;
  /** New orders that were made durable. */
  readonly admitted: PerClass<number>;
  /** Orders that workers have brought to an outcome, and the time they have taken of workers. */
  readonly decided: number;
  readonly busyMs: number;
  /** Calls of the payment provider without an answer. */
  readonly unanswered: number;
  /** The newest sojourn that a worker has seen, and when. @default - none yet */
  readonly sojourn?: { readonly ms: number; readonly at: number };
}

export const NOTHING_COUNTED: RegulationCounters = {
  offered: [0, 0, 0],
  passed: [0, 0, 0],
  admitted: [0, 0, 0],
  decided: 0,
  busyMs: 0,
  unanswered: 0,
};

/** What was admitted between two ticks. */
export interface AdmissionInterval {
  /** Epoch milliseconds of its end. */
  readonly at: number;
  readonly admitted: PerClass<number>;
}

/** Orders decided, calls without an answer, and the time that both have taken of workers. */
export type WorkCounts = readonly [decided: number, unanswered: number, busyMs: number];

export const workCounts = ({ decided, unanswered, busyMs }: RegulationCounters): WorkCounts => [
  decided,
  unanswered,
  busyMs,
];

/** What the region knows of its load. It lives in the control item as JSON, and stays below a kilobyte. */
export interface RegulationState {
  /** Epoch milliseconds of the tick that made it. */
  readonly at: number;
  /** What an order takes of a worker, smoothed. */
  readonly serviceMs: number;
  /** Workers that seem to be there beyond those that are planned, as a share of them. */
  readonly spare: number;
  /** Orders that want to be admitted a second, smoothed. */
  readonly demand: PerClass<number>;
  /** The share of each class that is open, from 0 to 1. Never rises from one class to the next. */
  readonly open: PerClass<number>;
  /** How many orders of each class may be admitted until the next tick. */
  readonly credits: PerClass<number>;
  /** Orders that wait, by class, as estimated. */
  readonly backlog: PerClass<number>;
  /** Orders a second that the workers can decide, as estimated. */
  readonly capacity: number;
  /** What is admitted a second, by intervals, the newest last. */
  readonly history: readonly AdmissionInterval[];
  /** What the workers have done in the last ticks, the newest last. */
  readonly work: readonly WorkCounts[];
  /** Whether there is anything to regulate. */
  readonly isPressed: boolean;
}

/** Admissions are remembered for so long: longer than anything waits that can still meet a checkout's deadline. */
export const HISTORY_MS = 16_000;
/** The window in which unanswered calls open the breaker, and in which a small region finds enough decided orders. */
export const WORK_TICKS = 5;

/** How a region starts that knows nothing: everything is open, and capacity is what was planned. */
export function initialState({ workers, nominalServiceMs }: LoadSheddingPolicy, now: number): RegulationState {
  const capacity = (workers * 1_000) / nominalServiceMs;
  return {
    at: now,
    serviceMs: nominalServiceMs,
    spare: 0,
    demand: [0, 0, 0],
    open: [1, 1, 1],
    credits: [capacity / 3, capacity / 3, capacity / 3],
    backlog: [0, 0, 0],
    capacity,
    history: [],
    work: [],
    isPressed: false,
  };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
/** Three numbers, none of them negative. */
export const isTriple = (value: unknown): value is PerClass<number> =>
  Array.isArray(value) && value.length === 3 && value.every(isNumber);

function isState(value: unknown): value is RegulationState {
  if (typeof value !== 'object' || value === null) return false;
  const state = value as Record<keyof RegulationState, unknown>;
  return (
    [state.at, state.serviceMs, state.spare, state.capacity].every(isNumber) &&
    [state.demand, state.open, state.credits, state.backlog].every(isTriple) &&
    Array.isArray(state.history) &&
    state.history.every((entry: AdmissionInterval | null) => isNumber(entry?.at) && isTriple(entry?.admitted)) &&
    Array.isArray(state.work) &&
    state.work.every(isTriple) &&
    typeof state.isPressed === 'boolean'
  );
}

/** The state in the item, or undefined for anything that is none: regulation then begins anew, open. */
export function parseState(text: string | undefined): RegulationState | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isState(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;

export const stateText = (state: RegulationState): string => JSON.stringify(state, rounded);
