import type { WorkMessage } from '../../blueprint/orders';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { dropMarginMs } from '../shared/regulation/admission';
import { afterFailure, afterProbe, beforeCall } from '../shared/regulation/breaker';
import type { RegionControl } from '../shared/regulation/region-control';
import { RetryBudget } from './retry-budget';

/** So many environments a second add to the control item; the others leave it to them. */
const FLUSHES_PER_SECOND = 12;
/** However late everything is, one order a second is tried, or nobody would learn that it is not late any more. */
const PROBE_INTERVAL_MS = 1_000;

/** What a worker knows of a message before it begins. */
export interface Received {
  /** Epoch milliseconds, by the queue's clock. */
  readonly sentAt: number;
  readonly isFirstReceive: boolean;
}

/** What one worker sees of the load, and what it may do: its side of the regulation. */
export class WorkRegulation {
  private isProbe = false;
  private isFirstReceive = true;
  private triedLateAt = Number.NEGATIVE_INFINITY;
  private readonly retries: RetryBudget;

  constructor(
    private readonly control: RegionControl,
    private readonly chance: () => number = Math.random,
  ) {
    this.retries = new RetryBudget(control.policy);
  }

  /** A message was received: how long it has waited is the signal of everything. */
  async received({ sentAt, isFirstReceive }: Received, now: number): Promise<void> {
    const { control } = this;
    const { policy } = control;
    this.isFirstReceive = isFirstReceive;
    if (policy.admission === 'none' && !policy.sharesBreaker) return;
    // A message that was returned has waited for the provider, not for a worker.
    if (isFirstReceive) {
      const sojournMs = Math.max(0, now - sentAt);
      control.noteSojourn(sojournMs, now);
      if (sojournMs >= policy.pressureSojournMs && !control.isPressed(now)) control.press();
    }
    await control.refresh(now, this.chance() < FLUSHES_PER_SECOND / policy.workers);
  }

  /** The time budget of a charge: whether one that is begun now would probably end behind the deadline. */
  isLate({ deadlineAt }: WorkMessage, now: number): boolean {
    const leftMs = deadlineAt - now;
    const { policy } = this.control;
    if (!policy.dropsLateWork) return false;
    if (leftMs < TIME_BUDGETS.chargeMarginMs) return true;
    const serviceMs = this.control.state(now)?.serviceMs ?? policy.nominalServiceMs;
    if (leftMs >= dropMarginMs(serviceMs)) return false;
    if (now - this.triedLateAt < PROBE_INTERVAL_MS) return true;
    this.triedLateAt = now;
    return false;
  }

  /** Whether the provider is believed to be down: it is not called, except by one worker at a time to find out. */
  async mayCall(now: number): Promise<boolean> {
    const breaker = this.control.breaker(now);
    const claimed = beforeCall(breaker, now);
    if (claimed === undefined) return false;
    this.isProbe = breaker.kind === 'open';
    // A claim whose reply was lost may stand, and then nobody else looks for four seconds: better two probes than none.
    return !this.isProbe || (await this.control.switchBreaker(claimed, now)) !== false;
  }

  /** The provider was not called after all: a probe that was claimed is anybody's again. */
  async notCalled(now: number): Promise<void> {
    if (!this.isProbe) return;
    this.isProbe = false;
    const breaker = this.control.breaker(now);
    if (breaker.kind === 'open') await this.control.switchBreaker({ ...breaker, probeAt: now }, now);
  }

  /**
   * Whether the provider may be asked again about an order. A probe always may: somebody must find out. So may a message
   * that is received for the first time: its earlier attempts are writes that the SDK has repeated, and no calls.
   */
  mayRepeat(): boolean {
    return this.isProbe || this.isFirstReceive || this.retries.take();
  }

  isProviderDown(now: number): boolean {
    return this.control.breaker(now).kind === 'open';
  }

  /** The provider has answered. @param busyMs what the order has taken of this worker */
  async answered(busyMs: number, now: number): Promise<void> {
    this.control.countWork('decided', busyMs);
    this.retries.earn();
    if (!this.isProbe) return;
    this.isProbe = false;
    const breaker = this.control.breaker(now);
    if (breaker.kind === 'open') await this.control.switchBreaker(afterProbe(breaker, now), now);
  }

  /** The provider has not answered: told at once, since each second in which nobody knows costs a call of each worker. */
  async unanswered(busyMs: number, now: number): Promise<void> {
    const { control, isProbe } = this;
    control.countWork('unanswered', busyMs);
    this.isProbe = false;
    if (!control.policy.sharesBreaker) return;
    const window = await control.report(now);
    if (window === undefined) return;
    const breaker = control.breaker(now);
    const next = afterFailure(breaker, window, now, isProbe);
    if (next !== breaker) await control.switchBreaker(next, now);
  }

  /**
   * When a message shall come back: spread, so that those returned together do not come back together.
   * @param work undefined for a message nobody can read
   */
  returnSeconds(work: WorkMessage | undefined): number {
    const isImport = work !== undefined && work.deadlineAt - work.acceptedAt > TIME_BUDGETS.checkoutDeadlineMs;
    const seconds = isImport ? TIME_BUDGETS.unknownImportRetrySeconds : TIME_BUDGETS.unknownPaymentRetrySeconds;
    return seconds - Number(this.chance() < 0.5);
  }
}
