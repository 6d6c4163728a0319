import type { JsonObject } from '../aws-service';
import { parseAttributeMap } from './attribute-value';
import { checkStoredItem } from './conditional-check';
import { validationFault } from './faults';
import { checkItemKeys, keyOf } from './item-key';
import { isTooLarge } from './item-size';
import { type OperationContext, type OperationOutput, replicaOf } from './operation';
import { checkPlaceholdersAreWanted, readExpressions } from './request-expressions';
import * as parameter from './request-parameters';

const PARAMETERS: parameter.Parameters = {
  ReturnConsumedCapacity: parameter.RETURN_CONSUMED_CAPACITY,
  TableName: parameter.TABLE_NAME,
  Item: parameter.REQUIRED_MAP,
  ReturnValues: parameter.RETURN_VALUES,
  ReturnValuesOnConditionCheckFailure: parameter.RETURN_VALUES_ON_FAILURE,
  ReturnItemCollectionMetrics: parameter.RETURN_ITEM_COLLECTION_METRICS,
  ConditionExpression: parameter.TEXT,
  ExpressionAttributeValues: parameter.MAP,
  ExpressionAttributeNames: parameter.MAP,
};

/** Stores an item instead of the one with the same key. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export function putItem(context: OperationContext, input: JsonObject): OperationOutput {
  parameter.checkParameters('PutItem', PARAMETERS, input);
  checkPlaceholdersAreWanted(input, ['ConditionExpression']);
  const item = parseAttributeMap(input.Item);
  if (input.ReturnValues !== undefined && input.ReturnValues !== 'ALL_OLD' && input.ReturnValues !== 'NONE') {
    throw validationFault('ReturnValues can only be ALL_OLD or NONE');
  }
  if (isTooLarge(item)) throw validationFault('Item size has exceeded the maximum allowed size');
  const expressions = readExpressions(input);

  const replica = replicaOf(context, input);
  checkItemKeys(item, replica.schema);
  const key = keyOf(item, replica.schema.key);
  const stored = replica.find(key);
  checkStoredItem(context, input, expressions, stored);
  replica.commit(key, item);
  return input.ReturnValues === 'ALL_OLD' && stored !== undefined ? { Attributes: stored } : {};
}
