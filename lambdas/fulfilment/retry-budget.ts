import type { LoadSheddingPolicy } from '../../blueprint/load-shedding';

/**
 * How often one execution environment may ask the provider again about an order that was asked about before: a declared
 * share of what was answered, and a few to begin with. Repeats of a provider that is in trouble are load that nobody asked
 * for, and they take workers away from orders that were not tried yet.
 *
 * It is kept in memory: every environment has its part of the answers, so together they stay within the same share.
 */
export class RetryBudget {
  private left: number;

  constructor(private readonly policy: Pick<LoadSheddingPolicy, 'retryShareMax' | 'retriesUnearnedMax'>) {
    this.left = policy.retriesUnearnedMax;
  }

  /** The provider has answered a call, which earns a part of a repeat. What is not used is not saved up for ever. */
  earn(): void {
    this.left = Math.min(Math.max(1, this.policy.retriesUnearnedMax), this.left + this.policy.retryShareMax);
  }

  /** Takes one repeat, if there is one. */
  take(): boolean {
    // Ten tenths are a little less than one.
    if (this.left < 1 - 1e-9) return false;
    this.left -= 1;
    return true;
  }
}
