import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler';
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

/**
 * 404 is the right answer. 429 is a region that refuses for load, and lives. Where callers have tokens, nobody of ours has
 * one: the look ends at the authorizer, whose 401 says that the edge lives and nothing of what is behind it.
 */
const WELL = new Set(process.env['IDENTITY'] === 'jwt' ? [404, 429, 401] : [404, 429]);

/** What a customer of a region would have met just now. */
export interface OrderLook {
  readonly isWell: boolean;
  /** @default - no answer */
  readonly latencyMs?: number;
}

/**
 * Asks a region for an order that does not exist, as a customer would: edge, authorizer, function and table must answer.
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
    await streamCollector(response.body);
    return { isWell: WELL.has(response.statusCode), latencyMs: Date.now() - startMs };
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
