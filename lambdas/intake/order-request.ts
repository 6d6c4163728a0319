import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { IDEMPOTENCY_KEY_SCHEMA, ORDER_REQUEST_SCHEMA, PATIENCE_SCHEMA } from '../../blueprint/order-api';
import type { OrderKind } from '../../blueprint/priorities';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { callerOf } from '../shared/caller';
import { Problem } from '../shared/problem';
import { sha256Hex } from '../shared/sha256';

/** An order as a client sends it, checked. */
export interface OrderRequest extends z.infer<typeof ORDER_REQUEST_SCHEMA> {
  readonly customerId: string;
  readonly kind: OrderKind;
  /** From now until the order's deadline. */
  readonly remainingMs: number;
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

const DEADLINE_MS: Readonly<Record<OrderKind, number>> = {
  checkout: TIME_BUDGETS.checkoutDeadlineMs,
  import: TIME_BUDGETS.importDeadlineMs,
};

/** A client may be in a hurry; it cannot make us promise more than we do. */
function remainingMsOf(kind: OrderKind, patience: string | undefined): number {
  if (patience === undefined) return DEADLINE_MS[kind];
  if (!PATIENCE_SCHEMA.safeParse(patience).success) {
    throw new Problem(
      'invalid-request',
      'The header Tandem-Patience-Ms must be a whole number of milliseconds above 0.',
    );
  }
  return Math.min(DEADLINE_MS[kind], Number(patience));
}

/**
 * Read and check a request.
 *
 * The order's id derives from the customer and the key and from nothing of this region, so that the same request sent to
 * the other region is the same order there, and the same payment at the provider.
 * @throws Problem invalid-request that names the field; forbidden when the order is for somebody the caller may not act for
 */
export function readOrderRequest(event: APIGatewayProxyEventV2): OrderRequest {
  const key = event.headers['idempotency-key'];
  if (key === undefined || !IDEMPOTENCY_KEY_SCHEMA.safeParse(key).success) {
    throw new Problem('invalid-request', 'The header Idempotency-Key must be 1 to 128 visible ASCII characters.');
  }
  const kind = event.routeKey === 'POST /orders/import' ? 'import' : 'checkout';
  const remainingMs = remainingMsOf(kind, event.headers['tandem-patience-ms']);
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '');
  const parsed = ORDER_REQUEST_SCHEMA.safeParse(parseJson(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new Problem('invalid-request', `The field "${issue.path.join('.') || 'body'}" is not valid: ${issue.code}.`);
  }
  const { amount, currency, reference } = parsed.data;
  const caller = callerOf(event);
  const customerId = parsed.data.customerId ?? caller.customerId;
  if (customerId === undefined) throw new Problem('invalid-request', 'The field "customerId" is missing.');
  if (!caller.mayActFor(customerId)) throw new Problem('forbidden', 'The order is for another customer.');
  return {
    ...parsed.data,
    customerId,
    kind,
    remainingMs,
    orderId: sha256Hex(JSON.stringify([customerId, key])).slice(0, 32),
    bodyHash: sha256Hex(JSON.stringify([customerId, amount, currency, reference ?? null])),
  };
}
