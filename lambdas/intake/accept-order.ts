import { ACCEPTED_OF_CLASS } from '../../blueprint/metrics';
import type { OrderItem } from '../../blueprint/orders';
import { classOf, cohortOf } from '../../blueprint/priorities';
import type { CustomerPlan } from '../../blueprint/customer-plans';
import { aboutOrder } from '../shared/about-order';
import { bestPlanShare, knownPlan, likelyPlan, planOf } from '../shared/customer-plans';
import { ownRegion } from '../shared/environment';
import { isRefusal } from '../shared/is-refusal';
import { logger } from '../shared/logger';
import { measure } from '../shared/metrics';
import { putIfAbsent } from '../shared/order-store';
import { Problem } from '../shared/problem';
import { sendWork } from '../shared/work-queue';
import type { AdmissionRequest } from '../shared/regulation/admission';
import type { AdmissionDesk } from './admission-desk';
import type { OrderRequest } from './order-request';

/**
 * Tell the workers of an order that may be durable: its put was not answered. Its caller will come again, and be refused while
 * the region is pressed; nothing else would bring the order on before its time is up.
 */
async function sendInDoubt(order: OrderItem): Promise<void> {
  try {
    await sendWork(order, true);
  } catch (error) {
    logger.warn('The workers could not be told of an order that may be durable.', error as Error);
  }
}

/** The put of this region's item is the idempotency check: it is either the first, or it meets what was there. */
async function recordOrder(
  request: OrderRequest,
  plan: CustomerPlan,
  now: number,
): Promise<{ order: OrderItem; repeated: boolean }> {
  const { orderId, bodyHash, customerId, amount, currency, reference, remainingMs } = request;
  const order: OrderItem = {
    orderId,
    region: ownRegion(),
    customerId,
    amount,
    currency,
    ...(reference === undefined ? {} : { reference }),
    plan,
    bodyHash,
    acceptedAt: now,
    deadlineAt: now + remainingMs,
    status: 'PENDING',
    attempts: 0,
  };
  const found = await putIfAbsent(order).catch(async (error: unknown) => {
    if (!isRefusal(error)) await sendInDoubt(order);
    throw error;
  });
  if (found === undefined) return { order, repeated: false };
  if (found.bodyHash !== bodyHash) {
    throw new Problem('idempotency-key-reused', 'This customer has used the Idempotency-Key for another order.');
  }
  // Either the client repeats itself, or the SDK repeated our own put after its reply was lost. Nothing tells the two
  // apart and nothing needs to: in both cases the message may not have been sent.
  return { order: found, repeated: true };
}

const admissionBy = (plan: CustomerPlan, request: OrderRequest, now: number): AdmissionRequest => ({
  orderClass: classOf(request.kind, plan),
  cohort: cohortOf(request.customerId, now),
  remainingMs: request.remainingMs,
});

/**
 * Admit an order, make it durable, hand it to the workers and return it.
 *
 * Called again with the same order it finds the first one, and hands it over again while it can still be decided and no
 * worker has had it: the earlier attempt may have died between the put and the send, and a duplicate message is harmless.
 * @throws Problem overloaded or too-late before anything has happened; idempotency-key-reused; or try-again when the order
 * is durable but nobody was told. It is not acknowledged then; a repeat of the request tells the workers, and failing that
 * the sweeper settles it.
 */
export async function acceptOrder(request: OrderRequest, desk: AdmissionDesk, now: number): Promise<OrderItem> {
  aboutOrder(request.orderId);
  const { customerId } = request;
  // No plan is read for an order that is refused by the best plan it may have: a refusal must cost next to nothing. It is refused
  // by the plan that is known, and counted as what it probably is, or less of the important class would seem to be offered.
  const best = admissionBy(likelyPlan(customerId, now), request, now);
  const mayAdmit = await desk.mayAdmit(best, now);
  const plan = mayAdmit ? await planOf(customerId, now) : knownPlan(customerId);
  const admission = admissionBy(plan, request, now);
  const { orderClass } = admission;
  const isUncertain = !mayAdmit && best.orderClass !== orderClass;
  await desk.ask(
    admission,
    now,
    isUncertain ? { orderClass: best.orderClass, probability: bestPlanShare() } : undefined,
  );
  const { order, repeated } = await recordOrder(request, plan, now);
  if (repeated) desk.repeated(admission);
  else desk.admitted(admission);
  if (order.status === 'PENDING' && order.attempts === 0 && now < order.deadlineAt) {
    try {
      await sendWork(order);
    } catch (error) {
      logger.warn('The order could not be handed to the workers.', error as Error);
      throw new Problem('try-again', 'The order could not be handed over.');
    }
  }
  measure(repeated ? 'OrdersRepeated' : 'OrdersAccepted');
  if (!repeated) measure(ACCEPTED_OF_CLASS[orderClass]);
  return order;
}
