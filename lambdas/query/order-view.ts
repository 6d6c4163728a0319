import type { OrderView } from '../../blueprint/order-api';
import { mergeStatuses, type OrderItem } from '../../blueprint/orders';
import { reportDisagreement } from '../shared/disagreement';

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

/** Merge the regions' items of one order. The facts are those of the item whose status won. */
export async function viewOf(items: readonly OrderItem[]): Promise<OrderView> {
  const statuses = items.map((item) => item.status);
  const { status, disagreement } = mergeStatuses(statuses);
  const { orderId, amount, currency, reference, acceptedAt, deadlineAt, decidedAt } = items.find(
    (item) => item.status === status,
  )!;
  if (disagreement) await reportDisagreement(orderId, statuses);
  return {
    orderId,
    status,
    amount,
    currency,
    ...(reference === undefined ? {} : { reference }),
    acceptedAt: iso(acceptedAt),
    deadline: iso(deadlineAt),
    ...(decidedAt === undefined ? {} : { decidedAt: iso(decidedAt) }),
  };
}
