import type { JsonObject } from '../aws-service';
import { type AttributeMap, parseAttributeMap } from './attribute-value';
import { compareScanOrder, firstPosition, hashOf, positionOf } from './item-collection';
import { type OperationContext, type OperationOutput, replicaOf } from './operation';
import { readPage } from './page';
import { checkReadExpressions, checkStartKey } from './read-checks';
import { checkSelect, openReadTarget, type ReadableEntry, type ReadTarget, startPosition } from './read-target';
import { checkPlaceholdersAreWanted, readExpressions } from './request-expressions';
import * as parameter from './request-parameters';

// Parallel scans (Segment, TotalSegments) are not modelled.
const PARAMETERS: parameter.Parameters = {
  Select: parameter.SELECT,
  IndexName: parameter.INDEX_NAME,
  ReturnConsumedCapacity: parameter.RETURN_CONSUMED_CAPACITY,
  TableName: parameter.TABLE_NAME,
  Limit: parameter.LIMIT,
  ExclusiveStartKey: parameter.MAP,
  ConsistentRead: parameter.FLAG,
  FilterExpression: parameter.TEXT,
  ProjectionExpression: parameter.TEXT,
  ExpressionAttributeValues: parameter.MAP,
  ExpressionAttributeNames: parameter.MAP,
};

/**
 * Reads all items, in an order without meaning.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
 */
export function scan(context: OperationContext, input: JsonObject): OperationOutput {
  parameter.checkParameters('Scan', PARAMETERS, input);
  checkPlaceholdersAreWanted(input, ['ProjectionExpression', 'FilterExpression']);
  const startKey = input.ExclusiveStartKey === undefined ? undefined : parseAttributeMap(input.ExclusiveStartKey);
  const expressions = readExpressions(input);

  const replica = replicaOf(context, input);
  const target = openReadTarget(replica, input);
  if (startKey !== undefined) checkStartKey(startKey, target);
  checkSelect(input, target);
  checkReadExpressions(expressions, target, replica.schema, true);
  return readPage(entriesAfter(target, startKey), target, input, expressions);
}

function* entriesAfter(target: ReadTarget, startKey: AttributeMap | undefined): Generator<ReadableEntry> {
  const partitions = target.entries.partitionsInScanOrder();
  if (startKey === undefined) {
    for (const { entries } of partitions) yield* entries;
    return;
  }
  const { partitionKey, sortKey, tieBreak } = startPosition(target, startKey);
  const start = { partitionKey, hash: hashOf(partitionKey) };
  const first = firstPosition(partitions, (partition) => compareScanOrder(partition, start) >= 0);
  for (let index = first; index < partitions.length; index++) {
    const partition = partitions[index]!;
    let position = 0;
    if (partition.partitionKey === partitionKey) {
      position = positionOf(partition.entries, sortKey, tieBreak);
      const present = partition.entries[position];
      if (present?.sortKey === sortKey && present.tieBreak === tieBreak) position++;
    }
    for (; position < partition.entries.length; position++) yield partition.entries[position]!;
  }
}
