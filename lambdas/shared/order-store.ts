import {
  ConditionalCheckFailedException,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { OPEN_ORDERS_INDEX, type OrderItem, type OrderOutcome } from '../../blueprint/orders';
import { createDynamoDb } from './clients';
import { ownRegion, requiredEnv } from './environment';
import { fromDynamoItem, toDynamoItem, type DynamoItem } from './order-record';
import { retentionOf } from './order-retention';

/**
 * The orders table as this region uses it: it reads every item and writes its own.
 *
 * Each conditional write asks for the item that made it fail. The SDK repeats a write whose reply was lost, and the
 * repeat then meets the first one's result: a failed condition alone never tells whose write it was.
 */
export const dynamoDb = createDynamoDb();

const tableName = (): string => requiredEnv('ORDERS_TABLE');
const ownKey = (orderId: string): DynamoItem => ({ orderId: { S: orderId }, region: { S: ownRegion() } });

/** The item that stood in the way, or undefined when there is none. @throws the error itself when it is another one */
function itemInTheWay(error: unknown): OrderItem | undefined {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  return error.Item === undefined ? undefined : fromDynamoItem(error.Item);
}

/**
 * Write this region's item of an order, unless there is one.
 * @returns the item that was already there, which may be this very write whose reply was lost; undefined when written
 */
export async function putIfAbsent(order: OrderItem): Promise<OrderItem | undefined> {
  try {
    await dynamoDb.send(
      new PutItemCommand({
        TableName: tableName(),
        Item: toDynamoItem(order),
        ConditionExpression: 'attribute_not_exists(orderId)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    const found = itemInTheWay(error);
    if (found === undefined) throw error;
    return found;
  }
}

/**
 * Count a charge that is about to be tried in this region. Repeated by the SDK it counts twice, which errs on the safe
 * side: attempts are an upper bound.
 *
 * What is charged stands in the message, and only a charge that the record asks for is tried: one key may have been used for two
 * orders, and the message of a put that nobody answered be of the other one.
 * @returns which attempt it is, from 1; undefined when the order is decided here, unknown or another one, so that there is nothing
 * to try
 */
export async function recordAttempt(
  { orderId, amount, currency }: Pick<OrderItem, 'orderId' | 'amount' | 'currency'>,
  attemptedAt: number,
): Promise<number | undefined> {
  try {
    const { Attributes } = await dynamoDb.send(
      new UpdateItemCommand({
        TableName: tableName(),
        Key: ownKey(orderId),
        UpdateExpression: 'SET attemptedAt = :at ADD attempts :one',
        ConditionExpression: '#status = :pending AND amount = :amount AND currency = :currency',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':at': { N: String(attemptedAt) },
          ':one': { N: '1' },
          ':pending': { S: 'PENDING' },
          ':amount': { N: String(amount) },
          ':currency': { S: currency },
        },
        ReturnValues: 'UPDATED_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return Number(Attributes?.['attempts']?.N ?? 1);
  } catch (error) {
    itemInTheWay(error);
    return undefined;
  }
}

export interface Decision {
  readonly outcome: OrderOutcome;
  readonly decidedAt: number;
  readonly decidedBy: string;
  readonly reason?: string;
}

/**
 * Write the outcome into this region's item and take it out of the open orders.
 * @returns the item that was already decided, perhaps by this very write whose reply was lost; undefined when written
 */
export async function recordOutcome(orderId: string, decision: Decision): Promise<OrderItem | undefined> {
  const reason = decision.reason;
  const retention = Object.entries(retentionOf(orderId, ownRegion(), decision.decidedAt));
  try {
    await dynamoDb.send(
      new UpdateItemCommand({
        TableName: tableName(),
        Key: ownKey(orderId),
        UpdateExpression: `SET #status = :outcome, decidedAt = :at, decidedBy = :by${reason ? ', reason = :reason' : ''}${retention.map(([name]) => `, ${name} = :${name}`).join('')} REMOVE ${OPEN_ORDERS_INDEX.partition}`,
        ConditionExpression: '#status = :pending',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':outcome': { S: decision.outcome },
          ':at': { N: String(decision.decidedAt) },
          ':by': { S: decision.decidedBy },
          ':pending': { S: 'PENDING' },
          ...(reason ? { ':reason': { S: reason } } : {}),
          ...Object.fromEntries(retention.map(([name, value]) => [`:${name}`, value])),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    const found = itemInTheWay(error);
    if (found === undefined) {
      throw new Error(`Order ${orderId} has no item of this region to record an outcome in.`, { cause: error });
    }
    return found;
  }
}

/** Every region's item of an order, as replicated here. */
export async function readOrder(orderId: string): Promise<OrderItem[]> {
  const { Items } = await dynamoDb.send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: 'orderId = :id',
      ExpressionAttributeValues: { ':id': { S: orderId } },
      ConsistentRead: true,
    }),
  );
  return (Items ?? []).map(fromDynamoItem);
}

export interface OpenOrdersPage {
  readonly orders: readonly OrderItem[];
  /** Pass it on to read the next page; undefined on the last. */
  readonly next?: DynamoItem;
}

export interface OpenOrdersQuery {
  /** The region that owns the items. */
  readonly openRegion: string;
  /** Epoch milliseconds: only orders whose deadline is earlier. */
  readonly deadlineBefore: number;
  readonly oldestFirst: boolean;
  readonly pageSize: number;
  /** @default - the first page */
  readonly from?: DynamoItem | undefined;
}

/** One page of a region's undecided orders. The index is eventually consistent: a settled order may still show. */
export async function readOpenOrders(query: OpenOrdersQuery): Promise<OpenOrdersPage> {
  const input: QueryCommandInput = {
    TableName: tableName(),
    IndexName: OPEN_ORDERS_INDEX.name,
    KeyConditionExpression: `${OPEN_ORDERS_INDEX.partition} = :region AND ${OPEN_ORDERS_INDEX.sort} < :before`,
    ExpressionAttributeValues: { ':region': { S: query.openRegion }, ':before': { N: String(query.deadlineBefore) } },
    ScanIndexForward: query.oldestFirst,
    Limit: query.pageSize,
    ...(query.from === undefined ? {} : { ExclusiveStartKey: query.from }),
  };
  const { Items, LastEvaluatedKey } = await dynamoDb.send(new QueryCommand(input));
  const orders = (Items ?? []).map(fromDynamoItem);
  return LastEvaluatedKey === undefined ? { orders } : { orders, next: LastEvaluatedKey };
}
