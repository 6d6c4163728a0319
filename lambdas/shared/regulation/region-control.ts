import type { LoadSheddingPolicy, ShedOverride } from '../../../blueprint/load-shedding';
import type { OrderClass, PerClass } from '../../../blueprint/priorities';
import { CLOSED, throughputOf, type Breaker } from './breaker';
import type { ControlItem, ControlStore } from './control-item';
import { isCurrent, nextState } from './next-state';
import {
  initialState,
  NOTHING_COUNTED,
  workCounts,
  type RegulationCounters,
  type RegulationState,
} from './regulation-state';

/** What one environment has seen is looked into for so many ticks: by then they have found pressure, or there is none. */
const SUSPICION_TICKS = 3;

type ClassCounter = 'offered' | 'passed' | 'admitted';

const plusOne = (counts: PerClass<number>, each: OrderClass): PerClass<number> => [
  counts[0] + Number(each === 0),
  counts[1] + Number(each === 1),
  counts[2] + Number(each === 2),
];

/**
 * What one execution environment knows of its region's control item: a copy that is at most a second old, and what it has
 * counted itself. Without pressure it only reads; under pressure it adds what it has counted, which brings the item along,
 * and whoever then finds the state older than a tick advances it. There is no leader.
 *
 * Nothing here throws: control that cannot be reached must not stop what it controls.
 */
export class RegionControl {
  private item: ControlItem | undefined;
  private readAt = Number.NEGATIVE_INFINITY;
  private triedAt = Number.NEGATIVE_INFINITY;
  private counters: RegulationCounters = NOTHING_COUNTED;
  /** For how long the region shall believe in the pressure that was seen here, and that it was not told of yet. */
  private pressedHereMs = 0;

  constructor(
    readonly policy: LoadSheddingPolicy,
    private readonly store: ControlStore,
    private readonly onFailure: (error: unknown) => void = () => undefined,
  ) {}

  count(counter: ClassCounter, orderClass: OrderClass): void {
    this.counters = { ...this.counters, [counter]: plusOne(this.counters[counter], orderClass) };
  }

  /** A worker has brought an order to its outcome, or has heard nothing from the provider, in so long. */
  countWork(outcome: 'decided' | 'unanswered', busyMs: number): void {
    const { counters } = this;
    this.counters = { ...counters, [outcome]: counters[outcome] + 1, busyMs: counters.busyMs + busyMs };
  }

  noteSojourn(ms: number, at: number): void {
    this.counters = { ...this.counters, sojourn: { ms, at } };
  }

  /** This environment has seen pressure that the region may not know of: the next refresh tells it, at once. */
  press(): void {
    this.pressedHereMs = SUSPICION_TICKS * this.policy.tickMs;
    this.triedAt = Number.NEGATIVE_INFINITY;
  }

  isPressed(now: number): boolean {
    return this.pressedHereMs > 0 || (this.known(now)?.pressedUntil ?? 0) > now;
  }

  /** The state by which this second is regulated; undefined while nothing that counts is known: everything is open. */
  state(now: number): RegulationState | undefined {
    const item = this.known(now);
    const state = item?.state;
    const isRegulated = state !== undefined && this.isPressed(now) && now - state.at <= this.policy.staleMsMax;
    const regulated = isRegulated ? state : undefined;
    const override = this.override(now);
    return override === undefined
      ? regulated
      : { ...(regulated ?? initialState(this.policy, now)), open: override.open };
  }

  override(now: number): ShedOverride | undefined {
    const override = this.known(now)?.override;
    return override !== undefined && override.until > now ? override : undefined;
  }

  breaker(now: number): Breaker {
    return this.policy.sharesBreaker ? (this.known(now)?.breaker ?? CLOSED) : CLOSED;
  }

  /** Whether this environment has not looked at the item for so long that it knows nothing of how busy the region is. */
  isNew(now: number, forMs: number): boolean {
    return now - this.readAt > forMs;
  }

