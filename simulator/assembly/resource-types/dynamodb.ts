import { NotModelled } from '../../kernel/errors';
import type { Json, JsonObject } from '../../services/aws-service';
import type { CloudParts } from '../../cloud-parts';
import type { TableDefinition } from '../../services/dynamodb';
import { arnOf, generatedId, physicalName } from '../physical-name';
import { listOf, objectOf, optionalTextOf, refuseUnknownMembers, textOf } from '../property-reader';
import type { Resource, ResourceType } from '../resource-type';

const tableArn = (resource: Resource): string =>
  arnOf(resource, 'dynamodb', `table/${physicalName(resource, 'TableName')}`);

export const dynamoDbResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::DynamoDB::GlobalTable',
    modelled: [
      'TableName',
      'KeySchema',
      'AttributeDefinitions',
      'GlobalSecondaryIndexes',
      'BillingMode',
      'GlobalTableWitnesses',
      'Replicas',
      'TimeToLiveSpecification',
      'MultiRegionConsistency',
    ],
    harmless: ['SSESpecification', 'StreamSpecification', 'WarmThroughput'],
    ref: (resource) => physicalName(resource, 'TableName'),
    attributes: { Arn: tableArn, TableId: (resource) => generatedId(resource, 32) },
    provision: createGlobalTable,
  },
];

const HARMLESS_REPLICA_MEMBERS = new Set([
  'Region',
  'PointInTimeRecoverySpecification',
  'DeletionProtectionEnabled',
  'Tags',
  'TableClass',
  'ContributorInsightsSpecification',
  // A replica repeats the indexes here only to set their capacity or their insights.
  'GlobalSecondaryIndexes',
]);

function createGlobalTable(resource: Resource, cloud: CloudParts): void {
  if (textOf(resource, 'BillingMode') !== 'PAY_PER_REQUEST') {
    throw new NotModelled(`Billing mode ${textOf(resource, 'BillingMode')}`, 'Use PAY_PER_REQUEST.');
  }
  const consistency = optionalTextOf(resource, 'MultiRegionConsistency') ?? 'EVENTUAL';
  if (consistency !== 'EVENTUAL' && consistency !== 'STRONG') {
    throw new NotModelled(`MultiRegionConsistency ${consistency}`, 'Use EVENTUAL or STRONG.');
  }
  const [witness, ...otherWitnesses] = listOf(resource, 'GlobalTableWitnesses') as JsonObject[];
  if (otherWitnesses.length > 0) throw new NotModelled('A second witness', 'A table may have one.');
  refuseUnknownMembers(resource, 'TimeToLiveSpecification', ['AttributeName', 'Enabled']);
  const timeToLive = objectOf(resource, 'TimeToLiveSpecification');
  cloud.dynamoDb.createTable({
    tableName: physicalName(resource, 'TableName'),
    keySchema: keySchemaOf(listOf(resource, 'KeySchema')),
    attributeDefinitions: (listOf(resource, 'AttributeDefinitions') as JsonObject[]).map((attribute) => ({
      attributeName: String(attribute.AttributeName),
      attributeType: attribute.AttributeType as 'S' | 'N' | 'B',
    })),
    globalSecondaryIndexes: (listOf(resource, 'GlobalSecondaryIndexes') as JsonObject[]).map(indexOf),
    regions: listOf(resource, 'Replicas').map((replica) => replicaRegion(resource, replica)),
    multiRegionConsistency: consistency,
    ...(witness === undefined ? {} : { witnessRegion: String(witness.Region) }),
    ...(timeToLive.Enabled === true ? { timeToLiveAttribute: String(timeToLive.AttributeName) } : {}),
  });
}

function keySchemaOf(elements: readonly Json[]): TableDefinition['keySchema'] {
  return (elements as JsonObject[]).map((element) => ({
    attributeName: String(element.AttributeName),
    keyType: element.KeyType as 'HASH' | 'RANGE',
  }));
}

const HARMLESS_INDEX_MEMBERS = new Set(['IndexName', 'KeySchema', 'Projection', 'WarmThroughput']);

function indexOf(index: JsonObject): NonNullable<TableDefinition['globalSecondaryIndexes']>[number] {
  for (const member of Object.keys(index)) {
    if (!HARMLESS_INDEX_MEMBERS.has(member)) {
      throw new NotModelled(`Index member ${member} of ${String(index.IndexName)}`, 'Model it or leave it out.');
    }
  }
  const projection = index.Projection as JsonObject;
  return {
    indexName: String(index.IndexName),
    keySchema: keySchemaOf(index.KeySchema as Json[]),
    projection: {
      projectionType: projection.ProjectionType as 'ALL' | 'KEYS_ONLY' | 'INCLUDE',
      ...(projection.NonKeyAttributes === undefined
        ? {}
        : { nonKeyAttributes: (projection.NonKeyAttributes as Json[]).map(String) }),
    },
  };
}

function replicaRegion(resource: Resource, replica: Json): string {
  for (const member of Object.keys(replica as JsonObject)) {
    if (!HARMLESS_REPLICA_MEMBERS.has(member)) {
      throw new NotModelled(
        `Replica member ${member} of ${resource.stackName}/${resource.logicalId}`,
        'Model it or leave it out.',
      );
    }
  }
  return String((replica as JsonObject).Region);
}
