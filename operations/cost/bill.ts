import { PRICES } from './prices';
import type { Charge } from './resource-charges';

/** One line of a bill. */
export interface CostLine extends Charge {
  readonly region: string;
  readonly unit: string;
  /** US dollars. */
  readonly dollars: number;
}

/** Charges, put together by what they are for. */
export class Bill {
  private readonly merged = new Map<string, CostLine>();

  put(region: string, { service, item, price, quantity }: Charge): void {
    if (quantity === 0) return;
    const key = `${region} ${service} ${item} ${price}`;
    const total = (this.merged.get(key)?.quantity ?? 0) + quantity;
    const { dollars, per, unit } = PRICES[price];
    this.merged.set(key, { region, service, item, price, quantity: total, unit, dollars: (total / per) * dollars });
  }

  /** The dearest first. */
  lines(): readonly CostLine[] {
    return [...this.merged.values()].toSorted((a, b) => b.dollars - a.dollars || (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  dollars(): number {
    return this.lines().reduce((sum, { dollars }) => sum + dollars, 0);
  }
}

const keyOf = ({ region, service, item }: CostLine): string => `${region} ${service} ${item}`;
