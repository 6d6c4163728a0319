import type { TableDefinition } from '../../../simulator/services/dynamodb';

/** A table with a partition key alone. */
export const HASH_TABLE: TableDefinition = {
  tableName: 'hash',
  keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
  attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
  regions: ['us-east-1'],
};

/** A table with a number as sort key, and an index of each projection. */
export const RANGE_TABLE: TableDefinition = {
  tableName: 'range',
  keySchema: [
    { attributeName: 'pk', keyType: 'HASH' },
    { attributeName: 'sk', keyType: 'RANGE' },
  ],
  attributeDefinitions: [
    { attributeName: 'pk', attributeType: 'S' },
    { attributeName: 'sk', attributeType: 'N' },
    { attributeName: 'gpk', attributeType: 'S' },
    { attributeName: 'gsk', attributeType: 'S' },
  ],
  globalSecondaryIndexes: [
    {
      indexName: 'all',
      keySchema: [
        { attributeName: 'gpk', keyType: 'HASH' },
        { attributeName: 'gsk', keyType: 'RANGE' },
      ],
      projection: { projectionType: 'ALL' },
    },
    {
      indexName: 'keys',
      keySchema: [{ attributeName: 'gpk', keyType: 'HASH' }],
      projection: { projectionType: 'KEYS_ONLY' },
    },
    {
      indexName: 'some',
      keySchema: [{ attributeName: 'gpk', keyType: 'HASH' }],
      projection: { projectionType: 'INCLUDE', nonKeyAttributes: ['a'] },
    },
  ],
  regions: ['us-east-1'],
};

/** Tables whose sort keys are text and bytes. */
export const TEXT_TABLE: TableDefinition = {
  tableName: 'text',
  keySchema: [
    { attributeName: 'pk', keyType: 'HASH' },
    { attributeName: 'sk', keyType: 'RANGE' },
  ],
  attributeDefinitions: [
    { attributeName: 'pk', attributeType: 'S' },
    { attributeName: 'sk', attributeType: 'S' },
  ],
  regions: ['us-east-1'],
};

export const BINARY_TABLE: TableDefinition = {
  tableName: 'binary',
  keySchema: [
    { attributeName: 'pk', keyType: 'HASH' },
    { attributeName: 'sk', keyType: 'RANGE' },
  ],
  attributeDefinitions: [
    { attributeName: 'pk', attributeType: 'S' },
    { attributeName: 'sk', attributeType: 'B' },
  ],
  regions: ['us-east-1'],
};

export const TABLES = [HASH_TABLE, RANGE_TABLE, TEXT_TABLE, BINARY_TABLE];
