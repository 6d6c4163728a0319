import type { AttributeMap } from './attribute-value';
import { AwsFault } from '../aws-service';
import type { Condition } from './expressions/condition-parser';
import { type ResolvedPath, resolvePath } from './expressions/document-path';
import type { Bindings, Operand } from './expressions/expression';
import { validationFault } from './faults';
import { checkKey, checkKeyValue, checkPathsAvoidKeys, keyAttributesOf } from './item-key';
import type { ReadTarget } from './read-target';
import type { RequestExpressions } from './request-expressions';
import type { TableSchema } from './table-schema';

/**
 * Checks that an ExclusiveStartKey has the key attributes of the target, and of the table.
 * @throws ValidationException
 */
export function checkStartKey(startKey: AttributeMap, target: ReadTarget): void {
  const names = new Set([...target.key.attributes, ...target.tableKey.attributes].map(({ name }) => name));
  const hasAll = [...names].every((name) => startKey[name] !== undefined);
  if (!hasAll || Object.keys(startKey).length !== names.size) {
    throw validationFault('The provided starting key is invalid');
  }
  for (const [position, attribute] of target.key.attributes.entries()) {
    checkKeyValue(startKey[attribute.name], attribute, position === 0);
  }
  try {
    checkKey(keyAttributesOf(startKey, target.tableKey), target.tableKey);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    throw validationFault(`The provided starting key is invalid: ${error.message}`);
  }
}

/**
 * Refuses projections and filters that look into keys, or a query's filter on the key itself.
 * @throws ValidationException
 */
export function checkReadExpressions(
  { projection, filter, bindings }: RequestExpressions,
  target: ReadTarget,
  schema: TableSchema,
  isKeyAllowedInFilter: boolean,
): void {
  if (projection !== undefined) checkPathsAvoidKeys(projection, schema);
  if (filter === undefined) return;
  const paths = pathsOf(filter, bindings);
  for (const { name } of isKeyAllowedInFilter ? [] : target.key.attributes) {
    if (paths.some((path) => path[0] === name)) {
      throw validationFault(
        `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
      );
    }
  }
  checkPathsAvoidKeys(paths, schema);
}

function pathsOf(condition: Condition, bindings: Bindings): readonly ResolvedPath[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...pathsOf(condition.left, bindings), ...pathsOf(condition.right, bindings)];
    case 'not':
      return pathsOf(condition.operand, bindings);
    case 'comparison':
      return operandPaths([condition.left, condition.right], bindings);
    case 'between':
      return operandPaths([condition.operand, condition.low, condition.high], bindings);
    case 'in':
      return operandPaths([condition.operand, ...condition.candidates], bindings);
    case 'function':
      return operandPaths(condition.args, bindings);
  }
}

function operandPaths(operands: readonly Operand[], bindings: Bindings): readonly ResolvedPath[] {
  return operands.flatMap((operand) => {
    if (operand.kind === 'path') return [resolvePath(operand.path, bindings)];
    return operand.kind === 'function' ? operandPaths(operand.args, bindings) : [];
  });
}
