import { NotModelled } from '../../kernel/errors';
import type { AwsFault, Json, JsonObject } from '../aws-service';
import { type AttributeMap, parseAttributeMap } from './attribute-value';
import { project } from './expressions/document-path';
import { resourceNotFoundFault, serializationFault, validationFault } from './faults';
import { checkKey, checkPathsAvoidKeys, identityOf, keyOf } from './item-key';
import { itemSizeOf } from './item-size';
import type { OperationContext, OperationOutput } from './operation';
import { checkPlaceholdersAreWanted, readExpressions, type RequestExpressions } from './request-expressions';
import * as parameter from './request-parameters';

const PARAMETERS: parameter.Parameters = {
  ReturnConsumedCapacity: parameter.RETURN_CONSUMED_CAPACITY,
  RequestItems: parameter.REQUIRED_MAP,
};

const TABLE_PARAMETERS: ReadonlySet<string> = new Set([
  'Keys',
  'ConsistentRead',
  'ProjectionExpression',
  'ExpressionAttributeNames',
]);

const KEYS_MAX = 100;

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html (16 MB). */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** What is read of one table. */
interface TableRequest {
  readonly tableName: string;
  readonly keys: readonly AttributeMap[];
  readonly expressions: RequestExpressions;
  readonly raw: JsonObject;
}

/**
 * Reads up to 100 items of several tables. What is not there is left out; what goes beyond 16 MB or is throttled is handed
 * back in UnprocessedKeys.
 *
 * @throws AwsFault ThrottlingException when all of it is throttled. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export function batchGetItem(context: OperationContext, input: JsonObject): OperationOutput {
  parameter.checkParameters('BatchGetItem', PARAMETERS, input);
  const requests = readRequests(input.RequestItems as JsonObject);
  const responses: Record<string, AttributeMap[]> = {};
  const unprocessed: Record<string, JsonObject> = {};
  let bytes = 0;
  let isServed = false;
  let lastRefusal: AwsFault | undefined;
  for (const request of requests) checkTable(context, request);
  for (const { tableName, keys, expressions, raw } of requests) {
    const replica = context.findReplica(tableName)!;
    const items: AttributeMap[] = [];
    const left: AttributeMap[] = [];
    for (const key of keys) {
      const place = keyOf(key, replica.schema.key);
      const item = replica.find(place);
      const demand = replica.readDemand(place, item, raw.ConsistentRead === true);
      const refusal = replica.throughput.refusalOf(demand);
      if (refusal !== undefined) {
        left.push(key);
        lastRefusal = refusal;
        continue;
      }
      replica.throughput.use(demand);
      isServed = true;
      if (item === undefined) continue;
      bytes += itemSizeOf(item);
      if (bytes > ANSWER_BYTES_MAX) left.push(key);
      else items.push(expressions.projection === undefined ? item : project(expressions.projection, item));
    }
    responses[tableName] = items;
    if (left.length > 0) unprocessed[tableName] = { ...raw, Keys: left as unknown as Json };
  }
  if (!isServed && lastRefusal !== undefined) throw lastRefusal;
  return { Responses: responses, UnprocessedKeys: unprocessed };
}

function readRequests(requestItems: JsonObject): readonly TableRequest[] {
  const tableNames = Object.keys(requestItems);
  if (tableNames.length === 0) {
    throw validationFault(
      "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: " +
        'Member must have length greater than or equal to 1',
    );
  }
  let count = 0;
  return tableNames.map((tableName) => {
    const raw = requestItems[tableName] as JsonObject;
    for (const name in raw) {
      if (!TABLE_PARAMETERS.has(name)) {
        throw new NotModelled(`Parameter ${name} of DynamoDB BatchGetItem`, 'Use ProjectionExpression.');
      }
    }
    if (!Array.isArray(raw.Keys)) throw serializationFault('Unexpected field type');
    checkPlaceholdersAreWanted(raw, ['ProjectionExpression']);
    const expressions = readExpressions(raw);
    const keys = raw.Keys.map((key) => parseAttributeMap(key));
    count += keys.length;
    if (count > KEYS_MAX) throw validationFault('Too many items requested for the BatchGetItem call');
    return { tableName, keys, expressions, raw };
  });
}

function checkTable(context: OperationContext, { tableName, keys, expressions }: TableRequest): void {
  const schema = context.findReplica(tableName)?.schema;
  if (schema === undefined) throw resourceNotFoundFault();
  const seen = new Set<string>();
  for (const key of keys) {
    checkKey(key, schema.key);
    const identity = identityOf(keyOf(key, schema.key));
    if (seen.has(identity)) throw validationFault('Provided list of item keys contains duplicates');
    seen.add(identity);
  }
  if (expressions.projection !== undefined) checkPathsAvoidKeys(expressions.projection, schema);
}
