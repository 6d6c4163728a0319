import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { NOBODYS_ORDER_ID } from '../../blueprint/orders';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { createDynamoDb } from './clients';
import { Sha256 } from './sha256';

const transport = new NodeHttpHandler({
  connectionTimeout: 1_000,
  requestTimeout: TIME_BUDGETS.healthAnswerMs,
  throwOnRequestTimeout: true,
});
const { credentials } = createDynamoDb().config;
const signers = new Map<string, SignatureV4>();

/** What a customer of a region would have met just now. */
export interface OrderLook {
  readonly isWell: boolean;
  /** @default - no answer */
  readonly latencyMs?: number;
}

/**
 * Asks a region for an order that does not exist, as a customer would: edge, authorizer, function and table must answer.
 * 404 is the right answer. 429 is a region that refuses for load, and lives.
 */
export async function lookAtOrders(region: string, hostname: string): Promise<OrderLook> {
  const startMs = Date.now();
  const request = new HttpRequest({
    protocol: 'https:',
    hostname,
    method: 'GET',
    path: `/orders/${NOBODYS_ORDER_ID}`,
    headers: { host: hostname },
  });
  try {
    const { response } = await transport.handle((await signerFor(region).sign(request)) as HttpRequest);
    for await (const _ of response.body as AsyncIterable<Buffer>);
    const isWell = response.statusCode === 404 || response.statusCode === 429;
    return { isWell, latencyMs: Date.now() - startMs };
  } catch {
    // Refused, unreachable, too late: for a customer they are one thing.
    return { isWell: false };
  }
}

// A signature is valid in one region only.
function signerFor(region: string): SignatureV4 {
  let signer = signers.get(region);
  if (signer === undefined) {
    signer = new SignatureV4({ credentials, region, service: 'execute-api', sha256: Sha256 });
    signers.set(region, signer);
  }
  return signer;
}
