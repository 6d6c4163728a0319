import type { OrderClass } from '../../../blueprint/priorities';
import { CLOSED, type Breaker } from '../../../lambdas/shared/regulation/breaker';
import type { ControlItem, ControlStore } from '../../../lambdas/shared/regulation/control-item';
import {
  NOTHING_COUNTED,
  type RegulationCounters,
  type RegulationState,
} from '../../../lambdas/shared/regulation/regulation-state';

type Triple = readonly [number, number, number];

const sumOf = (left: RegulationCounters, right: RegulationCounters, sign: 1 | -1): RegulationCounters => {
  const triple = (name: 'offered' | 'passed' | 'admitted') => plus(left[name], right[name], sign);
  const number = (name: 'decided' | 'busyMs' | 'unanswered') => left[name] + sign * right[name];
  const sojourn = sign === 1 ? (right.sojourn ?? left.sojourn) : left.sojourn;
  return {
    offered: triple('offered'),
    passed: triple('passed'),
    admitted: triple('admitted'),
    decided: number('decided'),
    busyMs: number('busyMs'),
    unanswered: number('unanswered'),
    ...(sojourn === undefined ? {} : { sojourn }),
  };
};

const plus = (left: Triple, right: Triple, sign: 1 | -1): Triple => [
  left[0] + sign * right[0],
  left[1] + sign * right[1],
  left[2] + sign * right[2],
];

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
      this.change({
        counters: sumOf(this.item.counters, counters, 1),
        ...(pressedUntil === undefined ? {} : { pressedUntil }),
      });
      return this.item;
    });
  }

  advance(from: ControlItem, state: RegulationState, pressedUntil: number): Promise<ControlItem> {
    return this.call('advance', () => {
      if (from.tick !== this.item.tick) return this.item;
      this.tokens = [...state.credits];
      // As in the table: only what this tick has used is taken away.
      this.change({
        tick: from.tick + 1,
        state,
        pressedUntil,
        counters: sumOf(this.item.counters, from.counters, -1),
      });
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
