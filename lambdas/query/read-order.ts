import { mergeStatuses, type OrderItem, type OrderStatus } from '../../blueprint/orders';
import { readOrder } from '../shared/order-store';
import { Problem } from '../shared/problem';
import { reportDisagreement } from '../shared/settle-order';

/** What a client is told about an order. Instants are ISO 8601. */
export interface OrderView {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly amount: number;
  readonly currency: string;
  readonly reference?: string;
  readonly acceptedAt: string;
  readonly deadline: string;
  readonly decidedAt?: string;
}

const ORDER_ID = /^[0-9a-f]{32}$/;
const iso = (epochMs: number): string => new Date(epochMs).toISOString();

/** Merge the regions' items of one order. The facts are those of the item whose status won. */
function viewOf(items: readonly OrderItem[]): OrderView {
  const statuses = items.map((item) => item.status);
  const { status, disagreement } = mergeStatuses(statuses);
  const { orderId, amount, currency, reference, acceptedAt, deadlineAt, decidedAt } = items.find(
    (item) => item.status === status,
  )!;
  if (disagreement) reportDisagreement(orderId, statuses);
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

/** @throws Problem not-found, also for what is no order id at all */
export async function viewOrder(orderId: string): Promise<OrderView> {
  const items = ORDER_ID.test(orderId) ? await readOrder(orderId) : [];
  if (items.length === 0) throw new Problem('not-found', 'This region knows no order of that id (yet).');
  return viewOf(items);
}
