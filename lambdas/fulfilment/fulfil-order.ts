import type { WorkMessage } from '../../blueprint/orders';
import { logger } from '../shared/logger';
import { measure } from '../shared/metrics';
import { recordAttempt } from '../shared/order-store';
import { charge, PaymentUnknownError, voidPayment } from '../shared/payment-client';
import { decisionOf, settle } from '../shared/settle-order';
import type { WorkRegulation } from './work-regulation';

const DECIDED_BY = 'fulfilment';

/** The provider was not asked, to spare it: the order stays PENDING and the message comes back. */
export class ProviderSparedError extends Error {
  override readonly name = 'ProviderSparedError';
}

/**
 * Settle an order whose time is up. EXPIRED without asking the provider would be cheaper, and wrong: the client may have
 * repeated its key to the other region, which may have charged, and under a partition nobody here can know. Only the
 * provider does, so an order expires by a void and by nothing else.
 */
async function expire(work: WorkMessage): Promise<void> {
  try {
    await settle(work, decisionOf(await voidPayment(work), DECIDED_BY, Date.now()));
  } catch (error) {
    // Whatever it was, the message has done what a message can: the sweeper settles the order from the table. Thrown, it
    // would bring the message back until it is a dead letter, and call a person for nothing.
    if (error instanceof PaymentUnknownError) measure('PaymentUnknown');
    logger.warn('An order past its deadline is left to the sweeper.', { orderId: work.orderId, error: error as Error });
  }
}

/**
 * Bring one order to its outcome.
 *
 * Returning means that the message may be deleted: the order is decided, or it is the sweeper's. Throwing brings the
 * message back.
 * @throws PaymentUnknownError while the provider's answer is unknown, ProviderSparedError when it was not even asked: the order
 * stays PENDING
 */
export async function fulfilOrder(work: WorkMessage, regulation: WorkRegulation): Promise<void> {
  const beganAt = Date.now();
  if (regulation.isLate(work, beganAt)) {
    // An order that may not be here may be another region's by now, and a void would take it away from there. If it is here, the
    // sweeper finds it.
    if (work.isInDoubt) return;
    // While the provider is down a void would only hold a worker; the sweeper settles the order when it is back.
    return regulation.isProviderDown(beganAt) ? undefined : expire(work);
  }
  if (!(await regulation.mayCall(beganAt)))
    throw new ProviderSparedError('The payment provider is believed to be down.');
  const attempt = await beginAttempt(work, regulation);
  if (attempt === undefined) return;
  if (attempt > 1 && !regulation.mayRepeat()) throw new ProviderSparedError('The retry budget is used up.');
  const answer = await ask(work, beganAt, regulation);
  try {
    await settle(work, decisionOf(answer, DECIDED_BY, Date.now()));
  } finally {
    // The provider has answered, whatever becomes of its answer here.
    await regulation.answered(Date.now() - beganAt, Date.now());
  }
}

/**
 * Recorded before the call: whatever becomes of us now, the record says that there may be a charge.
 * @returns undefined when there is nothing to be decided
 */
async function beginAttempt(work: WorkMessage, regulation: WorkRegulation): Promise<number | undefined> {
  try {
    const attempt = await recordAttempt(work, Date.now());
    if (attempt === undefined) await regulation.notCalled(Date.now());
    return attempt;
  } catch (error) {
    await regulation.notCalled(Date.now());
    throw error;
  }
}

async function ask(work: WorkMessage, beganAt: number, regulation: WorkRegulation): ReturnType<typeof charge> {
  try {
    return await charge(work);
  } catch (error) {
    if (error instanceof PaymentUnknownError) {
      measure('PaymentUnknown');
      await regulation.unanswered(Date.now() - beganAt, Date.now());
    }
    throw error;
  }
}
