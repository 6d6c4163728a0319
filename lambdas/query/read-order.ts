import { ORDER_ID_SCHEMA, type OrderView } from '../../blueprint/order-api';
import { mergeStatuses, type OrderItem } from '../../blueprint/orders';
import { aboutOrder } from '../shared/about-order';
import type { Caller } from '../shared/caller';
import { reportDisagreement } from '../shared/disagreement';
import { readOrder } from '../shared/order-store';
import { Problem } from '../shared/problem';
import type { ReadRegulation } from './read-regulation';

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

/** Merge the regions' items of one order. The facts are those of the item whose status won. */
async function viewOf(items: readonly OrderItem[]): Promise<OrderView> {
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

/** @throws Problem overloaded; not-found, also for what is no order id at all, and for the order of somebody else: that it exists is theirs */
export async function viewOrder(
  orderId: string,
  caller: Pick<Caller, 'mayActFor'>,
  regulation: ReadRegulation,
): Promise<OrderView> {
  const isId = ORDER_ID_SCHEMA.safeParse(orderId).success;
  if (isId) aboutOrder(orderId);
  const found = isId ? await regulation.read(() => readOrder(orderId)) : [];
  const items = found.filter(({ customerId }) => caller.mayActFor(customerId));
  if (items.length === 0) throw new Problem('not-found', 'This region knows no order of that id (yet).');
  return viewOf(items);
}
