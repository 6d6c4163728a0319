import type { Kernel } from '../kernel/kernel';
import type { RandomStream } from '../kernel/random-stream';
import { territoryOf } from './latency';

/** Which exchanges a fault touches; every member that is given must match. */
export interface FaultSelector {
  /** The place the request comes from: a region or `internet`. */
  readonly from?: string;
  /** The region of the endpoint. */
  readonly to?: string;
  /** The place at either end, or at both: such an exchange is still one exchange, and is drawn for once. */
  readonly touches?: string;
  /** The service of the endpoint, such as `dynamodb`. */
  readonly service?: string;
  /** The operation, such as `PutItem` or `POST /charges`. */
  readonly operation?: string;
}

/** What happens to an exchange that a fault touches. */
export type FaultEffect =
  /** The request never arrives. The caller hears nothing. */
  | { readonly kind: 'lose-request' }
  /** The request is executed and its reply is lost. The caller hears nothing. */
  | { readonly kind: 'lose-reply' }
  /** The endpoint answers with this status and does nothing. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  /** The request is executed, and the caller hears this instead of the reply. */
  | { readonly kind: 'replace-reply'; readonly status: number; readonly body: string }
  /**
   * Both ways together take this much longer. With a `spread`, `delayMs` is the median of log-normal delays, drawn for each
   * exchange, and `spread` the deviation of their logarithm.
   */
  | { readonly kind: 'delay'; readonly delayMs: number; readonly spread?: number };

export interface NetworkFault {
  readonly select: FaultSelector;
  readonly effect: FaultEffect;
  /** The share of matching exchanges that is touched. @default 1 */
  readonly probability?: number;
}

/** One exchange, as faults see it. */
export interface ExchangeDescription {
  readonly from: string;
  readonly to: string;
  readonly service: string;
  readonly operation: string;
}

/**
 * Everything that is wrong with the network at this moment. Each verb has its reverse. A cut path swallows what crosses
 * it, in both directions, at the instant it would cross: the two ends hear nothing, as with a real black hole.
 */
export class NetworkFaults {
  private readonly isolated = new Set<string>();
  private readonly partitions = new Set<string>();
  private readonly faults = new Map<string, NetworkFault>();

  constructor(private readonly kernel: Kernel) {}

  /** Nothing crosses the border of the region any more; inside it everything goes on. */
  isolate(region: string): void {
    this.isolated.add(region);
    this.kernel.record('network', 'isolate', region);
  }

  rejoin(region: string): void {
    this.isolated.delete(region);
    this.kernel.record('network', 'rejoin', region);
  }

  /** Nothing passes between these two places; both still reach everybody else. */
  partition(left: string, right: string): void {
    this.partitions.add(pair(left, right));
    this.kernel.record('network', 'partition', pair(left, right));
  }

  repair(left: string, right: string): void {
    this.partitions.delete(pair(left, right));
    this.kernel.record('network', 'repair', pair(left, right));
  }

  /** Adds a fault under a name, or replaces the one of that name. */
  add(name: string, fault: NetworkFault): void {
    this.faults.set(name, fault);
    this.kernel.record('network', 'fault', name);
  }

  remove(name: string): void {
    this.faults.delete(name);
    this.kernel.record('network', 'fault-removed', name);
  }

  /** Whether something sent from one place would reach the other at this instant. */
  isOpen(from: string, to: string): boolean {
    if (from === to) return true;
    if (this.isolated.size > 0 && (this.isolated.has(from) || this.isolated.has(to))) return false;
    return this.partitions.size === 0 || !this.partitions.has(pair(territoryOf(from), territoryOf(to)));
  }

  /** The effects that touch this exchange, drawn once when it starts, in the order in which the faults were added. */
  effectsOn(exchange: ExchangeDescription): readonly FaultEffect[] {
    if (this.faults.size === 0) return NO_EFFECTS;
    const effects: FaultEffect[] = [];
    for (const [name, fault] of this.faults) {
      if (!matches(fault.select, exchange)) continue;
      const random = this.kernel.random(`fault/${name}`);
      if (random.chance(fault.probability ?? 1)) effects.push(drawn(fault.effect, random));
    }
    return effects;
  }
}

const NO_EFFECTS: readonly FaultEffect[] = [];

function drawn(effect: FaultEffect, random: RandomStream): FaultEffect {
  if (effect.kind !== 'delay' || effect.spread === undefined) return effect;
  return { kind: 'delay', delayMs: random.lognormal(effect.delayMs, effect.spread) };
}

function pair(left: string, right: string): string {
  return left < right ? `${left}|${right}` : `${right}|${left}`;
}

function matches(select: FaultSelector, exchange: ExchangeDescription): boolean {
  return (
    (select.from === undefined || isAt(select.from, exchange.from)) &&
    (select.to === undefined || select.to === exchange.to) &&
    (select.touches === undefined || isAt(select.touches, exchange.from) || select.touches === exchange.to) &&
    (select.service === undefined || select.service === exchange.service) &&
    (select.operation === undefined || select.operation === exchange.operation)
  );
}

/** A selected territory covers every place in it. */
function isAt(selected: string, place: string): boolean {
  return selected === place || selected === territoryOf(place);
}
