import type { JsonObject } from '../aws-service';
import { parseAttributeMap } from './attribute-value';
import { withinEnvelope } from './faults';
import { checkKey, keyOf } from './item-key';
import type { OperationContext, OperationOutput } from './operation';
import { checkPlaceholdersAreWanted, readExpressions } from './request-expressions';
import * as parameter from './request-parameters';
import { performWrite, type RequestedWrite } from './write';

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

/**
 * Deletes an item; one that is not there is no fault.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html
 */
export function deleteItem(context: OperationContext, input: JsonObject): OperationOutput {
  const write = withinEnvelope(() => {
    parameter.checkParameters('DeleteItem', PARAMETERS, input);
    parameter.checkReturnsOldOrNone(input);
    return readDelete(input);
  });
  const { stored } = performWrite(context, write);
  return input.ReturnValues === 'ALL_OLD' && stored !== undefined ? { Attributes: stored } : {};
}

/** Reads a deletion, alone or in a transaction. @throws AwsFault */
export function readDelete(input: JsonObject): RequestedWrite {
  checkPlaceholdersAreWanted(input, ['ConditionExpression']);
  const keyAttributes = parseAttributeMap(input.Key);
  return {
    input,
    expressions: readExpressions(input),
    bind: (schema) => {
      checkKey(keyAttributes, schema.key);
      return { key: keyOf(keyAttributes, schema.key), next: () => undefined };
    },
  };
}
