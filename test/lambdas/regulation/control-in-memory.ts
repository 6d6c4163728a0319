import type { OrderClass } from '../../../blueprint/priorities';
import { CLOSED, type Breaker } from '../../../lambdas/shared/regulation/breaker';
import type { ControlItem, ControlStore } from '../../../lambdas/shared/regulation/control-item';
import {
  NOTHING_COUNTED,
  type RegulationCounters,
  type RegulationState,
} from '../../../lambdas/shared/regulation/regulation-state';

type Triple = readonly [number, number, number];

const plus = (left: Triple, right: Triple): Triple => [left[0] + right[0], left[1] + right[1], left[2] + right[2]];

/** The control item as a table would keep it, with every call noted. */
export class ControlInMemory implements ControlStore {
  readonly calls: string[] = [];
  isDown = false;
  item: ControlItem = { tick: 0, counters: NOTHING_COUNTED, pressedUntil: 0, breaker: CLOSED };
  tokens: [number, number, number] = [0, 0, 0];

  read(): Promise<ControlItem> {
    return this.call('read', () => this.item);
  }

  flush(counters: RegulationCounters, pressedUntil: number | undefined): Promise<ControlItem> {
    return this.call('flush', () => {
      const held = this.item.counters;
      this.change({
        counters: {
          offered: plus(held.offered, counters.offered),
          passed: plus(held.passed, counters.passed),
          admitted: plus(held.admitted, counters.admitted),
          decided: held.decided + counters.decided,
          busyMs: held.busyMs + counters.busyMs,
          unanswered: held.unanswered + counters.unanswered,
          ...((counters.sojourn ?? held.sojourn) === undefined ? {} : { sojourn: (counters.sojourn ?? held.sojourn)! }),
        },
        ...(pressedUntil === undefined ? {} : { pressedUntil }),
      });
      return this.item;
    });
  }

  advance(from: ControlItem, state: RegulationState, pressedUntil: number): Promise<ControlItem> {
    return this.call('advance', () => {
      if (from.tick !== this.item.tick) return this.item;
      this.tokens = [...state.credits];
      this.change({ tick: from.tick + 1, state, pressedUntil, counters: NOTHING_COUNTED });
      return this.item;
    });
  }

  lease(orderClass: OrderClass, tokens: number): Promise<boolean> {
    return this.call('lease', () => {
      if (this.tokens[orderClass] < tokens) return false;
      this.tokens[orderClass] -= tokens;
      return true;
    });
  }

  switchBreaker(from: Breaker, to: Breaker): Promise<{ item: ControlItem; isOurs: boolean }> {
    return this.call('switchBreaker', () => {
      const isOurs = JSON.stringify(from) === JSON.stringify(this.item.breaker);
      if (isOurs) this.change({ breaker: to });
      return { item: this.item, isOurs };
    });
  }

  change(changes: Partial<ControlItem>): void {
    this.item = { ...this.item, ...changes };
  }

  private call<T>(name: string, does: () => T): Promise<T> {
    this.calls.push(name);
    return this.isDown ? Promise.reject(new Error('unreachable')) : Promise.resolve(does());
  }
}
