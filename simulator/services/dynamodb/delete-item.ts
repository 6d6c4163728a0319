import type { JsonObject } from '../aws-service';
import { parseAttributeMap } from './attribute-value';
import { checkStoredItem } from './conditional-check';
import { validationFault } from './faults';
import { checkKey, keyOf } from './item-key';
import { type OperationContext, type OperationOutput, replicaOf } from './operation';
import { checkPlaceholdersAreWanted, readExpressions } from './request-expressions';
import * as parameter from './request-parameters';

const PARAMETERS: parameter.Parameters = {
  ReturnConsumedCapacity: parameter.RETURN_CONSUMED_CAPACITY,
  TableName: parameter.TABLE_NAME,
  ReturnValues: parameter.RETURN_VALUES,
  ReturnValuesOnConditionCheckFailure: parameter.RETURN_VALUES_ON_FAILURE,
  ReturnItemCollectionMetrics: parameter.RETURN_ITEM_COLLECTION_METRICS,
  Key: parameter.REQUIRED_MAP,
  ConditionExpression: parameter.TEXT,
  ExpressionAttributeValues: parameter.MAP,
  ExpressionAttributeNames: parameter.MAP,
};

/** Deletes an item; one that is not there is no fault. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export function deleteItem(context: OperationContext, input: JsonObject): OperationOutput {
  parameter.checkParameters('DeleteItem', PARAMETERS, input);
  checkPlaceholdersAreWanted(input, ['ConditionExpression']);
  const keyAttributes = parseAttributeMap(input.Key);
  if (input.ReturnValues !== undefined && input.ReturnValues !== 'ALL_OLD' && input.ReturnValues !== 'NONE') {
    throw validationFault('ReturnValues can only be ALL_OLD or NONE');
  }
  const expressions = readExpressions(input);

  const replica = replicaOf(context, input);
  checkKey(keyAttributes, replica.schema.key);
  const key = keyOf(keyAttributes, replica.schema.key);
  const stored = replica.find(key);
  checkStoredItem(context, input, expressions, stored);
  if (stored !== undefined) replica.commit(key, undefined);
  return input.ReturnValues === 'ALL_OLD' && stored !== undefined ? { Attributes: stored } : {};
}
