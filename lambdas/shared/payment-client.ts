import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import type { RequestSigner } from '@smithy/types';
import { PAYMENT_STATES, type PaymentState, type WorkMessage } from '../../blueprint/orders';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { collectBody } from './collect-body';
import { requiredEnv } from './environment';
import { withLastKey } from './keep-signer';
import { measure } from './metrics';
import { dynamoDb } from './order-store';
import { Sha256 } from './sha256';

/** The provider gave no answer that can be relied on: the payment may or may not have happened. */
export class PaymentUnknownError extends Error {
  override readonly name = 'PaymentUnknownError';
}

/** The provider's final answer, or MISMATCH: it knows the key with another amount or currency. */
export type PaymentAnswer = PaymentState | 'MISMATCH';

/** What the provider needs; `orderId` is the key, the same from whichever region it is asked. */
export type Payment = Pick<WorkMessage, 'orderId' | 'amount' | 'currency'>;

const { connectMs, callMs } = TIME_BUDGETS.payment;
const transport = new NodeHttpHandler({
  connectionTimeout: connectMs,
  requestTimeout: callMs,
  throwOnRequestTimeout: true,
});
let signer: RequestSigner | undefined;

async function send(path: string, payment: Payment): Promise<{ status: number; body: string }> {
  signer ??= withLastKey(
    new SignatureV4({
      credentials: dynamoDb.config.credentials,
      region: requiredEnv('PAYMENTS_REGION'),
      service: 'execute-api',
      sha256: Sha256,
    }),
  );
  const hostname = requiredEnv('PAYMENTS_HOST');
  const request = new HttpRequest({
    protocol: 'https:',
    hostname,
    method: 'POST',
    path,
    headers: { host: hostname, 'content-type': 'application/json' },
    body: JSON.stringify({ key: payment.orderId, amount: payment.amount, currency: payment.currency }),
  });
  const { response } = await transport.handle((await signer.sign(request)) as HttpRequest);
  const body = Buffer.from(await collectBody(response.body)).toString();
  return { status: response.statusCode, body };
}

function stateIn(body: string): PaymentState | undefined {
  try {
    const { state } = JSON.parse(body) as { state?: unknown };
    return PAYMENT_STATES.find((known) => known === state);
  } catch {
    return undefined;
  }
}

/** One call and no repeat: the queue and the sweeper repeat, with time in between. */
async function ask(path: string, payment: Payment): Promise<PaymentAnswer> {
  let reply;
  const startMs = Date.now();
  try {
    reply = await send(path, payment);
  } catch (error) {
    throw new PaymentUnknownError(`${path}: ${(error as Error).message}`, { cause: error });
  } finally {
    measure('PaymentLatency', Date.now() - startMs);
  }
  if (reply.status === 422) return 'MISMATCH';
  const state = reply.status === 200 ? stateIn(reply.body) : undefined;
  if (state === undefined) throw new PaymentUnknownError(`${path}: status ${reply.status}`);
  return state;
}

/**
 * Charge the customer, unless this key was charged, declined or voided before: the answer is then the earlier one.
 * @throws PaymentUnknownError on timeout, a refused connection, 4xx other than 422, 5xx or an answer that makes no sense
 */
export const charge = (payment: Payment): Promise<PaymentAnswer> => ask('/charges', payment);

/**
 * Make sure the customer is never charged for this key, unless that happened already: the answer tells.
 * @throws PaymentUnknownError as `charge` does
 */
export const voidPayment = (payment: Payment): Promise<PaymentAnswer> => ask('/voids', payment);
