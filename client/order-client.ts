import { ClientTimeout, type ClientPlatform, type ClientRequest, type ClientResponse } from './platform';
import { regionOf, type RequestSigner } from './request-signer';

/** What a caller orders. Amounts are whole numbers of the currency's minor unit. */
export interface NewOrder {
  readonly customerId: string;
  readonly amount: number;
  readonly currency: string;
  readonly reference?: string;
}

export interface OrderClientOptions {
  readonly platform: ClientPlatform;
  readonly signer: RequestSigner;
  /** The service's name in DNS, the same for both regions. */
  readonly serviceName: string;
  /** How long one attempt may take. @default 3000 */
  readonly attemptTimeoutMs?: number;
  /** The longest wait between two attempts; waits start at a tenth of it and are drawn anew each time. @default 1000 */
  readonly retryDelayMsMax?: number;
  /** How long the client goes on trying. @default 60000 */
  readonly patienceMs?: number;
  /** Told of every attempt. */
  readonly onAttempt?: (attempt: Attempt) => void;
}

/** One attempt: when, where, and how it ended. */
export interface Attempt {
  readonly startMs: number;
  readonly endMs: number;
  readonly region: string;
  /** The status of the answer, or why there was none. */
  readonly outcome: number | 'timeout';
}

/** Answers that will not change when the same request is sent again. */
function isFinal(status: number): boolean {
  return status < 500 && status !== 429;
}

/**
 * Places and reads orders over plain DNS: each attempt asks DNS where the service is, signs for that region, and is sent
 * again with the same idempotency key until an answer is final or patience ends.
 */
export class OrderClient {
  constructor(private readonly options: OrderClientOptions) {}

  /** Places an order under the key: however often it is sent, it is one order. */
  async placeOrder(idempotencyKey: string, order: NewOrder): Promise<ClientResponse | undefined> {
    return this.request({
      method: 'POST',
      path: '/orders',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(order),
    });
  }

  async getOrder(orderId: string): Promise<ClientResponse | undefined> {
    return this.request({ method: 'GET', path: `/orders/${encodeURIComponent(orderId)}`, headers: {}, body: '' });
  }

  /** The final answer, or undefined when patience ended without one. */
  private async request(request: Omit<ClientRequest, 'host'>): Promise<ClientResponse | undefined> {
    const { platform } = this.options;
    const giveUpMs = platform.now() + (this.options.patienceMs ?? 60_000);
    for (let attempt = 0; platform.now() < giveUpMs; attempt++) {
      if (attempt > 0) await platform.sleep(this.retryDelayMs(attempt));
      const response = await this.attempt(request);
      if (response !== undefined && isFinal(response.status)) return response;
    }
    return undefined;
  }

  private async attempt(request: Omit<ClientRequest, 'host'>): Promise<ClientResponse | undefined> {
    const { platform, signer, serviceName, onAttempt } = this.options;
    const startMs = platform.now();
    const host = await platform.resolve(serviceName);
    const signed = await signer.sign({ ...request, host }, startMs);
    const note = (outcome: Attempt['outcome']): void =>
      onAttempt?.({ startMs, endMs: platform.now(), region: regionOf(host), outcome });
    try {
      const response = await platform.send(signed, this.options.attemptTimeoutMs ?? 3000);
      note(response.status);
      return response;
    } catch (error) {
      if (!(error instanceof ClientTimeout)) throw error;
      note('timeout');
      return undefined;
    }
  }

  // Full jitter, so that clients that failed together do not come back together.
  private retryDelayMs(attempt: number): number {
    const max = this.options.retryDelayMsMax ?? 1000;
    return this.options.platform.random() * Math.min(max, (max / 10) * 2 ** attempt);
  }
}