  /** Brings the copy up to date, at most once a second. @param flushes false to leave counting to others this time */
  async refresh(now: number, flushes = true): Promise<void> {
    if (now - this.triedAt < this.policy.cacheMs && now >= this.triedAt) return;
    this.triedAt = now;
    const isPressed = this.isPressed(now);
    try {
      await (isPressed && flushes ? this.flush(now) : this.read(now, isPressed));
      if (isPressed) await this.tick(now);
    } catch (error) {
      this.onFailure(error);
    }
  }

  /** Adds what was counted at once. @returns the calls of the last seconds, for the breaker; undefined when it failed */
  async report(now: number): Promise<{ unanswered: number; answered: number } | undefined> {
    this.pressedHereMs = this.policy.pressureMs;
    this.triedAt = now;
    try {
      // What the item has counted is of its state's time. Of an old copy nobody knows, so it is renewed first; when it is the
      // state that is old, the failures in it go before this one comes, or a quiet region would sum up those of minutes.
      if (!this.isCurrent(now)) this.take(await this.store.read(), now);
      if (!this.isCurrent(now)) await this.tick(now);
      await this.flush(now);
    } catch (error) {
      this.onFailure(error);
      return undefined;
    }
    const { state, counters } = this.item!;
    const work = [...(state?.work ?? []), workCounts(counters)];
    return {
      answered: work.reduce((sum, [decided]) => sum + decided, 0),
      unanswered: work.reduce((sum, [, unanswered]) => sum + unanswered, 0),
    };
  }

  /** Takes tokens of a class. Undefined when nothing is known of it. */
  async lease(orderClass: OrderClass, tokens: number): Promise<boolean | undefined> {
    try {
      return await this.store.lease(orderClass, tokens);
    } catch (error) {
      this.onFailure(error);
      return undefined;
    }
  }

  /**
   * Puts the breaker into another state.
   * @returns false when somebody else has done something to it before; undefined when nobody knows whether it was done
   */
  async switchBreaker(to: Breaker, now: number): Promise<boolean | undefined> {
    try {
      const { item, isOurs } = await this.store.switchBreaker(this.breaker(now), to);
      this.take(item, now);
      return isOurs;
    } catch (error) {
      this.onFailure(error);
      return undefined;
    }
  }

  private isCurrent(now: number): boolean {
    return isCurrent(this.policy, this.item?.state, now);
  }

  private known(now: number): ControlItem | undefined {
    return now - this.readAt <= this.policy.staleMsMax ? this.item : undefined;
  }

  private take(item: ControlItem, now: number): void {
    this.item = item;
    this.readAt = now;
  }

  private async read(now: number, isPressed: boolean): Promise<void> {
    this.take(await this.store.read(), now);
    // In calm nobody asks what was counted.
    if (!isPressed) this.counters = NOTHING_COUNTED;
  }

  // What was counted is given away first: when the reply is lost, counting it twice would be worse than not at all.
  private async flush(now: number): Promise<void> {
    const { counters, pressedHereMs } = this;
    this.counters = NOTHING_COUNTED;
    this.pressedHereMs = 0;
    // A suspicion never shortens what the region knows already.
    const pressedUntil = Math.max(now + pressedHereMs, this.item?.pressedUntil ?? 0);
    this.take(await this.store.flush(counters, pressedHereMs > 0 ? pressedUntil : undefined), now);
  }

  private async tick(now: number): Promise<void> {
    const item = this.item!;
    // Clocks differ: a state that is a little younger than now is current too.
    if (item.state !== undefined && Math.abs(now - item.state.at) < this.policy.tickMs) return;
    const next = nextState(this.policy, item.state, item.counters, now, throughputOf(this.breaker(now), now));
    const pressedUntil = next.isPressed ? now + this.policy.pressureMs : item.pressedUntil;
    this.take(await this.store.advance(item, next, pressedUntil), now);
  }
}
