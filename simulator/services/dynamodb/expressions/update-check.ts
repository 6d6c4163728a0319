import type { AttributeType } from '../attribute-value';
import { typeOf } from '../attribute-value';
import { checkDisjoint, resolvePath, type ResolvedPath } from './document-path';
import { type Bindings, ExpressionFault, type FunctionCall, type Operand, valueOfPlaceholder } from './expression';
import type { SetValue, UpdateAction } from './update-parser';

const LONG_TYPE_NAMES: Partial<Record<AttributeType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
};

/**
 * Checks what depends on the request's names and values. The service tells undefined names first, then undefined
 * values, then paths that overlap or conflict, then operands of ADD and DELETE, then operands of functions.
 * @returns the paths that the update writes, in the order of its actions
 * @throws ExpressionFault
 */
export function checkUpdate(actions: readonly UpdateAction[], bindings: Bindings): readonly ResolvedPath[] {
  const paths: ResolvedPath[] = [];
  for (const action of actions) {
    paths.push(resolvePath(action.path, bindings));
    if (action.kind === 'SET') visitOperands(action.value, (operand) => checkNames(operand, bindings));
  }
  for (const action of actions) {
    if (action.kind === 'SET') visitOperands(action.value, (operand) => checkValue(operand, bindings));
    else if (action.kind !== 'REMOVE') valueOfPlaceholder(action.placeholder, bindings);
  }
  checkDisjoint(paths);
  for (const action of actions) {
    if (action.kind === 'ADD' || action.kind === 'DELETE') checkSetOperand(action.kind, action.placeholder, bindings);
  }
  for (const action of actions) {
    if (action.kind === 'SET') checkSetValue(action.value, bindings);
  }
  return paths;
}

function visitOperands(value: SetValue, visit: (operand: Operand) => void): void {
  if (value.kind === 'arithmetic') {
    visitOperands(value.left, visit);
    visitOperands(value.right, visit);
    return;
  }
  if (value.kind === 'function') for (const argument of value.args) visitOperands(argument, visit);
  else visit(value);
}

function checkNames(operand: Operand, bindings: Bindings): void {
  if (operand.kind === 'path') resolvePath(operand.path, bindings);
}

function checkValue(operand: Operand, bindings: Bindings): void {
  if (operand.kind === 'value') valueOfPlaceholder(operand.placeholder, bindings);
}

/** ADD takes a number or a set, DELETE takes a set. */
function checkSetOperand(operator: 'ADD' | 'DELETE', placeholder: string, bindings: Bindings): void {
  const type = typeOf(valueOfPlaceholder(placeholder, bindings));
  const longName = LONG_TYPE_NAMES[type];
  if (longName === undefined || (operator === 'ADD' && type === 'N')) return;
  throw new ExpressionFault(
    `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${longName}, ` +
      `typeSet: ALLOWED_FOR_${operator}_OPERAND`,
  );
}

function checkSetValue(value: SetValue, bindings: Bindings): void {
  if (value.kind === 'arithmetic') {
    for (const operand of [value.left, value.right]) {
      checkSetValue(operand, bindings);
      checkLiteralType(operand, 'N', value.operator, bindings);
    }
  } else if (value.kind === 'function') {
    for (const argument of value.args) checkSetValue(argument, bindings);
    checkFunction(value, bindings);
  }
}

function checkFunction({ name, args }: FunctionCall, bindings: Bindings): void {
  if (args.length !== 2) {
    throw new ExpressionFault(
      'Incorrect number of operands for operator or function; ' +
        `operator or function: ${name}, number of operands: ${args.length}`,
    );
  }
  if (name === 'if_not_exists') {
    if (args[0]!.kind === 'path') return;
    throw new ExpressionFault(`Operator or function requires a document path; operator or function: ${name}`);
  }
  for (const argument of args) checkLiteralType(argument, 'L', name, bindings);
}

function checkLiteralType(operand: Operand, wanted: AttributeType, name: string, bindings: Bindings): void {
  if (operand.kind !== 'value') return;
  const type = typeOf(valueOfPlaceholder(operand.placeholder, bindings));
  if (type === wanted) return;
  throw new ExpressionFault(
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );
}
