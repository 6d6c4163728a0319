import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { heartbeatKey } from '../../blueprint/orders';
import { ownRegion, requiredEnv } from '../shared/environment';
import { dynamoDb } from '../shared/order-store';

const keyOf = (region: string) => ({ orderId: { S: heartbeatKey(region) }, region: { S: region } });

/** Say that this region is alive. @returns epoch milliseconds of the first time it said so */
async function beat(now: number): Promise<number> {
  const { Attributes } = await dynamoDb.send(
    new UpdateItemCommand({
      TableName: requiredEnv('ORDERS_TABLE'),
      Key: keyOf(ownRegion()),
      UpdateExpression: 'SET beatAt = :now, firstBeatAt = if_not_exists(firstBeatAt, :now)',
      ExpressionAttributeValues: { ':now': { N: String(now) } },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return Number(Attributes!['firstBeatAt']!.N);
}

async function readPeerBeat(): Promise<number | undefined> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({ TableName: requiredEnv('ORDERS_TABLE'), Key: keyOf(requiredEnv('PEER_REGION')) }),
  );
  return Item === undefined ? undefined : Number(Item['beatAt']!.N);
}

/**
 * Beat, and measure how old the peer's last replicated beat is. A peer that was never heard is as old as our own first
 * beat, so that one which never comes alive is noticed too.
 * @returns seconds
 */
export async function exchangeHeartbeats(now: number): Promise<number> {
  const firstBeatAt = await beat(now);
  return Math.max(0, now - ((await readPeerBeat()) ?? firstBeatAt)) / 1_000;
}
