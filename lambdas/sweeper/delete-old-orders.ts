import { ConditionalCheckFailedException, DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DECIDED_ORDERS_INDEX, DECIDED_SHARDS, decidedShard, KEPT_UNTIL, ORDERS_KEY } from '../../blueprint/orders';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { ownRegion, requiredEnv } from '../shared/environment';
import { logger } from '../shared/logger';
import type { DynamoItem } from '../shared/order-record';
import { dynamoDb } from '../shared/order-store';

const PAGE_SIZE = 25;

/** Nothing else writes a decided item, so the condition is only for two sweeps that meet. */
async function deleteItem(item: DynamoItem, now: DynamoItem[string]): Promise<void> {
  const { partition, sort } = ORDERS_KEY;
  try {
    await dynamoDb.send(
      new DeleteItemCommand({
        TableName: requiredEnv('ORDERS_TABLE'),
        Key: { [partition]: item[partition]!, [sort]: item[sort]! },
        ConditionExpression: `${KEPT_UNTIL} < :now`,
        ExpressionAttributeValues: { ':now': now },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/**
 * Delete this region's items whose time is up, where no time to live does it: one shard a minute, and so all of them every
 * sixteen minutes. Items of the other region are the other region's to delete, since an item has one writer.
 *
 * It comes after everything else and fails nothing: what is left over is deleted in the next round.
 * @param startedAt epoch milliseconds: when the sweep has begun, of whose time this takes the rest
 */
export async function deleteOldOrders(startedAt: number): Promise<void> {
  const ordinal = Math.floor(startedAt / TIME_BUDGETS.sweepPeriodMs) % DECIDED_SHARDS;
  const now = { N: String(Math.floor(startedAt / 1_000)) };
  let from: DynamoItem | undefined;
  try {
    do {
      const { Items = [], LastEvaluatedKey } = await dynamoDb.send(
        new QueryCommand({
          TableName: requiredEnv('ORDERS_TABLE'),
          IndexName: DECIDED_ORDERS_INDEX.name,
          KeyConditionExpression: `${DECIDED_ORDERS_INDEX.partition} = :shard AND ${DECIDED_ORDERS_INDEX.sort} < :now`,
          ExpressionAttributeValues: { ':shard': { S: decidedShard(ownRegion(), ordinal) }, ':now': now },
          Limit: PAGE_SIZE,
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        }),
      );
      await Promise.all(Items.map((item) => deleteItem(item, now)));
      from = LastEvaluatedKey;
    } while (from !== undefined && Date.now() - startedAt < TIME_BUDGETS.sweepBudgetMs);
  } catch (error) {
    logger.warn('Old orders could not be deleted.', error as Error);
  }
}
