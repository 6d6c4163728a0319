import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { Problem } from '../shared/problem';
import { sha256Hex } from '../shared/sha256';

const bodySchema = z.strictObject({
  customerId: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/)),
  amount: z.int().check(z.positive(), z.maximum(99_999_999)),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  reference: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
});

/** A checkout as a client sends it, checked. */
export interface OrderRequest extends z.infer<typeof bodySchema> {
  readonly orderId: string;
  readonly bodyHash: string;
}

/** Visible ASCII, as the header's draft standard has it. */
const KEY = /^[\x21-\x7e]{1,128}$/;

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
  if (key === undefined || !KEY.test(key)) {
    throw new Problem('invalid-request', 'The header Idempotency-Key must be 1 to 128 visible ASCII characters.');
  }
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '');
  const parsed = bodySchema.safeParse(parseJson(text));
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
