import type { JsonObject } from '../aws-service';
import type { AttributeMap } from './attribute-value';
import { invalidValueFault, validationFault } from './faults';
import { projectedItem } from './global-secondary-index';
import type { Entry, ItemCollection } from './item-collection';
import { identityOf, keyAttributesOf, keyOf } from './item-key';
import type { OnDemandThroughput } from './on-demand-throughput';
import type { Replica } from './replica';
import type { IndexSchema, KeySchema } from './table-schema';

/** An item as it stands in a table or an index. */
export interface ReadableEntry extends Entry {
  readonly item: AttributeMap;
}

/** What a Query or Scan reads: a table, or one of its indexes. */
export interface ReadTarget {
  readonly index: IndexSchema | undefined;
  /** The key by which the items are grouped and ordered. */
  readonly key: KeySchema;
  readonly tableKey: KeySchema;
  readonly entries: ItemCollection<ReadableEntry>;
  readonly throughput: OnDemandThroughput;
}

/** @throws ValidationException for an index that is not there, or a consistent read of one */
export function openReadTarget(replica: Replica, input: JsonObject): ReadTarget {
  const tableKey = replica.schema.key;
  if (input.IndexName === undefined) {
    return { index: undefined, key: tableKey, tableKey, entries: replica.items, throughput: replica.throughput };
  }
  const index = replica.indexes.get(input.IndexName as string);
  if (index === undefined) {
    throw validationFault(`The table does not have the specified index: ${String(input.IndexName)}`);
  }
  if (input.ConsistentRead === true) {
    throw validationFault('Consistent reads are not supported on global secondary indexes');
  }
  const { schema, throughput } = index;
  return { index: schema, key: schema.key, tableKey, entries: index.read(), throughput };
}

/** @throws ValidationException */
export function checkSelect(input: JsonObject, { index }: ReadTarget): void {
  if (input.Select === 'ALL_ATTRIBUTES' && index !== undefined && index.projectionType !== 'ALL') {
    throw invalidValueFault(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.indexName} ` +
        'because its projection type is not ALL',
    );
  }
}

/** The attributes that the index holds of an item. */
export function projected({ index }: ReadTarget, item: AttributeMap): AttributeMap {
  return index === undefined ? item : projectedItem(index, item);
}

/** Where the reading stopped: the key in the index, and the key in the table. */
export function lastEvaluatedKey({ index, key, tableKey }: ReadTarget, item: AttributeMap): AttributeMap {
  return index === undefined ? keyAttributesOf(item, tableKey) : keyAttributesOf(item, key, tableKey);
}

/** The place of an ExclusiveStartKey among the entries. */
export function startPosition({ index, key, tableKey }: ReadTarget, startKey: AttributeMap): Entry {
  const tieBreak = index === undefined ? '' : identityOf(keyOf(startKey, tableKey));
  return { ...keyOf(startKey, key), tieBreak };
}
