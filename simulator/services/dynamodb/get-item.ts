import type { JsonObject } from '../aws-service';
import { parseAttributeMap } from './attribute-value';
import { project } from './expressions/document-path';
import { checkKey, checkPathsAvoidKeys, keyOf } from './item-key';
import { spend } from './on-demand-throughput';
import { type OperationContext, type OperationOutput, replicaOf } from './operation';
import { checkPlaceholdersAreWanted, readExpressions } from './request-expressions';
import * as parameter from './request-parameters';

const PARAMETERS: parameter.Parameters = {
  ReturnConsumedCapacity: parameter.RETURN_CONSUMED_CAPACITY,
  TableName: parameter.TABLE_NAME,
  Key: parameter.REQUIRED_MAP,
  ConsistentRead: parameter.FLAG,
  ProjectionExpression: parameter.TEXT,
  ExpressionAttributeNames: parameter.MAP,
};

/**
 * Reads one item of the region's replica. Every read is consistent here: the short lag of eventually consistent reads
 * within a region is not modelled.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
 */
export function getItem(context: OperationContext, input: JsonObject): OperationOutput {
  parameter.checkParameters('GetItem', PARAMETERS, input);
  checkPlaceholdersAreWanted(input, ['ProjectionExpression']);
  const keyAttributes = parseAttributeMap(input.Key);
  const { projection } = readExpressions(input);

  const replica = replicaOf(context, input);
  checkKey(keyAttributes, replica.schema.key);
  if (projection !== undefined) checkPathsAvoidKeys(projection, replica.schema);
  const key = keyOf(keyAttributes, replica.schema.key);
  const item = replica.find(key);
  spend([replica.readDemand(key, item, input.ConsistentRead === true)]);
  if (item === undefined) return {};
  return { Item: projection === undefined ? item : project(projection, item) };
}
