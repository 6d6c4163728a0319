import type { LoadSheddingPolicy } from '../../../blueprint/load-shedding';
import type { OrderClass } from '../../../blueprint/priorities';
import { TIME_BUDGETS } from '../../../blueprint/time-budgets';
import type { RegulationState } from './regulation-state';

/** What an order is, as far as admission is concerned. */
export interface AdmissionRequest {
  readonly orderClass: OrderClass;
  /** In [0, 1). */
  readonly cohort: number;
  /** How long its client is still interested. */
  readonly remainingMs: number;
}

export type Admission =
  | { readonly kind: 'admit' }
  /** It cannot be decided in time any more: nobody need come back. */
  | { readonly kind: 'too-late' }
  | { readonly kind: 'overloaded'; readonly retryAfterSeconds: number };

/** What decides how far the region is open: how much waits, a provider that does not answer, or a person. */
export type OpenBy = 'load' | 'outage' | 'override';

/** From intake to a worker, when nothing waits. */
const PIPE_MS = 100;
/** While the provider is believed to be down, everybody may come back after about so long. */
const RETRY_AFTER_OUTAGE_MS = 3_000;

/**
 * What a charge needs before its deadline: about the 95th percentile of a service time, and never more than a fifth of the
 * deadline. Without that cap a slow provider makes the margin longer than the deadline, everything is dropped, there is
 * no sample that could correct the estimate, and nothing is ever done again with nothing wrong any more.
 */
export function dropMarginMs(serviceMs: number): number {
  return Math.min(2 * serviceMs, 0.2 * TIME_BUDGETS.checkoutDeadlineMs);
}

/** Whole seconds, spread by half around the time in which what is too much is worked off. @param chance in [0, 1) */
export function retryAfterSeconds(
  policy: LoadSheddingPolicy,
  { demand, capacity }: Pick<RegulationState, 'demand' | 'capacity'>,
  orderClass: OrderClass,
  openBy: OpenBy,
  chance: number,
): number {
  // Who comes after an order does not keep it waiting.
  const load = demand.slice(0, orderClass + 1).reduce((sum, each) => sum + each, 0) / capacity;
  // What a person has closed stays closed: whoever came back soon would only fill the fence for the others.
  const ofLoadMs = openBy === 'override' ? policy.retryAfterMsMax : Math.max(1_000, 2_000 * load);
  const meanMs = openBy === 'outage' ? RETRY_AFTER_OUTAGE_MS : Math.min(policy.retryAfterMsMax, ofLoadMs);
  return Math.max(1, Math.round((meanMs / 1_000) * (0.5 + chance)));
}

/**
 * Whether an order may go on to the lease. It needs no I/O, so refusing costs next to nothing.
 * @param state undefined when nothing is known: everything is open, behind the fence of the API
 */
export function admit(
  policy: LoadSheddingPolicy,
  state: RegulationState | undefined,
  request: AdmissionRequest,
  openBy: OpenBy,
  chance: number,
): Admission {
  if (state === undefined || policy.admission === 'none') return { kind: 'admit' };
  const { backlog, capacity, serviceMs, open } = state;
  if (policy.admission === 'regulator') {
    const waitMs = (1_000 * (backlog[0] + backlog[1] + backlog[2])) / capacity;
    const neededMs = Math.min(waitMs, request.remainingMs * 2) + PIPE_MS + dropMarginMs(serviceMs);
    // An outage is over when it is over: the wait is not known, and the cohort decides.
    if (openBy !== 'outage' && neededMs > request.remainingMs) return { kind: 'too-late' };
  }
  if (request.cohort < open[request.orderClass]) return { kind: 'admit' };
  return {
    kind: 'overloaded',
    retryAfterSeconds: retryAfterSeconds(policy, state, request.orderClass, openBy, chance),
  };
}
