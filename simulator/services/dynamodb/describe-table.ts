import type { JsonObject } from '../aws-service';
import { resourceNotFoundFault } from './faults';
import type { OperationContext, OperationOutput } from './operation';
import * as parameter from './request-parameters';
import type { KeySchemaElement } from './table-schema';

const PARAMETERS: parameter.Parameters = { TableName: parameter.TABLE_NAME };

/** What a table is. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html */
export function describeTable(context: OperationContext, input: JsonObject): OperationOutput {
  parameter.checkParameters('DescribeTable', PARAMETERS, input);
  const tableName = input.TableName as string;
  const replica = context.findReplica(tableName);
  if (replica === undefined) throw resourceNotFoundFault(`: Table: ${tableName} not found`);
  const { definition } = replica.schema;
  const tableArn = `arn:aws:dynamodb:${context.region}:${context.accountId}:table/${tableName}`;
  const otherRegions = definition.regions.filter((region) => region !== context.region);
  const indexes = (definition.globalSecondaryIndexes ?? []).map(({ indexName, keySchema, projection }) => ({
    IndexName: indexName,
    IndexArn: `${tableArn}/index/${indexName}`,
    IndexStatus: 'ACTIVE',
    KeySchema: keySchema.map(describeKey),
    Projection: {
      ProjectionType: projection.projectionType,
      ...(projection.nonKeyAttributes === undefined ? {} : { NonKeyAttributes: projection.nonKeyAttributes }),
    },
  }));
  return {
    Table: {
      TableName: tableName,
      TableArn: tableArn,
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      KeySchema: definition.keySchema.map(describeKey),
      AttributeDefinitions: definition.attributeDefinitions.map(({ attributeName, attributeType }) => ({
        AttributeName: attributeName,
        AttributeType: attributeType,
      })),
      ItemCount: replica.items.size,
      ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
      ...(otherRegions.length === 0
        ? {}
        : { Replicas: otherRegions.map((region) => ({ RegionName: region, ReplicaStatus: 'ACTIVE' })) }),
      ...(definition.multiRegionConsistency === 'STRONG' ? { MultiRegionConsistency: 'STRONG' } : {}),
      ...(definition.witnessRegion === undefined
        ? {}
        : { GlobalTableWitnesses: [{ RegionName: definition.witnessRegion, WitnessStatus: 'ACTIVE' }] }),
    },
  };
}

function describeKey({ attributeName, keyType }: KeySchemaElement): object {
  return { AttributeName: attributeName, KeyType: keyType };
}
