import type { AttributeMap, AttributeValue } from '../attribute-value';
import { typeOf } from '../attribute-value';
import { areEqual, orderOf } from './comparison';
import type { Comparator, Condition } from './condition-parser';
import { valueAt } from './document-path';
import { type Bindings, type FunctionCall, type Operand, valueOfPlaceholder } from './expression';

/** Whether an item fulfils a checked condition. An item that does not exist is the empty item. */
export function isFulfilled(condition: Condition, item: AttributeMap, bindings: Bindings): boolean {
  switch (condition.kind) {
    case 'and':
      return isFulfilled(condition.left, item, bindings) && isFulfilled(condition.right, item, bindings);
    case 'or':
      return isFulfilled(condition.left, item, bindings) || isFulfilled(condition.right, item, bindings);
    case 'not':
      return !isFulfilled(condition.operand, item, bindings);
    case 'comparison': {
      const left = evaluate(condition.left, item, bindings);
      const right = evaluate(condition.right, item, bindings);
      return compare(condition.comparator, left, right);
    }
    case 'between': {
      const value = evaluate(condition.operand, item, bindings);
      const low = evaluate(condition.low, item, bindings);
      const high = evaluate(condition.high, item, bindings);
      return compare('>=', value, low) && compare('<=', value, high);
    }
    case 'in': {
      const value = evaluate(condition.operand, item, bindings);
      return condition.candidates.some((candidate) => compare('=', value, evaluate(candidate, item, bindings)));
    }
    case 'function':
      return applyPredicate(condition, item, bindings);
  }
}

function evaluate(operand: Operand, item: AttributeMap, bindings: Bindings): AttributeValue | undefined {
  if (operand.kind === 'path') return valueAt(operand.path, item, bindings);
  if (operand.kind === 'value') return valueOfPlaceholder(operand.placeholder, bindings);
  const size = sizeOf(evaluate(operand.args[0]!, item, bindings));
  return size === undefined ? undefined : { N: String(size) };
}

/** A comparison with something that is not there is false, except that it is unequal to everything. */
function compare(comparator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined) return comparator === '<>';
  if (comparator === '=') return areEqual(left, right);
  if (comparator === '<>') return !areEqual(left, right);
  const order = orderOf(left, right);
  if (order === undefined) return false;
  switch (comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function applyPredicate({ name, args }: FunctionCall, item: AttributeMap, bindings: Bindings): boolean {
  const value = evaluate(args[0]!, item, bindings);
  if (name === 'attribute_not_exists') return value === undefined;
  if (value === undefined) return false;
  if (name === 'attribute_exists') return true;
  const other = evaluate(args[1]!, item, bindings);
  if (other === undefined) return false;
  if (name === 'attribute_type') return typeOf(value) === other.S;
  return name === 'begins_with' ? beginsWith(value, other) : contains(value, other);
}

function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.S !== undefined) return prefix.S !== undefined && value.S.startsWith(prefix.S);
  if (value.B === undefined || prefix.B === undefined) return false;
  return asBytes(value.B).startsWith(asBytes(prefix.B));
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.L !== undefined) return value.L.some((element) => areEqual(element, part));
  if (part.S !== undefined) return (value.S ?? value.SS)?.includes(part.S) === true;
  if (part.N !== undefined) return value.NS?.includes(part.N) === true;
  if (part.B === undefined) return false;
  if (value.B !== undefined) return asBytes(value.B).includes(asBytes(part.B));
  return value.BS?.includes(part.B) === true;
}

/** Bytes as a string of characters 0 to 255, so that the string functions search bytes. */
function asBytes(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}

function sizeOf(value: AttributeValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (value.S !== undefined) return value.S.length;
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.M !== undefined) return Object.keys(value.M).length;
  return (value.L ?? value.SS ?? value.NS ?? value.BS)?.length;
}
