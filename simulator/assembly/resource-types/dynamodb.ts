import { NotModelled } from '../../kernel/errors';
import type { Json, JsonObject } from '../../services/aws-service';
import type { CloudParts } from '../../cloud-parts';
import { arnOf, generatedId, physicalName } from '../physical-name';
import { listOf, objectOf, optionalTextOf, refuseUnknownMembers, textOf } from '../property-reader';
import type { Resource, ResourceType } from '../resource-type';

const tableArn = (resource: Resource): string => arnOf(resource, 'dynamodb', `table/${physicalName(resource, 'TableName')}`);

export const dynamoDbResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::DynamoDB::GlobalTable',
    modelled: [
      'TableName',
      'KeySchema',
      'AttributeDefinitions',
      'GlobalSecondaryIndexes',
      'BillingMode',
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
]);

function createGlobalTable(resource: Resource, cloud: CloudParts): void {
  if (textOf(resource, 'BillingMode') !== 'PAY_PER_REQUEST') {
    throw new NotModelled(`Billing mode ${textOf(resource, 'BillingMode')}`, 'Use PAY_PER_REQUEST.');
  }
  if ((optionalTextOf(resource, 'MultiRegionConsistency') ?? 'EVENTUAL') !== 'EVENTUAL') {
    throw new NotModelled('Multi-Region strong consistency', 'Use eventual consistency.');
  }
  refuseUnknownMembers(resource, 'TimeToLiveSpecification', ['AttributeName', 'Enabled']);
  const timeToLive = objectOf(resource, 'TimeToLiveSpecification');
  cloud.dynamoDb.createTable({
    tableName: physicalName(resource, 'TableName'),
    keySchema: listOf(resource, 'KeySchema') as never,
    attributeDefinitions: listOf(resource, 'AttributeDefinitions') as never,
    globalSecondaryIndexes: listOf(resource, 'GlobalSecondaryIndexes') as never,
    regions: listOf(resource, 'Replicas').map((replica) => replicaRegion(resource, replica)),
    ...(timeToLive.Enabled === true ? { timeToLiveAttribute: String(timeToLive.AttributeName) } : {}),
  });
}

function replicaRegion(resource: Resource, replica: Json): string {
  for (const member of Object.keys(replica as JsonObject)) {
    if (!HARMLESS_REPLICA_MEMBERS.has(member)) {
      throw new NotModelled(`Replica member ${member} of ${resource.stackName}/${resource.logicalId}`, 'Model it or leave it out.');
    }
  }
  return String((replica as JsonObject).Region);
}
