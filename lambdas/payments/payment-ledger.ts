import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PAYMENT_STATES, type PaymentState } from '../../blueprint/orders';
import { createDynamoDb } from '../shared/clients';
import { requiredEnv } from '../shared/environment';

export interface LedgerEntry {
  readonly key: string;
  readonly amount: number;
  readonly currency: string;
  readonly state: PaymentState;
}

type LedgerItem = NonNullable<ConditionalCheckFailedException['Item']>;

const dynamoDb = createDynamoDb();
const tableName = (): string => requiredEnv('LEDGER_TABLE');

function toEntry(item: LedgerItem): LedgerEntry {
  const state = PAYMENT_STATES.find((known) => known === item['state']?.S);
  if (state === undefined) throw new Error('A ledger entry has no state.');
  return { key: item['key']!.S!, amount: Number(item['amount']!.N), currency: item['currency']!.S!, state };
}

/**
 * Enter what has happened to a key, unless something has happened to it before.
 * @returns the entry that stands: this one, or the first one
 */
export async function enterOnce(entry: LedgerEntry, now: number): Promise<LedgerEntry> {
  try {
    await dynamoDb.send(
      new PutItemCommand({
        TableName: tableName(),
        Item: {
          key: { S: entry.key },
          amount: { N: String(entry.amount) },
          currency: { S: entry.currency },
          state: { S: entry.state },
          enteredAt: { N: String(now) },
        },
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': 'key' },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return entry;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
    return toEntry(error.Item);
  }
}

export async function readEntry(key: string): Promise<LedgerEntry | undefined> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({ TableName: tableName(), Key: { key: { S: key } }, ConsistentRead: true }),
  );
  return Item === undefined ? undefined : toEntry(Item);
}
