import { ORDER_ID_SCHEMA, type OrderView } from '../../blueprint/order-api';
import { aboutOrder } from '../shared/about-order';
import type { Caller } from '../shared/caller';
import { readOrder } from '../shared/order-store';
import { Problem } from '../shared/problem';
import { viewOf } from './order-view';
import type { ReadRegulation } from './read-regulation';

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
