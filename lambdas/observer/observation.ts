import { GetItemCommand, PutItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { REGIONAL_STATE_KEY } from '../../blueprint/names';
import { createDynamoDb } from '../shared/clients';
import { requiredEnv } from '../shared/environment';

/** How the observer sees one region. */
export interface RegionObservation {
  /** Whether the region's edge and a function of it answer. */
  readonly isLive: boolean;
  /** Since when that is so, in milliseconds since 1970. */
  readonly liveSinceMs: number;
  /** Rounds in a row in which it was otherwise than live: 0 while it is. */
  readonly failuresInARow: number;
  /** How the last looks at orders went, the newest last: `1` served, `0` not. A gray region shows here alone. */
  readonly orderLooks: string;
  /** What the region says of itself: `ready`, `evacuated`, `dependency-down`; `no-answer` when it says nothing. */
  readonly state: string;
}

/** The third opinion: both serving regions as seen from outside both. */
export interface Observation {
  /** Milliseconds since 1970. An old opinion is none. */
  readonly observedAtMs: number;
  readonly regions: Readonly<Record<string, RegionObservation>>;
}

/** The one item of the observer. A single item is read and written whole: nobody meets half an opinion. */
export const OBSERVATION_NAME = 'observation';

const dynamoDb = createDynamoDb();

/** Replaces the observation. */
export async function writeObservation({ observedAtMs, regions }: Observation): Promise<void> {
  const entries = Object.entries(regions).map(([region, observation]) => [region, { M: toAttributes(observation) }]);
  await dynamoDb.send(
    new PutItemCommand({
      TableName: requiredEnv('OBSERVATION_TABLE'),
      Item: {
        [REGIONAL_STATE_KEY]: { S: OBSERVATION_NAME },
        observedAt: { N: String(observedAtMs) },
        regions: { M: Object.fromEntries(entries) as Record<string, AttributeValue> },
      },
    }),
  );
}

/** The last observation; undefined before the first. @param client of the witness region, for a reader elsewhere */
export async function readObservation(client: DynamoDBClient = dynamoDb): Promise<Observation | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: requiredEnv('OBSERVATION_TABLE'),
      Key: { [REGIONAL_STATE_KEY]: { S: OBSERVATION_NAME } },
      ConsistentRead: true,
    }),
  );
  if (Item === undefined) return undefined;
  const regions = Object.entries(Item['regions']?.M ?? {});
  return {
    observedAtMs: Number(Item['observedAt']?.N),
    regions: Object.fromEntries(regions.map(([region, { M }]) => [region, fromAttributes(M ?? {})])),
  };
}

const toAttributes = (observation: RegionObservation): Record<string, AttributeValue> => ({
  isLive: { BOOL: observation.isLive },
  liveSince: { N: String(observation.liveSinceMs) },
  failuresInARow: { N: String(observation.failuresInARow) },
  state: { S: observation.state },
  orderLooks: { S: observation.orderLooks },
});

const fromAttributes = (attributes: Record<string, AttributeValue>): RegionObservation => ({
  isLive: attributes['isLive']?.BOOL === true,
  liveSinceMs: Number(attributes['liveSince']?.N),
  failuresInARow: Number(attributes['failuresInARow']?.N),
  state: attributes['state']?.S ?? 'no-answer',
  orderLooks: attributes['orderLooks']?.S ?? '',
});
