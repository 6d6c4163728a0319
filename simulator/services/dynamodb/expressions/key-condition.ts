import type { AttributeValue } from '../attribute-value';
import { validationFault } from '../faults';
import type { Comparator, Condition } from './condition-parser';
import { nameOfStep, type Bindings, type Operand, valueOfPlaceholder } from './expression';

export type KeyOperator = Exclude<Comparator, '<>'> | 'BETWEEN' | 'begins_with';

/** What a query demands of one key attribute. */
export interface KeyDemand {
  readonly name: string;
  readonly operator: KeyOperator;
  /** Two for BETWEEN, otherwise one. */
  readonly values: readonly AttributeValue[];
}

/** The operator seen from the other side: `:v < key` demands `key > :v`. */
const MIRRORED: Readonly<Record<Exclude<Comparator, '<>'>, Exclude<Comparator, '<>'>>> = {
  '=': '=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Reads a checked KeyConditionExpression as demands on key attributes. @throws ValidationException */
export function keyDemandsOf(condition: Condition, bindings: Bindings): readonly KeyDemand[] {
  const demands: KeyDemand[] = [];
  collect(condition, bindings, demands);
  return demands;
}

function collect(condition: Condition, bindings: Bindings, demands: KeyDemand[]): void {
  switch (condition.kind) {
    case 'or':
    case 'not':
    case 'in':
      throw invalidOperator(condition.kind.toUpperCase());
    case 'and':
      collect(condition.left, bindings, demands);
      collect(condition.right, bindings, demands);
      return;
    case 'comparison': {
      const { comparator, left, right } = condition;
      if (comparator === '<>') throw invalidOperator('<>');
      const isMirrored = left.kind !== 'path';
      add(isMirrored ? MIRRORED[comparator] : comparator, [left, right], bindings, demands);
      return;
    }
    case 'between':
      if (condition.operand.kind !== 'path') throw keyMustComeFirst('BETWEEN');
      add('BETWEEN', [condition.operand, condition.low, condition.high], bindings, demands);
      return;
    case 'function':
      if (condition.name !== 'begins_with') throw invalidOperator(condition.name);
      if (condition.args[0]!.kind !== 'path') throw keyMustComeFirst(condition.name);
      add('begins_with', condition.args, bindings, demands);
  }
}

function add(operator: KeyOperator, operands: readonly Operand[], bindings: Bindings, demands: KeyDemand[]): void {
  let name: string | undefined;
  const values: AttributeValue[] = [];
  for (const operand of operands) {
    if (operand.kind === 'function') {
      throw validationFault('KeyConditionExpressions cannot contain nested operations');
    }
    if (operand.kind === 'value') {
      values.push(valueOfPlaceholder(operand.placeholder, bindings));
      continue;
    }
    if (name !== undefined) {
      throw validationFault(
        'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
      );
    }
    const [step] = operand.path;
    if (operand.path.length > 1 || 'index' in step!) {
      throw validationFault('KeyConditionExpressions cannot have conditions on nested attributes');
    }
    name = nameOfStep(step!, bindings);
  }
  if (name === undefined) {
    throw validationFault('Invalid condition in KeyConditionExpression: No key attribute specified');
  }
  if (demands.some((demand) => demand.name === name)) {
    throw validationFault(
      'Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key',
    );
  }
  demands.push({ name, operator, values });
}

function invalidOperator(operator: string): Error {
  return validationFault(`Invalid operator used in KeyConditionExpression: ${operator}`);
}

function keyMustComeFirst(operator: string): Error {
  return validationFault(
    `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
  );
}
