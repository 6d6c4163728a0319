import type { JsonObject } from '../aws-service';
import type { AttributeMap } from './attribute-value';
import { parseAttributeMap } from './attribute-value';
import { checkStoredItem } from './conditional-check';
import { project } from './expressions/document-path';
import { applyUpdate } from './expressions/update-application';
import { invalidValueFault, validationFault } from './faults';
import { checkKey, checkPathsAvoidKeys, checkUpdatedIndexKeys, keyOf } from './item-key';
import { isTooLarge } from './item-size';
import { type OperationContext, type OperationOutput, replicaOf } from './operation';
import { type BoundUpdate, checkPlaceholdersAreWanted, readExpressions } from './request-expressions';
import * as parameter from './request-parameters';
import type { TableSchema } from './table-schema';

const PARAMETERS: parameter.Parameters = {
  ReturnConsumedCapacity: parameter.RETURN_CONSUMED_CAPACITY,
  TableName: parameter.TABLE_NAME,
  ReturnItemCollectionMetrics: parameter.RETURN_ITEM_COLLECTION_METRICS,
  ReturnValues: parameter.RETURN_VALUES,
  ReturnValuesOnConditionCheckFailure: parameter.RETURN_VALUES_ON_FAILURE,
  Key: parameter.REQUIRED_MAP,
  ConditionExpression: parameter.TEXT,
  UpdateExpression: parameter.TEXT,
  ExpressionAttributeValues: parameter.MAP,
  ExpressionAttributeNames: parameter.MAP,
};

/**
 * Changes attributes of an item, or creates it from its key. Without an UpdateExpression an item is created or left alone.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 */
export function updateItem(context: OperationContext, input: JsonObject): OperationOutput {
  parameter.checkParameters('UpdateItem', PARAMETERS, input);
  checkPlaceholdersAreWanted(input, ['UpdateExpression', 'ConditionExpression']);
  const keyAttributes = parseAttributeMap(input.Key);
  const expressions = readExpressions(input);
  const { update, bindings } = expressions;

  const replica = replicaOf(context, input);
  checkKey(keyAttributes, replica.schema.key);
  if (update !== undefined) checkPathsWritten(update, replica.schema);
  const key = keyOf(keyAttributes, replica.schema.key);
  const stored = replica.find(key);
  checkStoredItem(context, input, expressions, stored);
  const before = stored ?? keyAttributes;
  const item = update === undefined ? before : applyUpdate(update.actions, update.paths, before, bindings);
  if (update !== undefined) checkUpdatedIndexKeys(update.paths, item, replica.schema);
  if (isTooLarge(item)) throw validationFault('Item size to update has exceeded the maximum allowed size');
  replica.commit(key, item);
  const attributes = returnedAttributes(input, update, stored, item);
  return attributes === undefined ? {} : { Attributes: attributes };
}

function checkPathsWritten({ paths }: BoundUpdate, schema: TableSchema): void {
  for (const { name } of schema.key.attributes) {
    if (paths.some((path) => path[0] === name)) {
      throw invalidValueFault(`Cannot update attribute ${name}. This attribute is part of the key`);
    }
  }
  checkPathsAvoidKeys(paths, schema);
}

function returnedAttributes(
  input: JsonObject,
  update: BoundUpdate | undefined,
  before: AttributeMap | undefined,
  after: AttributeMap,
): AttributeMap | undefined {
  switch (input.ReturnValues) {
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return before === undefined ? undefined : selected(update, before);
    case 'UPDATED_NEW':
      return selected(update, after);
    default:
      return undefined;
  }
}

/** The attributes that the update names, or undefined when the item has none of them. */
function selected(update: BoundUpdate | undefined, item: AttributeMap): AttributeMap | undefined {
  const attributes = project(update?.paths ?? [], item);
  for (const _ in attributes) return attributes;
  return undefined;
}
