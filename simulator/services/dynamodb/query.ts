import type { JsonObject } from '../aws-service';
import { type AttributeMap, parseAttributeMap } from './attribute-value';
import { areEqual } from './expressions/comparison';
import { type KeyDemand, keyDemandsOf } from './expressions/key-condition';
import { invalidValueFault, validationFault } from './faults';
import { firstPosition, positionOf } from './item-collection';
import { checkKeyValue } from './item-key';
import { encodeKey, type KeyType } from './key-codec';
import { type OperationContext, type OperationOutput, replicaOf } from './operation';
import { readPage } from './page';
import { checkReadExpressions, checkStartKey } from './read-checks';
import { checkSelect, openReadTarget, type ReadableEntry, type ReadTarget, startPosition } from './read-target';
import { checkPlaceholdersAreWanted, readExpressions } from './request-expressions';
import * as parameter from './request-parameters';
import type { KeySchema } from './table-schema';

const PARAMETERS: parameter.Parameters = {
  Select: parameter.SELECT,
  IndexName: parameter.INDEX_NAME,
  ReturnConsumedCapacity: parameter.RETURN_CONSUMED_CAPACITY,
  TableName: parameter.TABLE_NAME,
  Limit: parameter.LIMIT,
  ExclusiveStartKey: parameter.MAP,
  ConsistentRead: parameter.FLAG,
  ScanIndexForward: parameter.FLAG,
  KeyConditionExpression: parameter.TEXT,
  FilterExpression: parameter.TEXT,
  ProjectionExpression: parameter.TEXT,
  ExpressionAttributeValues: parameter.MAP,
  ExpressionAttributeNames: parameter.MAP,
};

/**
 * Reads items of one partition in key order.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
 */
export function query(context: OperationContext, input: JsonObject): OperationOutput {
  parameter.checkParameters('Query', PARAMETERS, input);
  checkPlaceholdersAreWanted(input, ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression']);
  const startKey = input.ExclusiveStartKey === undefined ? undefined : parseAttributeMap(input.ExclusiveStartKey);
  if (input.KeyConditionExpression === undefined) {
    throw validationFault(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const expressions = readExpressions(input);
  const demands = keyDemandsOf(expressions.keyCondition!, expressions.bindings);

  const replica = replicaOf(context, input);
  const target = openReadTarget(replica, input);
  if (startKey !== undefined) checkStartKey(startKey, target);
  const range = rangeOf(demands, target.key);
  if (startKey !== undefined) checkStartWithin(startKey, range, target.key);
  checkReadExpressions(expressions, target, replica.schema, false);
  checkSelect(input, target);
  const entries = entriesIn(range, target, startKey, input.ScanIndexForward !== false);
  return readPage(entries, target, input, expressions, partitionKeyIn(range, target));
}

/** What a query reads: one partition key, and a stretch of its sort keys. */
interface KeyRange {
  readonly partition: KeyDemand;
  readonly sort: KeyDemand | undefined;
}

function rangeOf(demands: readonly KeyDemand[], key: KeySchema): KeyRange {
  if (demands.length > key.attributes.length) {
    throw validationFault(
      `The number of query conditions (${demands.length}) exceeds the number of key attributes defined in the schema ` +
        `(${key.attributes.length})`,
    );
  }
  for (const [position, attribute] of key.attributes.entries()) {
    const isPartition = position === 0;
    const demand = demands.find(({ name }) => name === attribute.name);
    if (demand === undefined) {
      if (!isPartition && demands.length === 1) continue;
      throw validationFault(`Query condition missed key schema element: ${attribute.name}`);
    }
    if (demand.values.some((value) => value[attribute.type] === undefined)) {
      throw invalidValueFault('Condition parameter type does not match schema type');
    }
    if (isPartition && demand.operator !== '=') throw validationFault('Query key condition not supported');
    if (demand.operator === '=') checkKeyValue(demand.values[0], attribute, isPartition);
  }
  const [partition, sort] = key.attributes.map(({ name }) => demands.find((demand) => demand.name === name));
  return { partition: partition!, sort };
}

function checkStartWithin(startKey: AttributeMap, { partition, sort }: KeyRange, key: KeySchema): void {
  const isInPartition = areEqual(startKey[partition.name]!, partition.values[0]!);
  if (sort === undefined) {
    if (isInPartition) return;
    throw validationFault('The provided starting key is outside query boundaries based on provided conditions');
  }
  const { type } = key.sort!;
  const sortKey = encodeKey(startKey[sort.name]!, type);
  const [first, end] = bounds([{ sortKey }], sort, type);
  if (first === end) throw validationFault('The provided starting key does not match the range key predicate');
  if (!isInPartition) throw validationFault('The query can return at most one row and cannot be restarted');
}

const partitionKeyIn = ({ partition }: KeyRange, { key }: ReadTarget): string =>
  encodeKey(partition.values[0]!, key.partition.type);

/** The entries in the range after the start key, in the direction of the query. */
function entriesIn(
  range: KeyRange,
  target: ReadTarget,
  startKey: AttributeMap | undefined,
  isForward: boolean,
): Iterable<ReadableEntry> {
  const { sort } = range;
  const entries = target.entries.itemsOf(partitionKeyIn(range, target));
  let [first, end] = sort === undefined ? [0, entries.length] : bounds(entries, sort, target.key.sort!.type);
  if (startKey !== undefined) {
    const { sortKey, tieBreak } = startPosition(target, startKey);
    const position = positionOf(entries, sortKey, tieBreak);
    const present = entries[position];
    const isPresent = present?.sortKey === sortKey && present.tieBreak === tieBreak;
    if (isForward) first = Math.max(first, isPresent ? position + 1 : position);
    else end = Math.min(end, position);
  }
  return walk(entries, first, end, isForward);
}

function* walk(
  entries: readonly ReadableEntry[],
  first: number,
  end: number,
  isForward: boolean,
): Generator<ReadableEntry> {
  if (isForward) for (let position = first; position < end; position++) yield entries[position]!;
  else for (let position = end - 1; position >= first; position--) yield entries[position]!;
}

/** The first position in the stretch that a sort key condition demands, and the first one after it. */
function bounds(
  entries: readonly { readonly sortKey: string }[],
  { operator, values }: KeyDemand,
  type: KeyType,
): [number, number] {
  const low = encodeKey(values[0]!, type);
  const from = (key: string): number => firstPosition(entries, ({ sortKey }) => sortKey >= key);
  const after = (key: string): number => firstPosition(entries, ({ sortKey }) => sortKey > key);
  switch (operator) {
    case '=':
      return [from(low), after(low)];
    case '<':
      return [0, from(low)];
    case '<=':
      return [0, after(low)];
    case '>':
      return [after(low), entries.length];
    case '>=':
      return [from(low), entries.length];
    case 'BETWEEN':
      return [from(low), after(encodeKey(values[1]!, type))];
    case 'begins_with':
      return [from(low), firstPosition(entries, ({ sortKey }) => sortKey > low && !sortKey.startsWith(low))];
  }
}
