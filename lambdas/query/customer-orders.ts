import { BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { CUSTOMER_ORDERS_INDEX, ORDERS_KEY, type OrderItem } from '../../blueprint/orders';
import { ownRegion, requiredEnv } from '../shared/environment';
import { fromDynamoItem, type DynamoItem } from '../shared/order-record';
import { dynamoDb } from '../shared/order-store';
import { Problem } from '../shared/problem';
import type { ListPosition } from './list-cursor';

export interface CustomerOrdersPage {
  /** The regions' items of each order, the last accepted order first. */
  readonly orders: readonly (readonly OrderItem[])[];
  /** @default - this is the last page */
  readonly next?: ListPosition;
}

export interface CustomerOrdersQuery {
  readonly customerId: string;
  /** The most orders in the page. */
  readonly limit: number;
  /** @default - the first page */
  readonly from?: ListPosition | undefined;
}

const { partition, sort } = ORDERS_KEY;

/**
 * One page of a customer's orders. Regions that accept one order stand in the index at times of their own, perhaps pages
 * apart: so the order is shown where its earliest item stands, once, and whole, however its items are cut by pages.
 *
 * The index says which orders; the orders themselves are read from the table, as consistently as a single one is.
 * @throws Problem try-again when not all of them could be read at once
 */
export async function readCustomerOrders(query: CustomerOrdersQuery): Promise<CustomerOrdersPage> {
  const { entries, next } = await readIndex(query);
  const items = await readItems([...new Set(entries.map(({ orderId }) => orderId))]);
  const orders = entries.flatMap((entry) => {
    const ofOrder = items.get(entry.orderId) ?? [];
    return earliest(ofOrder)?.region === entry.region ? [ofOrder] : [];
  });
  return next === undefined ? { orders } : { orders, next };
}

const earliest = ([first, ...others]: readonly OrderItem[]): OrderItem | undefined =>
  others.reduce(
    (found, item) =>
      found === undefined ||
      item.acceptedAt < found.acceptedAt ||
      (item.acceptedAt === found.acceptedAt && item.region < found.region)
        ? item
        : found,
    first,
  );

async function readIndex({ customerId, limit, from }: CustomerOrdersQuery) {
  const { name, partition: customer } = CUSTOMER_ORDERS_INDEX;
  const { Items = [], LastEvaluatedKey } = await dynamoDb.send(
    new QueryCommand({
      TableName: requiredEnv('ORDERS_TABLE'),
      IndexName: name,
      KeyConditionExpression: `${customer} = :customer`,
      ExpressionAttributeValues: { ':customer': { S: customerId } },
      ScanIndexForward: false,
      Limit: limit,
      ...(from === undefined ? {} : { ExclusiveStartKey: keyOf(customerId, from) }),
    }),
  );
  const entries = Items.map(positionOf);
  return { entries, next: LastEvaluatedKey === undefined ? undefined : positionOf(LastEvaluatedKey) };
}

const keyOf = (customerId: string, { acceptedAt, orderId, region }: ListPosition): DynamoItem => ({
  [CUSTOMER_ORDERS_INDEX.partition]: { S: customerId },
  [CUSTOMER_ORDERS_INDEX.sort]: { N: String(acceptedAt) },
  [partition]: { S: orderId },
  [sort]: { S: region },
});

const positionOf = (entry: DynamoItem): ListPosition => ({
  acceptedAt: Number(entry[CUSTOMER_ORDERS_INDEX.sort]!.N),
  orderId: entry[partition]!.S!,
  region: entry[sort]!.S!,
});

/** Both regions' items of each order, as replicated here. What has been deleted since it stood in the index is left out. */
async function readItems(orderIds: readonly string[]): Promise<ReadonlyMap<string, OrderItem[]>> {
  const items = new Map<string, OrderItem[]>();
  if (orderIds.length === 0) return items;
  const table = requiredEnv('ORDERS_TABLE');
  const regions = [ownRegion(), requiredEnv('PEER_REGION')];
  const Keys = orderIds.flatMap((id) => regions.map((region) => ({ [partition]: { S: id }, [sort]: { S: region } })));
  const { Responses, UnprocessedKeys } = await dynamoDb.send(
    new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
  );
  if (UnprocessedKeys?.[table] !== undefined) {
    throw new Problem('try-again', 'Not all orders of the page could be read.');
  }
  for (const item of (Responses?.[table] ?? []).map(fromDynamoItem)) {
    const ofOrder = items.get(item.orderId);
    if (ofOrder === undefined) items.set(item.orderId, [item]);
    else ofOrder.push(item);
  }
  return items;
}
