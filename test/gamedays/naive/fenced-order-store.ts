import { ConditionalCheckFailedException, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { OrderItem } from '../../../blueprint/orders';
import { requiredEnv } from '../../../lambdas/shared/environment';
import { fromDynamoItem, toDynamoItem } from '../../../lambdas/shared/order-record';
import { dynamoDb, type Decision } from '../../../lambdas/shared/order-store';

export { dynamoDb, readOpenOrders, readOrder } from '../../../lambdas/shared/order-store';
export type { Decision };

/**
 * One item an order, with an owner and a fencing token: who accepts an order owns it, and only its owner may decide it.
 * On one replica that is a fence. On two that do not hear of each other each is its own owner.
 */
const table = (): string => requiredEnv('ORDERS_TABLE');
const me = (): string => requiredEnv('AWS_REGION');
const keyOf = (orderId: string) => ({ orderId: { S: orderId }, region: { S: 'shared' } });
const OWNED = '#status = :pending AND #owner = :me AND fencingToken = :token';
const NAMES = { '#status': 'status', '#owner': 'owner' };
const owned = () => ({ ':pending': { S: 'PENDING' }, ':me': { S: me() }, ':token': { N: '1' } });

/** What stood in the way of a write, or undefined when nothing did. */
async function inTheWay(write: Promise<unknown>): Promise<OrderItem | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
    return fromDynamoItem(error.Item);
  }
}

export const putIfAbsent = (order: OrderItem): Promise<OrderItem | undefined> =>
  inTheWay(
    dynamoDb.send(
      new PutItemCommand({
        TableName: table(),
        Item: { ...toDynamoItem(order), owner: { S: me() }, fencingToken: { N: '1' } },
        ConditionExpression: 'attribute_not_exists(orderId)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );

export const recordAttempt = async (
  { orderId }: Pick<OrderItem, 'orderId'>,
  attemptedAt: number,
): Promise<number | undefined> =>
  (await inTheWay(
    dynamoDb.send(
      new UpdateItemCommand({
        TableName: table(),
        Key: keyOf(orderId),
        UpdateExpression: 'SET attemptedAt = :at ADD attempts :one',
        ConditionExpression: OWNED,
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: { ...owned(), ':at': { N: String(attemptedAt) }, ':one': { N: '1' } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  )) === undefined
    ? 1
    : undefined;

export const recordOutcome = (orderId: string, decision: Decision): Promise<OrderItem | undefined> =>
  inTheWay(
    dynamoDb.send(
      new UpdateItemCommand({
        TableName: table(),
        Key: keyOf(orderId),
        UpdateExpression: 'SET #status = :outcome, decidedAt = :at, decidedBy = :by REMOVE openRegion',
        ConditionExpression: OWNED,
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: {
          ...owned(),
          ':outcome': { S: decision.outcome },
          ':at': { N: String(decision.decidedAt) },
          ':by': { S: decision.decidedBy },
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
