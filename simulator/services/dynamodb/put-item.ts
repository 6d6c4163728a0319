import type { JsonObject } from '../aws-service';
import { parseAttributeMap } from './attribute-value';
import { validationFault, withinEnvelope } from './faults';
import { checkItemKeys, keyOf } from './item-key';
import { isTooLarge } from './item-size';
import type { OperationContext, OperationOutput } from './operation';
import { checkPlaceholdersAreWanted, readExpressions } from './request-expressions';
import * as parameter from './request-parameters';
import { performWrite, type RequestedWrite } from './write';

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

/**
 * Stores an item instead of the one with the same key.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export function putItem(context: OperationContext, input: JsonObject): OperationOutput {
  const write = withinEnvelope(() => {
    parameter.checkParameters('PutItem', PARAMETERS, input);
    parameter.checkReturnsOldOrNone(input);
    return readPut(input);
  });
  const { stored } = performWrite(context, write);
  return input.ReturnValues === 'ALL_OLD' && stored !== undefined ? { Attributes: stored } : {};
}

/** Reads a put, alone or in a transaction. @throws AwsFault */
export function readPut(input: JsonObject): RequestedWrite {
  checkPlaceholdersAreWanted(input, ['ConditionExpression']);
  const item = parseAttributeMap(input.Item);
  if (isTooLarge(item)) throw validationFault('Item size has exceeded the maximum allowed size');
  return {
    input,
    expressions: readExpressions(input),
    bind: (schema) => {
      checkItemKeys(item, schema);
      return { key: keyOf(item, schema.key), next: () => item };
    },
  };
}
