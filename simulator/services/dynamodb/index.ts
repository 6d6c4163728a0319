/**
 * Amazon DynamoDB.
 *
 * - dynamodb.ts: the service: tables, calls, replication control, views for checkers
 * - put-item.ts, get-item.ts, ...: one operation a file; write.ts, read-target.ts, page.ts: what writes and reads share
 * - expressions/: the expression language: parsing, checking, evaluating, updating
 * - attribute-value.ts, decimal.ts, item-size.ts: values; item-key.ts, key-codec.ts: keys and their order
 * - table-schema.ts, table.ts: what a table is
 * - replica.ts, item-collection.ts, global-secondary-index.ts, time-to-live.ts: what a table holds in one region
 * - replication-link.ts: how the replicas of a global table learn of each other's writes
 * - on-demand-throughput.ts: what a table, an index and a key sustain, and who is throttled
 * - strong-consistency.ts: multi-Region strong consistency: quorum, its time, conflicts
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
