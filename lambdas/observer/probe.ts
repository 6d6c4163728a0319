import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { requiredEnv } from '../shared/environment';
import { lookAtOrders } from '../shared/order-look';

/** Where a region is looked at. */
export interface ObservedRegion {
  readonly region: string;
  readonly healthHost: string;
  readonly publicHost: string;
}

/** What one look at a region gave. */
export interface Probe {
  readonly isLive: boolean;
  /** Whether a customer's request was answered as it should be. */
  readonly servesOrders: boolean;
  /** What the region says of itself; `no-answer` when it says nothing that can be read. */
  readonly state: string;
  /** From the request to the answer of `live`, in milliseconds. @default - it did not answer */
  readonly latencyMs?: number;
}

/** As patient as Route 53's checkers are with an answer, and a second for TCP and TLS: this is the same question. */
const transport = new NodeHttpHandler({
  connectionTimeout: 1_000,
  requestTimeout: TIME_BUDGETS.healthAnswerMs,
  throwOnRequestTimeout: true,
});

/**
 * Asks a region whether it lives, which touches nothing, whether it is ready, which looks at its tables, and for an order, as
 * a customer would.
 */
export async function probe({ region, healthHost, publicHost }: ObservedRegion): Promise<Probe> {
  const startMs = Date.now();
  const live = get(healthHost, 'live').then((answer) => ({ answer, endMs: Date.now() }));
  const [{ answer, endMs }, ready, look] = await Promise.all([
    live,
    get(healthHost, 'ready'),
    lookAtOrders(region, publicHost),
  ]);
  const isLive = answer?.status === 200;
  const servesOrders = look.isWell;
  return { isLive, servesOrders, state: stateIn(ready?.body), ...(isLive ? { latencyMs: endMs - startMs } : {}) };
}

async function get(hostname: string, page: string): Promise<{ status: number; body: string } | undefined> {
  const path = `/${requiredEnv('HEALTH_PATH')}/${page}`;
  const request = new HttpRequest({ protocol: 'https:', hostname, method: 'GET', path, headers: { host: hostname } });
  try {
    const { response } = await transport.handle(request);
    const body = Buffer.from(await streamCollector(response.body)).toString();
    return { status: response.statusCode, body };
  } catch {
    // Refused, unreachable, too late: seen from outside they are one thing.
    return undefined;
  }
}

function stateIn(body: string | undefined): string {
  try {
    const { state } = JSON.parse(body ?? '') as { state?: unknown };
    return typeof state === 'string' ? state : 'no-answer';
  } catch {
    return 'no-answer';
  }
}
