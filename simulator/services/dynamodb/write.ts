import { AwsFault, type JsonObject } from '../aws-service';
import type { AttributeMap } from './attribute-value';
import { NO_ITEM } from './expressions/update-application';
import type { ItemKey } from './item-key';
import { spend } from './on-demand-throughput';
import { type OperationContext, replicaOf } from './operation';
import { meetsCondition, type RequestExpressions } from './request-expressions';
import type { TableSchema } from './table-schema';

/** A write that was checked as far as that is possible without its table. */
export interface RequestedWrite {
  readonly input: JsonObject;
  readonly expressions: RequestExpressions;
  /** False for a condition check, which leaves its item as it is. @default true */
  readonly changesItem?: boolean;
  /** Checks the write against its table. @throws AwsFault */
  bind(schema: TableSchema): BoundWrite;
}

/** A write that knows its item. */
export interface BoundWrite {
  readonly key: ItemKey;
  /** What is stored after the write; undefined for nothing. @throws AwsFault when it cannot be computed */
  next(stored: AttributeMap | undefined): AttributeMap | undefined;
}

/** Performs a single write: condition, new item, commit. @throws AwsFault */
export function performWrite(
  context: OperationContext,
  { input, expressions, bind }: RequestedWrite,
): { readonly stored: AttributeMap | undefined; readonly item: AttributeMap | undefined } {
  const replica = replicaOf(context, input);
  const { key, next } = bind(replica.schema);
  const stored = replica.find(key);
  if (!meetsCondition(expressions, stored ?? NO_ITEM)) {
    spend([replica.ownWriteDemand(key, stored, undefined)]);
    context.noteConditionalCheckFailed(input.TableName as string);
    throw conditionalCheckFailed(returnedOnFailure(input, stored));
  }
  const item = next(stored);
  spend(replica.writeDemands(key, stored, item));
  if (stored !== undefined || item !== undefined) replica.commit(key, item);
  return { stored, item };
}

function conditionalCheckFailed(fields: JsonObject): AwsFault {
  return new AwsFault('ConditionalCheckFailedException', 'The conditional request failed', 400, fields);
}

/** The stored item, if the request wants it when its condition fails. */
export function returnedOnFailure(input: JsonObject, stored: AttributeMap | undefined): JsonObject {
  const isWanted = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && stored !== undefined;
  return isWanted ? { Item: stored as JsonObject } : {};
}
