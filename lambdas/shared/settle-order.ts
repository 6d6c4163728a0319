import { OUTCOME_OF_PAYMENT, type OrderFacts, type OrderOutcome } from '../../blueprint/orders';
import { reportDisagreement } from './disagreement';
import { measure } from './metrics';
import { recordOutcome, type Decision } from './order-store';
import type { PaymentAnswer } from './payment-client';

const METRIC_OF_OUTCOME = {
  CONFIRMED: 'OrdersConfirmed',
  REJECTED: 'OrdersRejected',
  EXPIRED: 'OrdersExpired',
} as const satisfies Record<OrderOutcome, string>;

/** An order's outcome is the provider's answer in our words, and nothing else. */
export function decisionOf(answer: PaymentAnswer, decidedBy: string, decidedAt: number): Decision {
  if (answer === 'MISMATCH') {
    const reason = 'The Idempotency-Key was used with another body in the other region.';
    return { outcome: 'REJECTED', decidedAt, decidedBy, reason };
  }
  return { outcome: OUTCOME_OF_PAYMENT[answer], decidedAt, decidedBy };
}

/** Count a decision this region has just written. */
export function countDecision(order: Pick<OrderFacts, 'acceptedAt'>, decision: Decision): void {
  measure(METRIC_OF_OUTCOME[decision.outcome]);
  measure('OrderLatency', decision.decidedAt - order.acceptedAt);
}

/** Record a decision in this region's item. Finding it there already, from a lost reply or a duplicate, is success. */
export async function settle(order: Pick<OrderFacts, 'orderId' | 'acceptedAt'>, decision: Decision): Promise<void> {
  const found = await recordOutcome(order.orderId, decision);
  if (found === undefined) countDecision(order, decision);
  else if (found.status !== decision.outcome) await reportDisagreement(order.orderId, [found.status, decision.outcome]);
}
