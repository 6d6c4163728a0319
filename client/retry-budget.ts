export interface RetryBudgetOptions {
  /** The tokens at the start, and the most there can be. @default 500 */
  readonly capacity?: number;
  /** What one repeat costs. @default 5 */
  readonly retryCost?: number;
  /** What a request that succeeded at its first attempt brings back. @default 1 */
  readonly increment?: number;
}

/**
 * Bounds repeats to a share of requests, as the AWS SDKs' standard retry mode does
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html): repeats take tokens, successes return
 * them. In a blip everything may be repeated; once the tokens are gone, one repeat for `retryCost / increment` successes is
 * what is left, so callers cannot hold down by repeating what they themselves have overloaded.
 *
 * One budget belongs to one caller, and may be shared by its clients.
 */
export class RetryBudget {
  private readonly capacity: number;
  private readonly retryCost: number;
  private readonly increment: number;
  private tokens: number;

  constructor({ capacity = 500, retryCost = 5, increment = 1 }: RetryBudgetOptions = {}) {
    this.capacity = capacity;
    this.retryCost = retryCost;
    this.increment = increment;
    this.tokens = capacity;
  }

  /** Pays for one repeat. @returns false when there is not enough left: the repeat must not happen */
  take(): boolean {
    if (this.tokens < this.retryCost) return false;
    this.tokens -= this.retryCost;
    return true;
  }

  /** Notes a success. One that a repeat brought returns what that repeat had cost, and earns nothing. */
  succeeded(wasRepeated: boolean): void {
    this.tokens = Math.min(this.capacity, this.tokens + (wasRepeated ? this.retryCost : this.increment));
  }
}
