import type { AttributeMap, AttributeValue, MutableAttributeMap } from './attribute-value';
import { emptyMap, typeOf } from './attribute-value';
import { invalidValueFault, validationFault } from './faults';
import type { ResolvedPath } from './expressions/document-path';
import { encodeKey } from './key-codec';
import type { IndexSchema, KeyAttribute, KeySchema, TableSchema } from './table-schema';

/** The place of an item in a table, encoded so that it sorts as the service sorts. */
export interface ItemKey {
  readonly partitionKey: string;
  /** Empty in a table without a sort key. */
  readonly sortKey: string;
}

/**
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (partition and sort keys).
 */
const PARTITION_KEY_BYTES_MAX = 2048;
const SORT_KEY_BYTES_MAX = 1024;

/** The key as one text, for maps. The length keeps the two halves apart whatever they contain. */
export function identityOf({ partitionKey, sortKey }: ItemKey): string {
  return sortKey === '' ? partitionKey : `${partitionKey.length}:${partitionKey}${sortKey}`;
}

/** Encodes the key attributes of a valid item. */
export function keyOf(item: AttributeMap, { partition, sort }: KeySchema): ItemKey {
  return {
    partitionKey: encodeKey(item[partition.name]!, partition.type),
    sortKey: sort === undefined ? '' : encodeKey(item[sort.name]!, sort.type),
  };
}

/** The key attributes alone. */
export function keyAttributesOf(item: AttributeMap, ...schemas: readonly KeySchema[]): AttributeMap {
  const key: MutableAttributeMap = emptyMap();
  for (const { attributes } of schemas) {
    for (const { name } of attributes) key[name] = item[name]!;
  }
  return key;
}

/**
 * Checks that a request's Key has exactly the key's attributes, with values that may be keys.
 * @throws ValidationException
 */
export function checkKey(key: AttributeMap, { attributes }: KeySchema): void {
  if (Object.keys(key).length !== attributes.length) throw keyMismatch();
  for (const [position, attribute] of attributes.entries()) {
    checkKeyValue(key[attribute.name], attribute, position === 0);
  }
}

/** Checks one attribute of a key that a request gives. @throws ValidationException */
export function checkKeyValue(
  value: AttributeValue | undefined,
  { name, type }: KeyAttribute,
  isPartitionKey: boolean,
): void {
  if (value?.[type] === undefined) throw keyMismatch();
  refuseEmpty(value, name);
  checkKeySize(value, isPartitionKey);
}

/** Checks that an item to be stored has valid keys of the table and of every index. @throws ValidationException */
export function checkItemKeys(item: AttributeMap, schema: TableSchema): void {
  for (const [position, { name, type }] of schema.key.attributes.entries()) {
    const value = item[name];
    if (value === undefined) throw invalidValueFault(`Missing the key ${name} in the item`);
    if (value[type] === undefined) {
      throw invalidValueFault(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
    }
    refuseEmpty(value, name);
    checkKeySize(value, position === 0);
  }
  for (const index of schema.indexes) {
    for (const attribute of index.key.attributes) checkIndexKeyValue(item[attribute.name], attribute, index);
  }
}

function checkIndexKeyValue(
  value: AttributeValue | undefined,
  { name, type }: KeyAttribute,
  { indexName }: IndexSchema,
): void {
  if (value === undefined) return;
  if (value[type] === undefined) {
    throw invalidValueFault(
      `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${indexName}`,
    );
  }
  if (value.S === '' || value.B === '') {
    throw validationFault(
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
        `The AttributeValue for a key attribute cannot contain an ${emptyKind(value)} value. ` +
        `IndexName: ${indexName}, IndexKey: ${name}`,
    );
  }
}

function checkKeySize(value: AttributeValue, isPartitionKey: boolean): void {
  if (value.N !== undefined) return;
  const size = value.S === undefined ? Buffer.byteLength(value.B!, 'base64') : Buffer.byteLength(value.S);
  if (isPartitionKey && size > PARTITION_KEY_BYTES_MAX) {
    throw invalidValueFault(`Size of hashkey has exceeded the maximum size limit of${PARTITION_KEY_BYTES_MAX} bytes`);
  }
  if (!isPartitionKey && size > SORT_KEY_BYTES_MAX) {
    throw invalidValueFault(
      `Aggregated size of all range keys has exceeded the size limit of ${SORT_KEY_BYTES_MAX} bytes`,
    );
  }
}

function refuseEmpty(value: AttributeValue, name: string): void {
  if (value.S !== '' && value.B !== '') return;
  throw validationFault(
    'One or more parameter values are not valid. ' +
      `The AttributeValue for a key attribute cannot contain an ${emptyKind(value)} value. Key: ${name}`,
  );
}

function emptyKind(value: AttributeValue): string {
  return value.S === undefined ? 'empty binary' : 'empty string';
}

function keyMismatch(): Error {
  return validationFault('The provided key element does not match the schema');
}

/**
 * Refuses paths that look into a key attribute, of the table or of an index: keys are scalars.
 * @throws ValidationException
 */
export function checkPathsAvoidKeys(paths: readonly ResolvedPath[], { key, indexes }: TableSchema): void {
  if (paths.every((path) => path.length === 1)) return;
  const refuse = (attributes: readonly KeyAttribute[], kind: 'Key' | 'IndexKey'): void => {
    for (const { name } of attributes) {
      if (!paths.some((path) => path.length > 1 && path[0] === name)) continue;
      throw validationFault(
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: " +
          `${kind}: ${name}`,
      );
    }
  };
  refuse(key.attributes, 'Key');
  for (const index of indexes) refuse(index.key.attributes, 'IndexKey');
}

/** Checks the index keys that an update has written. @throws ValidationException */
export function checkUpdatedIndexKeys(
  paths: readonly ResolvedPath[],
  item: AttributeMap,
  { indexes }: TableSchema,
): void {
  for (const index of indexes) {
    for (const { name, type } of index.key.attributes) {
      const value = item[name];
      if (value === undefined || !paths.some((path) => path[0] === name)) continue;
      if (value[type] === undefined) {
        throw validationFault('The update expression attempted to update the secondary index key to unsupported type');
      }
      if (value.S === '' || value.B === '') {
        throw validationFault(
          'One or more parameter values are not valid. The update expression attempted to update a secondary index key ' +
            'to a value that is not supported. The AttributeValue for a key attribute cannot contain an ' +
            `${emptyKind(value)} value.`,
        );
      }
    }
  }
}
