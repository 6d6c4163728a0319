import type { JsonObject } from '../aws-service';
import type { AttributeMap } from './attribute-value';
import { parseAttributeMap } from './attribute-value';
import { project } from './expressions/document-path';
import type { Bindings } from './expressions/expression';
import { applyUpdate } from './expressions/update-application';
import { invalidValueFault, validationFault, withinEnvelope } from './faults';
import { checkKey, checkPathsAvoidKeys, checkUpdatedIndexKeys, keyOf } from './item-key';
import { isTooLarge } from './item-size';
import type { OperationContext, OperationOutput } from './operation';
import { type BoundUpdate, checkPlaceholdersAreWanted, readExpressions } from './request-expressions';
import * as parameter from './request-parameters';
import type { TableSchema } from './table-schema';
import { performWrite, type RequestedWrite } from './write';

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
 * Changes attributes of an item, or creates it from its key. Without an UpdateExpression an item is created or left
 * alone. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 */
export function updateItem(context: OperationContext, input: JsonObject): OperationOutput {
  const write = withinEnvelope(() => {
    parameter.checkParameters('UpdateItem', PARAMETERS, input);
    return readUpdate(input);
  });
  const { stored, item } = performWrite(context, write);
  const attributes = returnedAttributes(input, write.expressions.update, stored, item!);
  return attributes === undefined ? {} : { Attributes: attributes };
}

/** Reads an update, alone or in a transaction. @throws AwsFault */
export function readUpdate(input: JsonObject): RequestedWrite {
  checkPlaceholdersAreWanted(input, ['UpdateExpression', 'ConditionExpression']);
  const keyAttributes = parseAttributeMap(input.Key);
  const expressions = readExpressions(input);
  const { update, bindings } = expressions;
  return {
    input,
    expressions,
    bind: (schema) => {
      checkKey(keyAttributes, schema.key);
      if (update !== undefined) checkPathsWritten(update, schema);
      return {
        key: keyOf(keyAttributes, schema.key),
        next: (stored) => updated(stored ?? keyAttributes, update, bindings, schema),
      };
    },
  };
}

function updated(
  before: AttributeMap,
  update: BoundUpdate | undefined,
  bindings: Bindings,
  schema: TableSchema,
): AttributeMap {
  if (update === undefined) return before;
  const item = applyUpdate(update.actions, update.paths, before, bindings);
  checkUpdatedIndexKeys(update.paths, item, schema);
  if (isTooLarge(item)) throw validationFault('Item size to update has exceeded the maximum allowed size');
  return item;
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
