import { REFUSED_OF_CLASS } from '../../blueprint/metrics';
import { ORDER_CLASSES, type OrderClass } from '../../blueprint/priorities';
import { measure } from '../shared/metrics';
import { Problem } from '../shared/problem';
import {
  admit,
  retryAfterSeconds,
  type Admission,
  type AdmissionRequest,
  type OpenBy,
} from '../shared/regulation/admission';
import type { RegionControl } from '../shared/regulation/region-control';

/** Of a second's plan, what one environment takes at a time. */
const LEASE_SECONDS = 0.1;
/**
 * An environment that was not needed for a minute is one more than is usual: load has just grown, by how much it cannot
 * know. It may admit so many before it asks the region.
 */
const UNUSUAL_AFTER_MS = 60_000;
const ADMITTED_UNASKED_MAX = 2;

/** That an order is of another class than the one by which it is refused. */
export interface Likelihood {
  readonly orderClass: OrderClass;
  /** From 0 to 1. */
  readonly probability: number;
}

/**
 * Admission of one execution environment, in this order: what needs no I/O first (the deadline, the cohort), then a lease of
 * tokens, and only then the put of the order. Without pressure there is no lease.
 */
export class AdmissionDesk {
  private readonly tokens: [number, number, number] = [0, 0, 0];
  private readonly isExhausted: [boolean, boolean, boolean] = [false, false, false];
  /** By class, since it was told last. */
  private readonly refused: [number, number, number] = [0, 0, 0];
  /** What was admitted without a lease since the region was asked last. */
  private unasked = 0;
  private unaskedMax: number;
  /** Whether the request at hand has taken a token. */
  private hasTaken = false;
  private secondBeganAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly control: RegionControl,
    private readonly chance: () => number = Math.random,
  ) {
    this.unaskedMax = ADMITTED_UNASKED_MAX;
  }

  /**
   * Whether an order of this class may go on to the lease. For an order whose class is not certain: one that is refused in the
   * best class it may have is refused in any.
   */
  async mayAdmit(request: AdmissionRequest, now: number): Promise<boolean> {
    const { policy } = this.control;
    if (policy.admission === 'none' || policy.effect === 'dry-run') return true;
    await this.beginSecond(now);
    return this.localAdmission(request, now, 0).kind === 'admit';
  }

  /**
   * @param otherwise what else the order may be, for what is offered of each class. @default - its class is certain
   * @throws Problem too-late or overloaded, unless the policy only measures what it would refuse
   */
  async ask(request: AdmissionRequest, now: number, otherwise?: Likelihood): Promise<void> {
    const { policy } = this.control;
    if (policy.admission === 'none') return;
    await this.beginSecond(now);
    this.hasTaken = false;
    const isOther = otherwise !== undefined && this.chance() < otherwise.probability;
    this.control.count('offered', isOther ? otherwise.orderClass : request.orderClass);
    const refusal = await this.refusalOf(request, now);
    if (refusal === undefined) return;
    this.refused[request.orderClass]++;
    if (policy.effect === 'enforce') throw refusal;
  }

  /** The order is durable now. */
  admitted({ orderClass }: AdmissionRequest): void {
    this.control.count('admitted', orderClass);
  }

  /** The order was there before: nothing was admitted, and the token it has taken, if any, serves another. */
  repeated({ orderClass }: AdmissionRequest): void {
    if (this.hasTaken) this.tokens[orderClass]++;
  }

  /** Once a second: what was counted is given away, and what the region does is learnt. */
  private async beginSecond(now: number): Promise<void> {
    const { control } = this;
    if (control.isNew(now, UNUSUAL_AFTER_MS)) this.unaskedMax = ADMITTED_UNASKED_MAX;
    if (Math.abs(now - this.secondBeganAt) >= control.policy.cacheMs) {
      // A second in which this environment was told how things stand: until the next one it may take its usual part.
      if (this.secondBeganAt > now - 2 * control.policy.cacheMs) this.unaskedMax = this.usualMax();
      this.secondBeganAt = now;
      this.unasked = 0;
      this.isExhausted.fill(false);
      for (const orderClass of ORDER_CLASSES) {
        if (this.refused[orderClass] > 0) measure(REFUSED_OF_CLASS[orderClass], this.refused[orderClass]);
      }
      this.refused.fill(0);
    }
    await control.refresh(now);
  }

  /**
   * One environment that alone admits more than the workers can decide has seen enough, unless chance alone brings as many
   * together: twice the deviation of a Poisson process, or a small region would look into its load all day.
   */
  private usualMax(): number {
    const { workers, nominalServiceMs } = this.control.policy;
    const decided = (workers * 1_000) / nominalServiceMs;
    return Math.floor(decided + 2 * Math.sqrt(decided));
  }

  private async refusalOf(request: AdmissionRequest, now: number): Promise<Problem | undefined> {
    const { control } = this;
    const admission = this.localAdmission(request, now, this.chance());
    if (admission.kind === 'too-late') return new Problem('too-late', 'It would not be decided before its deadline.');
    if (admission.kind === 'overloaded') return overloaded(admission.retryAfterSeconds);
    control.count('passed', request.orderClass);
    if (!control.isPressed(now)) {
      this.unasked++;
      if (this.unasked <= this.unaskedMax) return undefined;
      control.press();
      await control.refresh(now);
    }
    return (await this.hasToken(request.orderClass, now))
      ? undefined
      : overloaded(this.retryAfter(request.orderClass, now));
  }

  /** What needs no I/O: the deadline and the cohort. @param chance in [0, 1), of when to come back */
  private localAdmission(request: AdmissionRequest, now: number, chance: number): Admission {
    const { control } = this;
    return admit(control.policy, control.state(now), request, this.openBy(now), chance);
  }

  private openBy(now: number): OpenBy {
    if (this.control.breaker(now).kind === 'open') return 'outage';
    return this.control.override(now) === undefined ? 'load' : 'override';
  }

  private retryAfter(orderClass: OrderClass, now: number): number {
    const { control, chance } = this;
    const state = control.state(now) ?? { demand: [0, 0, 0] as const, capacity: 1 };
    return retryAfterSeconds(control.policy, state, orderClass, this.openBy(now), chance());
  }

  private async hasToken(orderClass: OrderClass, now: number): Promise<boolean> {
    const { control, tokens } = this;
    const state = control.state(now);
    // An operator who has said how far to open has said it all, and who knows nothing is open.
    if (control.policy.admission !== 'regulator' || state === undefined || control.override(now) !== undefined)
      return true;
    if (tokens[orderClass] >= 1) {
      tokens[orderClass]--;
      this.hasTaken = true;
      return true;
    }
    if (this.isExhausted[orderClass]) return false;
    const wanted = Math.max(1, Math.floor(state.credits[orderClass] * LEASE_SECONDS));
    const isGranted = await control.lease(orderClass, wanted);
    if (isGranted === true) {
      tokens[orderClass] += wanted - 1;
      this.hasTaken = true;
    }
    if (isGranted === false) this.isExhausted[orderClass] = true;
    return isGranted !== false;
  }
}

function overloaded(retryAfter: number): Problem {
  const detail =
    'This request has changed nothing. An order that was acknowledged before is still going to be decided.';
  return new Problem('overloaded', detail, retryAfter);
}
