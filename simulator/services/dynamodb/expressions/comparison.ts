import type { AttributeMap, AttributeValue } from '../attribute-value';
import { typeOf } from '../attribute-value';
import { compareNumbers } from '../decimal';
import { compareText } from '../key-codec';

/** Equality of type and content; the members of a set have no order. */
export function areEqual(left: AttributeValue, right: AttributeValue): boolean {
  if (left.S !== undefined) return left.S === right.S;
  if (left.N !== undefined) return left.N === right.N;
  const type = typeOf(left);
  switch (type) {
    case 'SS':
    case 'NS':
    case 'BS':
      return areSetsEqual(left[type]!, right[type]);
    case 'L': {
      const others = right.L;
      if (others?.length !== left.L!.length) return false;
      return left.L!.every((element, index) => areEqual(element, others[index]!));
    }
    case 'M':
      return right.M !== undefined && areMapsEqual(left.M!, right.M);
    default:
      return left[type] === right[type];
  }
}

function areSetsEqual(left: readonly string[], right: readonly string[] | undefined): boolean {
  return right?.length === left.length && left.every((member) => right.includes(member));
}

function areMapsEqual(left: AttributeMap, right: AttributeMap): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => right[name] !== undefined && areEqual(left[name]!, right[name]));
}

/**
 * The order of two values of one ordered type (string, number, binary), as a negative, zero or positive number.
 * Undefined for values that have no order to each other: such comparisons are false, never a fault.
 */
export function orderOf(left: AttributeValue, right: AttributeValue): number | undefined {
  if (left.N !== undefined) return right.N === undefined ? undefined : compareNumbers(left.N, right.N);
  if (left.S !== undefined) return right.S === undefined ? undefined : compareText(left.S, right.S);
  if (left.B !== undefined && right.B !== undefined) {
    return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));
  }
  return undefined;
}

/** Whether both have an order and `left` comes strictly before `right`. */
export function isBefore(left: AttributeValue, right: AttributeValue): boolean {
  const order = orderOf(left, right);
  return order !== undefined && order < 0;
}
