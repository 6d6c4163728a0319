import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { heartbeatKey } from '../../blueprint/orders';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { ownRegion, requiredEnv } from '../shared/environment';
import { logger } from '../shared/logger';
import { dynamoDb, readEvacuated } from './evacuation-switch';

export type Readiness = 'ready' | 'evacuated' | 'dependency-down';

/** A dependency that refuses for load is alive. Overload must not be exported to the other region. */
const THROTTLES = new Set(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);

async function readOrdersTable(): Promise<void> {
  const region = ownRegion();
  await dynamoDb.send(
    new GetItemCommand({
      TableName: requiredEnv('ORDERS_TABLE'),
      Key: { orderId: { S: heartbeatKey(region) }, region: { S: region } },
      ProjectionExpression: 'orderId',
    }),
  );
}

async function examine(): Promise<Readiness> {
  try {
    const [evacuated] = await Promise.all([readEvacuated(ownRegion()), readOrdersTable()]);
    return evacuated ? 'evacuated' : 'ready';
  } catch (error) {
    if (error instanceof Error && THROTTLES.has(error.name)) return 'ready';
    logger.warn('A hard dependency is down.', error as Error);
    return 'dependency-down';
  }
}

let verdict: { readiness: Readiness; at: number } | undefined;

/**
 * Whether this region can serve: its own tables answer, and nobody has told it that it is evacuated.
 *
 * Only what lives in this region and without which no order can be accepted counts: never payments, never the other
 * region, or one failure would take both regions out of DNS. A verdict is kept for five seconds and counts for no longer:
 * a bad finding of an environment that then slept can never be told again, it is examined anew.
 */
export async function readiness(now: number): Promise<Readiness> {
  if (verdict === undefined || now - verdict.at >= TIME_BUDGETS.readinessCacheMs) {
    verdict = { readiness: await examine(), at: now };
  }
  return verdict.readiness;
}
