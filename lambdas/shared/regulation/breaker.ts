import { TIME_BUDGETS } from '../../../blueprint/time-budgets';

/**
 * The circuit breaker in front of the payment provider, shared by the workers of a region: its state machine as pure
 * functions. One of its own in each environment would be nearly useless: each sees two calls a second, and each would try
 * for itself whether the provider is back.
 */
export type Breaker =
  | { readonly kind: 'closed' }
  /** One call at a time is let through as a probe, not before `probeAt`. */
  | { readonly kind: 'open'; readonly probeAt: number; readonly successes: number }
  /** The provider is back; what it is given grows for some seconds. */
  | { readonly kind: 'closing'; readonly since: number };

export const CLOSED: Breaker = { kind: 'closed' };

const FAILURES_MIN = 5;
/**
 * Far above what chance makes of a provider that answers four calls of five: two workers that wait three seconds for each lost
 * reply have seen five of nine fail in a window, and an open breaker costs such a region more than the calls.
 */
const FAILURE_SHARE = 0.75;
const PROBE_INTERVAL_MS = 1_000;
/** Probes with an answer, less those without one. */
const SUCCESSES_TO_CLOSE = 3;
/** Of the capacity, second by second. */
const RAMP = [0.2, 0.4, 0.7] as const;
/** While it is open, a probe at a time is all that gets through. */
const OPEN_THROUGHPUT = 0.02;
/** A probe whose worker has died is missed after so long. */
const PROBE_MS_MAX = TIME_BUDGETS.payment.callMs + PROBE_INTERVAL_MS;

/** The calls of the last seconds: without an answer, and all. */
export interface CallWindow {
  readonly unanswered: number;
  readonly answered: number;
}

const shouldOpen = ({ unanswered, answered }: CallWindow): boolean =>
  unanswered >= FAILURES_MIN && unanswered > FAILURE_SHARE * (unanswered + answered);

/**
 * A call without an answer has been counted. While it is open only the probe tells anything new: a call that was begun
 * before would let a second probe go beside the first.
 */
export function afterFailure(breaker: Breaker, window: CallWindow, now: number, isProbe: boolean): Breaker {
  const isKnown = breaker.kind === 'open' ? !isProbe : !shouldOpen(window);
  // A provider that loses one answer in five would otherwise be kept waiting for three in a row, four seconds a try.
  const successes = breaker.kind === 'open' ? Math.max(0, breaker.successes - 1) : 0;
  return isKnown ? breaker : { kind: 'open', probeAt: now + PROBE_INTERVAL_MS, successes };
}

/** A worker wants to call. Undefined when it may not; otherwise the breaker as it is while the worker does. */
export function beforeCall(breaker: Breaker, now: number): Breaker | undefined {
  if (breaker.kind !== 'open') return breaker;
  // A probe that was claimed by a clock far ahead must not hold the breaker open for ever.
  const isDue = now >= breaker.probeAt || breaker.probeAt > now + 2 * PROBE_MS_MAX;
  return isDue ? { ...breaker, probeAt: now + PROBE_MS_MAX } : undefined;
}

/** A probe was answered. */
export function afterProbe(breaker: Breaker, now: number): Breaker {
  if (breaker.kind !== 'open') return breaker;
  const successes = breaker.successes + 1;
  return successes >= SUCCESSES_TO_CLOSE ? { kind: 'closing', since: now } : { kind: 'open', probeAt: now, successes };
}

/** The share of the capacity that gets through. */
export function throughputOf(breaker: Breaker, now: number): number {
  if (breaker.kind === 'closed') return 1;
  // After one answer the next probes must not wait for orders to be let in: in a small region that is ten seconds each.
  if (breaker.kind === 'open') return breaker.successes > 0 ? RAMP[0] : OPEN_THROUGHPUT;
  return RAMP[Math.max(0, Math.floor((now - breaker.since) / 1_000))] ?? 1;
}

/** The breaker in the item. Anything that is none is closed: an unreadable item must not stop payments. */
export function parseBreaker(text: string | undefined): Breaker {
  if (text === undefined) return CLOSED;
  try {
    const value = JSON.parse(text) as Partial<Record<string, unknown>> | null;
    const { kind, probeAt, successes, since } = value ?? {};
    if (kind === 'open' && Number.isFinite(probeAt) && Number.isFinite(successes)) return value as Breaker;
    if (kind === 'closing' && Number.isFinite(since)) return value as Breaker;
  } catch {
    // Falls through to closed.
  }
  return CLOSED;
}
