import type { AttributeMap, AttributeValue, MutableAttributeMap } from '../attribute-value';
import { copyMap, emptyMap, sortSet, typeOf } from '../attribute-value';
import { addNumbers } from '../decimal';
import { validationFault } from '../faults';
import { type ResolvedPath, valueAt } from './document-path';
import { type Bindings, type Operand, valueOfPlaceholder } from './expression';
import type { SetValue, UpdateAction } from './update-parser';

/** What an update does at one place of the item. */
interface Change {
  readonly path: ResolvedPath;
  /** Undefined removes what is there. */
  readonly value: AttributeValue | undefined;
}

/**
 * The item after a checked update. Every value is computed from the item as it was before, whatever the order of the
 * actions. The old item is not touched; unchanged parts are shared with it. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 * @param paths the paths of the actions with their placeholders resolved
 * @throws ValidationException when an operand is missing or of the wrong type, or a path leads nowhere
 */
export function applyUpdate(
  actions: readonly UpdateAction[],
  paths: readonly ResolvedPath[],
  item: AttributeMap,
  bindings: Bindings,
): AttributeMap {
  const changes = actions.map((action, index): Change => ({
    path: paths[index]!,
    value: newValue(action, item, bindings),
  }));
  if (paths.every((path) => path.length === 1)) return applyAtTop(changes, item);
  return applyAt(changes, { M: item }, 0).M!;
}

function applyAtTop(changes: readonly Change[], item: AttributeMap): AttributeMap {
  const result = copyMap(item);
  for (const { path, value } of changes) {
    if (value === undefined) delete result[path[0]!];
    else result[path[0]!] = value;
  }
  return result;
}

function newValue(action: UpdateAction, item: AttributeMap, bindings: Bindings): AttributeValue | undefined {
  switch (action.kind) {
    case 'SET':
      return computeValue(action.value, item, bindings);
    case 'REMOVE':
      return undefined;
    case 'ADD':
      return added(valueAt(action.path, item, bindings), valueOfPlaceholder(action.placeholder, bindings));
    case 'DELETE':
      return withoutMembers(valueAt(action.path, item, bindings), valueOfPlaceholder(action.placeholder, bindings));
  }
}

function computeValue(value: SetValue, item: AttributeMap, bindings: Bindings): AttributeValue {
  if (value.kind !== 'arithmetic') return computeOperand(value, item, bindings);
  const left = computeOperand(value.left, item, bindings).N;
  if (left === undefined) throw wrongOperandType();
  const right = computeOperand(value.right, item, bindings).N;
  if (right === undefined) throw wrongOperandType();
  return { N: addNumbers(left, right, value.operator === '-') };
}

function computeOperand(operand: Operand, item: AttributeMap, bindings: Bindings): AttributeValue {
  if (operand.kind === 'value') return valueOfPlaceholder(operand.placeholder, bindings);
  if (operand.kind === 'path') {
    const value = valueAt(operand.path, item, bindings);
    if (value !== undefined) return value;
    throw validationFault('The provided expression refers to an attribute that does not exist in the item');
  }
  const [first, second] = operand.args as [Operand, Operand];
  if (operand.name === 'if_not_exists') {
    const existing = first.kind === 'path' ? valueAt(first.path, item, bindings) : undefined;
    return existing ?? computeOperand(second, item, bindings);
  }
  const head = computeOperand(first, item, bindings).L;
  if (head === undefined) throw wrongOperandType();
  const tail = computeOperand(second, item, bindings).L;
  if (tail === undefined) throw wrongOperandType();
  return { L: [...head, ...tail] };
}

/** ADD: a number is summed, a set is united; what is not there counts as zero or as the empty set. */
function added(existing: AttributeValue | undefined, operand: AttributeValue): AttributeValue {
  if (existing === undefined) return operand;
  const type = typeOf(operand);
  if (typeOf(existing) !== type) throw wrongOperandType();
  if (type === 'N') return { N: addNumbers(existing.N!, operand.N!) };
  const setType = type as 'SS' | 'NS' | 'BS';
  const members = existing[setType]!;
  const united = [...members, ...operand[setType]!.filter((member) => !members.includes(member))];
  return { [setType]: sortSet(united, setType) };
}

/** DELETE: members leave a set; a set without members is no longer there. */
function withoutMembers(existing: AttributeValue | undefined, operand: AttributeValue): AttributeValue | undefined {
  if (existing === undefined) return undefined;
  const type = typeOf(operand) as 'SS' | 'NS' | 'BS';
  if (typeOf(existing) !== type) throw wrongOperandType();
  const rest = existing[type]!.filter((member) => !operand[type]!.includes(member));
  return rest.length === 0 ? undefined : { [type]: rest };
}

/** Applies the changes whose paths lead through this value, which must be a map or a list for them. */
function applyAt(changes: readonly Change[], value: AttributeValue | undefined, depth: number): AttributeValue {
  const isListChange = typeof changes[0]!.path[depth] === 'number';
  if (isListChange && value?.L !== undefined) return { L: applyToList(changes, value.L, depth) };
  if (!isListChange && value?.M !== undefined) return { M: applyToMap(changes, value.M, depth) };
  throw validationFault('The document path provided in the update expression is invalid for update');
}

function applyToMap(changes: readonly Change[], map: AttributeMap, depth: number): AttributeMap {
  const result: MutableAttributeMap = copyMap(map);
  for (const [step, group] of groupByStep(changes, depth)) {
    const value = changedValue(group, map[step], depth);
    if (value === undefined) delete result[step];
    else result[step] = value;
  }
  return result;
}

/** Indices mean the list before the update. What is set beyond its end is appended, in the order of the indices. */
function applyToList(changes: readonly Change[], list: readonly AttributeValue[], depth: number): AttributeValue[] {
  const result: (AttributeValue | undefined)[] = [...list];
  const appended: { index: number; value: AttributeValue }[] = [];
  for (const [step, group] of groupByStep(changes, depth)) {
    const index = Number(step);
    const value = changedValue(group, list[index], depth);
    if (index < list.length) result[index] = value;
    else if (value !== undefined) appended.push({ index, value });
  }
  appended.sort((one, other) => one.index - other.index);
  const kept = result.filter((element) => element !== undefined);
  return [...kept, ...appended.map(({ value }) => value)];
}

function changedValue(
  group: readonly Change[],
  existing: AttributeValue | undefined,
  depth: number,
): AttributeValue | undefined {
  const [first] = group;
  return first!.path.length === depth + 1 ? first!.value : applyAt(group, existing, depth + 1);
}

function groupByStep(changes: readonly Change[], depth: number): Map<string | number, Change[]> {
  const groups = new Map<string | number, Change[]>();
  for (const change of changes) {
    const step = change.path[depth]!;
    const group = groups.get(step);
    if (group === undefined) groups.set(step, [change]);
    else group.push(change);
  }
  return groups;
}

function wrongOperandType(): Error {
  return validationFault('An operand in the update expression has an incorrect data type');
}

/** The empty item, on which an update of an item that does not exist begins. */
export const NO_ITEM: AttributeMap = emptyMap();
