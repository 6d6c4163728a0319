/**
 * Amazon DynamoDB.
 *
 * - dynamodb.ts: the service: tables, calls, replication control, views for checkers
 * - put-item.ts, get-item.ts, ...: one operation a file
 * - expressions/: the expression language: parsing, checking, evaluating, updating
 * - attribute-value.ts, decimal.ts, item-size.ts: values; item-key.ts, key-codec.ts: keys and their order
 * - table-schema.ts, table.ts: what a table is; replica.ts, global-secondary-index.ts, item-collection.ts: what it holds
 * - replication-link.ts: how the replicas of a global table learn of each other's writes
 */
export type { AttributeMap, AttributeValue } from './attribute-value';
export { DynamoDb, type DynamoDbOptions } from './dynamodb';
export type { Lag } from './lag';
export type { ReplicaDifference } from './replica-differences';
export type {
  AttributeDefinition,
  GlobalSecondaryIndexDefinition,
  KeySchemaElement,
  Projection,
  TableDefinition,
} from './table-schema';
