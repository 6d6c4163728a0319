import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { evacuationKey, REGIONAL_STATE_KEY } from '../../blueprint/names';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { createDynamoDb } from '../shared/clients';
import { requiredEnv } from '../shared/environment';
import { logger } from '../shared/logger';

export const dynamoDb = createDynamoDb();

/** Whether this region's state says that a region (perhaps this one) is evacuated. */
export async function readEvacuated(region: string): Promise<boolean> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({
      TableName: requiredEnv('STATE_TABLE'),
      Key: { [REGIONAL_STATE_KEY]: { S: evacuationKey(region) } },
      ConsistentRead: true,
    }),
  );
  return Item?.['evacuated']?.BOOL === true;
}

const lastKnown = new Map<string, { evacuated: boolean; readAt: number }>();

/**
 * Whether the other region is evacuated, read at most once a second in each execution environment.
 *
 * When the state cannot be read, the last known position stands, however old: a switch that was thrown stays thrown. With
 * none known the answer is no, since a region must never go dark because another cannot read a table.
 */
export async function isPeerEvacuated(region: string, now: number): Promise<boolean> {
  const known = lastKnown.get(region);
  if (known !== undefined && now - known.readAt < TIME_BUDGETS.switchCacheMs) return known.evacuated;
  try {
    const evacuated = await readEvacuated(region);
    lastKnown.set(region, { evacuated, readAt: now });
    return evacuated;
  } catch (error) {
    logger.warn('The evacuation switch cannot be read.', error as Error);
    return known?.evacuated ?? false;
  }
}
