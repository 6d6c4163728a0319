/**
 * A token bucket over virtual time. API Gateway throttles with one: `rate` tokens a second up to `burst`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export class TokenBucket {
  private tokens: number;
  private updatedUs = 0;

  constructor(
    private readonly ratePerSecond: number,
    private readonly burst: number,
  ) {
    this.tokens = burst;
  }

  /** Takes a token if there is one. */
  take(nowUs: number): boolean {
    this.tokens = Math.min(this.burst, this.tokens + ((nowUs - this.updatedUs) / 1e6) * this.ratePerSecond);
    this.updatedUs = nowUs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
