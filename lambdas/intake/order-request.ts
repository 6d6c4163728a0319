import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { IDEMPOTENCY_KEY_SCHEMA, ORDER_REQUEST_SCHEMA } from '../../blueprint/order-api';
import { Problem } from '../shared/problem';
import { sha256Hex } from '../shared/sha256';

/** A checkout as a client sends it, checked. */
export interface OrderRequest extends z.infer<typeof ORDER_REQUEST_SCHEMA> {
  readonly orderId: string;
  readonly bodyHash: string;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid-request', 'The body is not JSON.');
  }
}

/**
 * Read and check a request.
 *
 * The order's id derives from the customer and the key and from nothing of this region, so that the same request sent to
 * the other region is the same order there, and the same payment at the provider.
 * @throws Problem invalid-request that names the field
 */
export function readOrderRequest(event: APIGatewayProxyEventV2): OrderRequest {
  const key = event.headers['idempotency-key'];
  if (key === undefined || !IDEMPOTENCY_KEY_SCHEMA.safeParse(key).success) {
    throw new Problem('invalid-request', 'The header Idempotency-Key must be 1 to 128 visible ASCII characters.');
  }
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '');
  const parsed = ORDER_REQUEST_SCHEMA.safeParse(parseJson(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new Problem('invalid-request', `The field "${issue.path.join('.') || 'body'}" is not valid: ${issue.code}.`);
  }
  const { customerId, amount, currency, reference } = parsed.data;
  return {
    ...parsed.data,
    orderId: sha256Hex(JSON.stringify([customerId, key])).slice(0, 32),
    bodyHash: sha256Hex(JSON.stringify([customerId, amount, currency, reference ?? null])),
  };
}
