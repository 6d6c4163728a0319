import { LIST_LIMIT, LIST_REQUEST_SCHEMA, type OrderList } from '../../blueprint/order-api';
import type { Caller } from '../shared/caller';
import { Problem } from '../shared/problem';
import { readCustomerOrders, type CustomerOrdersQuery } from './customer-orders';
import { fromCursor, toCursor } from './list-cursor';
import { viewOf } from './order-view';
import type { ReadRegulation } from './read-regulation';

const LIMIT = `a whole number from 1 to ${LIST_LIMIT.max}`;

/**
 * Read and check what is asked for.
 * @throws Problem invalid-request that names the parameter; forbidden when the list is of somebody the caller may not act for
 */
function readListRequest(
  parameters: Readonly<Record<string, string | undefined>>,
  caller: Caller,
): CustomerOrdersQuery {
  const parsed = LIST_REQUEST_SCHEMA.safeParse(parameters);
  if (!parsed.success) throw refusalOf(parsed.error.issues[0]!);
  const { customerId = caller.customerId, limit = String(LIST_LIMIT.usual), cursor } = parsed.data;
  if (customerId === undefined) throw new Problem('invalid-request', 'The parameter "customerId" is missing.');
  if (!caller.mayActFor(customerId)) throw new Problem('forbidden', 'The orders are those of another customer.');
  return { customerId, limit: Number(limit), from: cursor === undefined ? undefined : fromCursor(cursor) };
}

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
}

function refusalOf({ code, path: [name] }: Issue): Problem {
  if (code === 'unrecognized_keys') {
    return new Problem('invalid-request', 'The parameters are "customerId", "limit" and "cursor", and no others.');
  }
  const wanted = name === 'limit' ? `must be ${LIMIT}` : 'is not valid';
  return new Problem('invalid-request', `The parameter "${String(name)}" ${wanted}.`);
}

/** @throws Problem invalid-request, forbidden or overloaded */
export async function listOrders(
  parameters: Readonly<Record<string, string | undefined>>,
  caller: Caller,
  regulation: ReadRegulation,
): Promise<OrderList> {
  const request = readListRequest(parameters, caller);
  const { orders, next } = await regulation.read(() => readCustomerOrders(request));
  const views = await Promise.all(orders.map(viewOf));
  return { orders: views, ...(next === undefined ? {} : { next: toCursor(next) }) };
}
