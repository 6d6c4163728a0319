import { ConditionalCheckFailedException, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { REGIONAL_STATE_KEY } from '../../blueprint/names';
import { requiredEnv } from '../shared/environment';
import { stateDynamoDb } from '../shared/regional-state';

/** Writes an item of this region's state, in the place of what was there. */
export async function writeState(name: string, attributes: Readonly<Record<string, AttributeValue>>): Promise<void> {
  await stateDynamoDb.send(
    new PutItemCommand({
      TableName: requiredEnv('STATE_TABLE'),
      Item: { [REGIONAL_STATE_KEY]: { S: name }, ...attributes },
    }),
  );
}

/** Whether this is the first to claim the name. The item stays, as the record of what was answered when. */
export async function claim(name: string, nowMs: number): Promise<boolean> {
  try {
    await stateDynamoDb.send(
      new PutItemCommand({
        TableName: requiredEnv('STATE_TABLE'),
        Item: { [REGIONAL_STATE_KEY]: { S: name }, claimedAt: { N: String(nowMs) } },
        ConditionExpression: 'attribute_not_exists(#name)',
        ExpressionAttributeNames: { '#name': REGIONAL_STATE_KEY },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
