import type { Kernel } from '../../kernel/kernel';
import { AwsFault, type JsonObject } from '../aws-service';

/**
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 * (ClientRequestToken).
 */
const TOKEN_US = 10 * 60 * 1_000_000;

/**
 * Remembers the tokens of one region's transactions for ten minutes, so that a repeated request is not applied again.
 */
export class ClientRequestTokens {
  private readonly requests = new Map<string, { readonly body: string; readonly expiryUs: number }>();

  constructor(private readonly kernel: Kernel) {}

  /** @throws AwsFault IdempotentParameterMismatchException when the token came with another request */
  isRepeated(token: string, input: JsonObject): boolean {
    const request = this.requests.get(token);
    if (request === undefined || request.expiryUs <= this.kernel.nowUs) return false;
    if (request.body === JSON.stringify(input)) return true;
    throw new AwsFault(
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with ' +
        'different requests, unless the requests are identical',
    );
  }

  remember(token: string, input: JsonObject): void {
    for (const [other, { expiryUs }] of this.requests) {
      if (expiryUs > this.kernel.nowUs) break;
      this.requests.delete(other);
    }
    this.requests.delete(token);
    this.requests.set(token, { body: JSON.stringify(input), expiryUs: this.kernel.nowUs + TOKEN_US });
  }
}
