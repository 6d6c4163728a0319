import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DECIDED_ORDERS_INDEX, decidedShardOf, KEPT_UNTIL } from '../../blueprint/orders';
import { requiredEnv } from './environment';

/** A strongly consistent table has no time to live. */
export const isDeletedBySweeper = (): boolean => requiredEnv('CONSISTENCY') === 'strong';

/**
 * The attributes by which a region's item of a decided order is deleted when its time is up.
 * @param decidedAt epoch milliseconds
 */
export function retentionOf(orderId: string, region: string, decidedAt: number): Record<string, AttributeValue> {
  const keptUntil = Math.ceil(decidedAt / 1_000) + Number(requiredEnv('ORDER_RETENTION_SECONDS'));
  return {
    [KEPT_UNTIL]: { N: String(keptUntil) },
    ...(isDeletedBySweeper() ? { [DECIDED_ORDERS_INDEX.partition]: { S: decidedShardOf(region, orderId) } } : {}),
  };
}
