import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { REGIONAL_STATE_KEY } from '../../blueprint/names';
import { createDynamoDb } from './clients';
import { requiredEnv } from './environment';

export const stateDynamoDb = createDynamoDb();

type StateItem = NonNullable<Awaited<ReturnType<typeof readState>>>;

/** An item of this region's own state. */
export async function readState(name: string) {
  const { Item } = await stateDynamoDb.send(
    new GetItemCommand({
      TableName: requiredEnv('STATE_TABLE'),
      Key: { [REGIONAL_STATE_KEY]: { S: name } },
      ConsistentRead: true,
    }),
  );
  return Item;
}

const saysEvacuated = (item: StateItem | undefined): boolean => item?.['evacuated']?.BOOL === true;

/** @param name of the switch's item: `evacuationKey` of a region */
export const isEvacuated = async (name: string): Promise<boolean> => saysEvacuated(await readState(name));
