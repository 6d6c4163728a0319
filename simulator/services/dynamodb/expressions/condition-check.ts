import type { AttributeType, AttributeValue } from '../attribute-value';
import { typeOf } from '../attribute-value';
import type { Condition } from './condition-parser';
import { isBefore } from './comparison';
import { resolvePath, showPath } from './document-path';
import { type Bindings, ExpressionFault, type Operand, valueOfPlaceholder } from './expression';

const OPERAND_COUNTS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

const TYPE_NAMES: ReadonlySet<string> = new Set(['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M']);
const ORDERED_TYPES: ReadonlySet<AttributeType> = new Set(['S', 'N', 'B'] as const);
const SIZELESS_TYPES: ReadonlySet<AttributeType | undefined> = new Set(['N', 'BOOL', 'NULL'] as const);

/**
 * Checks what depends on the request's names and values, before any item is looked at: placeholders are defined,
 * operands are as many, distinct and of the types that each function takes. @throws ExpressionFault the first refusal
 * in the text
 */
export function checkCondition(condition: Condition, bindings: Bindings): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      checkCondition(condition.left, bindings);
      checkCondition(condition.right, bindings);
      return;
    case 'not':
      checkCondition(condition.operand, bindings);
      return;
    case 'comparison':
      checkOperand(condition.left, bindings);
      checkOperand(condition.right, bindings);
      if (condition.comparator !== '=' && condition.comparator !== '<>') {
        checkOrdered(condition.comparator, [condition.left, condition.right], bindings);
      }
      checkDistinct(condition.comparator, condition.left, condition.right, bindings);
      return;
    case 'between':
      checkOperand(condition.operand, bindings);
      checkOperand(condition.low, bindings);
      checkOperand(condition.high, bindings);
      checkOrdered('BETWEEN', [condition.operand, condition.low, condition.high], bindings);
      checkBounds(condition.low, condition.high, bindings);
      return;
    case 'in':
      checkOperand(condition.operand, bindings);
      for (const candidate of condition.candidates) checkOperand(candidate, bindings);
      return;
    case 'function':
      checkOperand(condition, bindings);
  }
}

function checkOperand(operand: Operand, bindings: Bindings): void {
  if (operand.kind === 'value') {
    valueOfPlaceholder(operand.placeholder, bindings);
    return;
  }
  if (operand.kind === 'path') {
    if (operand.path.some((step) => 'placeholder' in step)) resolvePath(operand.path, bindings);
    return;
  }
  for (const argument of operand.args) checkOperand(argument, bindings);
  if (operand.args.length !== OPERAND_COUNTS[operand.name]) {
    throw new ExpressionFault(
      'Incorrect number of operands for operator or function; ' +
        `operator or function: ${operand.name}, number of operands: ${operand.args.length}`,
    );
  }
  if (operand.args.length === 2) checkDistinct(operand.name, operand.args[0]!, operand.args[1]!, bindings);
  checkArguments(operand.name, operand.args, bindings);
}

function checkArguments(name: string, args: readonly Operand[], bindings: Bindings): void {
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      if (args[0]!.kind !== 'path') {
        throw new ExpressionFault(`Operator or function requires a document path; operator or function: ${name}`);
      }
      return;
    case 'begins_with':
      for (const argument of args) {
        const type = literalType(argument, bindings);
        if (type !== undefined && type !== 'S' && type !== 'B') throw operandTypeFault(name, type);
      }
      return;
    case 'attribute_type':
      checkAttributeType(args[1]!, bindings);
      return;
    case 'size': {
      const type = literalType(args[0]!, bindings);
      if (SIZELESS_TYPES.has(type)) throw operandTypeFault(name, type!);
    }
  }
}

function checkAttributeType(operand: Operand, bindings: Bindings): void {
  const type = literalType(operand, bindings);
  if (type !== 'S') throw operandTypeFault('attribute_type', type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
  const wanted = literal(operand, bindings)!.S!;
  if (!TYPE_NAMES.has(wanted)) {
    throw new ExpressionFault(
      `Invalid attribute type name found; type: ${wanted}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
    );
  }
}

/**
 * Only strings, numbers and binary have an order. Source:
 * https://github.com/paritysuite/dynamodb-conformance (tests/tier3/error-messages/queryKeyConditionOperands.test.ts)
 */
function checkOrdered(operator: string, operands: readonly Operand[], bindings: Bindings): void {
  for (const operand of operands) {
    const type = literalType(operand, bindings);
    if (type !== undefined && !ORDERED_TYPES.has(type)) throw operandTypeFault(operator, type);
  }
}

function checkDistinct(operator: string, left: Operand, right: Operand, bindings: Bindings): void {
  if (left.kind !== 'path' || right.kind !== 'path' || left.path.length !== right.path.length) return;
  const one = resolvePath(left.path, bindings);
  const other = resolvePath(right.path, bindings);
  if (one.some((step, index) => step !== other[index])) return;
  throw new ExpressionFault(
    'The first operand must be distinct from the remaining operands for this operator or function; ' +
      `operator: ${operator}, first operand: ${showPath(one)}`,
  );
}

function checkBounds(lowOperand: Operand, highOperand: Operand, bindings: Bindings): void {
  const low = literal(lowOperand, bindings);
  const high = literal(highOperand, bindings);
  if (low === undefined || high === undefined) return;
  const bounds = `lower bound operand: AttributeValue: ${show(low)}, upper bound operand: AttributeValue: ${show(high)}`;
  if (typeOf(low) !== typeOf(high)) {
    throw new ExpressionFault(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  }
  if (isBefore(high, low)) {
    throw new ExpressionFault(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
  }
}

function literal(operand: Operand, bindings: Bindings): AttributeValue | undefined {
  return operand.kind === 'value' ? valueOfPlaceholder(operand.placeholder, bindings) : undefined;
}

/** The type that is known without an item: a value's own, or the number that `size` yields. */
function literalType(operand: Operand, bindings: Bindings): AttributeType | undefined {
  if (operand.kind === 'function') return 'N';
  const value = literal(operand, bindings);
  return value === undefined ? undefined : typeOf(value);
}

function operandTypeFault(name: string, type: string): ExpressionFault {
  return new ExpressionFault(
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );
}

function show(value: AttributeValue): string {
  const type = typeOf(value);
  return `{${type}:${String(value[type])}}`;
}
