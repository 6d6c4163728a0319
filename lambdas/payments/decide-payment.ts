import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { PaymentState } from '../../blueprint/orders';
import { Problem } from '../shared/problem';
import { enterOnce, type LedgerEntry } from './payment-ledger';

const requestSchema = z.strictObject({
  key: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,128}$/)),
  amount: z.int().check(z.positive()),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
});
export type PaymentRequest = z.infer<typeof requestSchema>;

/** @throws Problem invalid-request */
export function readPaymentRequest(event: APIGatewayProxyEventV2): PaymentRequest {
  try {
    return requestSchema.parse(JSON.parse(event.body ?? ''));
  } catch {
    throw new Problem('invalid-request', 'A payment is a JSON object of key, amount in minor units, and currency.');
  }
}

/** The stand-in declines amounts that end in 13, so that a drill can ask for a declined payment. */
export const isDeclined = (amount: number): boolean => amount % 100 === 13;

async function decide(request: PaymentRequest, state: PaymentState, now: number): Promise<LedgerEntry> {
  const standing = await enterOnce({ ...request, state }, now);
  if (standing.amount !== request.amount || standing.currency !== request.currency) {
    throw new Problem('idempotency-key-reused', 'The key is known with another amount or currency.');
  }
  return standing;
}

/**
 * Charge a key, unless it was charged, declined or voided before: the first of charge and void wins and is final.
 * @throws Problem idempotency-key-reused when the key is known with another amount or currency
 */
export const chargePayment = (request: PaymentRequest, now: number): Promise<LedgerEntry> =>
  decide(request, isDeclined(request.amount) ? 'DECLINED' : 'CHARGED', now);

/**
 * Void a key. An unknown key leaves a tombstone, so that a charge that was sent before and arrives later is answered
 * VOIDED.
 * @throws Problem as `chargePayment` does
 */
export const voidPayment = (request: PaymentRequest, now: number): Promise<LedgerEntry> =>
  decide(request, 'VOIDED', now);
