import { AwsFault, type JsonObject } from '../aws-service';
import type { AttributeMap } from './attribute-value';
import { NO_ITEM } from './expressions/update-application';
import type { OperationContext } from './operation';
import { meetsCondition, type RequestExpressions } from './request-expressions';

/**
 * Refuses a write whose ConditionExpression the stored item does not meet. With ReturnValuesOnConditionCheckFailure
 * ALL_OLD the exception carries the item, if there is one.
 * @throws ConditionalCheckFailedException
 */
export function checkStoredItem(
  context: OperationContext,
  input: JsonObject,
  expressions: RequestExpressions,
  stored: AttributeMap | undefined,
): void {
  if (meetsCondition(expressions, stored ?? NO_ITEM)) return;
  context.noteConditionalCheckFailed(input.TableName as string);
  const isItemWanted = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && stored !== undefined;
  throw new AwsFault(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    400,
    isItemWanted ? { Item: stored as JsonObject } : {},
  );
}
