import type { JsonObject } from '../aws-service';
import type { AttributeMap, MutableAttributeMap } from './attribute-value';
import { parseExpressionAttributeValue } from './attribute-value';
import { checkCondition } from './expressions/condition-check';
import { isFulfilled } from './expressions/condition-evaluator';
import type { Condition } from './expressions/condition-parser';
import { checkDisjoint, resolvePath, type ResolvedPath } from './expressions/document-path';
import { type Bindings, type DocumentPath, type Expression, withinParameter } from './expressions/expression';
import { conditionOf, projectionOf, updateOf } from './expressions/parsed-expressions';
import { checkUpdate } from './expressions/update-check';
import type { UpdateAction } from './expressions/update-parser';
import { serializationFault, validationFault } from './faults';

export type ConditionParameter = 'ConditionExpression' | 'FilterExpression' | 'KeyConditionExpression';
export type ExpressionParameter = ConditionParameter | 'UpdateExpression' | 'ProjectionExpression';

/** An update whose paths are resolved. */
export interface BoundUpdate {
  readonly actions: readonly UpdateAction[];
  readonly paths: readonly ResolvedPath[];
}

/** The checked expressions of one request, with what its placeholders stand for. */
export interface RequestExpressions {
  readonly bindings: Bindings;
  readonly update?: BoundUpdate;
  readonly condition?: Condition;
  readonly keyCondition?: Condition;
  readonly filter?: Condition;
  readonly projection?: readonly ResolvedPath[];
}

const NO_BINDINGS: Bindings = { names: {}, values: {} };
const NO_EXPRESSIONS: RequestExpressions = { bindings: NO_BINDINGS };

/**
 * Refuses placeholders that are given although there is no expression to use them. The service does so before it looks
 * at any value of the request.
 * @param parameters the expression parameters of the operation
 */
export function checkPlaceholdersAreWanted(input: JsonObject, parameters: readonly ExpressionParameter[]): void {
  if (input.ExpressionAttributeNames !== undefined && parameters.every((name) => input[name] === undefined)) {
    throw validationFault('ExpressionAttributeNames can only be specified when using expressions');
  }
  if (input.ExpressionAttributeValues === undefined) return;
  if (parameters.some((name) => name !== 'ProjectionExpression' && input[name] !== undefined)) return;
  throw validationFault('ExpressionAttributeValues can only be specified when using expressions');
}

/** Parses and checks the expressions of a request against its placeholders. @throws ValidationException */
export function readExpressions(input: JsonObject): RequestExpressions {
  const updateText = input.UpdateExpression as string | undefined;
  const conditionText = input.ConditionExpression as string | undefined;
  const keyConditionText = input.KeyConditionExpression as string | undefined;
  const filterText = input.FilterExpression as string | undefined;
  const projectionText = input.ProjectionExpression as string | undefined;
  const texts = [updateText, conditionText, keyConditionText, filterText, projectionText];
  if (texts.every((text) => text === undefined)) return NO_EXPRESSIONS;

  const bindings = { names: readNames(input), values: readValues(input) };
  const used: Expression<unknown>[] = [];
  const bound: { -readonly [Member in keyof RequestExpressions]: RequestExpressions[Member] } = { bindings };
  if (updateText !== undefined) {
    const expression = updateOf(updateText);
    used.push(expression);
    const paths = withinParameter('UpdateExpression', () => checkUpdate(expression.tree, bindings));
    bound.update = { actions: expression.tree, paths };
  }
  if (conditionText !== undefined)
    bound.condition = bindCondition('ConditionExpression', conditionText, bindings, used);
  if (keyConditionText !== undefined) {
    bound.keyCondition = bindCondition('KeyConditionExpression', keyConditionText, bindings, used);
  }
  if (filterText !== undefined) bound.filter = bindCondition('FilterExpression', filterText, bindings, used);
  if (projectionText !== undefined) {
    const expression = projectionOf(projectionText);
    used.push(expression);
    bound.projection = withinParameter('ProjectionExpression', () => bindProjection(expression.tree, bindings));
  }
  refuseUnused(bindings, used);
  return bound;
}

/** Whether the item meets the request's ConditionExpression. */
export function meetsCondition(expressions: RequestExpressions, item: AttributeMap): boolean {
  return expressions.condition === undefined || isFulfilled(expressions.condition, item, expressions.bindings);
}

function bindCondition(
  parameter: ConditionParameter,
  text: string,
  bindings: Bindings,
  used: Expression<unknown>[],
): Condition {
  const expression = conditionOf(text, parameter);
  used.push(expression);
  withinParameter(parameter, () => checkCondition(expression.tree, bindings));
  return expression.tree;
}

function bindProjection(paths: readonly DocumentPath[], bindings: Bindings): readonly ResolvedPath[] {
  const resolved = paths.map((path) => resolvePath(path, bindings));
  checkDisjoint(resolved);
  return resolved;
}

function readNames(input: JsonObject): Readonly<Record<string, string>> {
  const names = input.ExpressionAttributeNames as JsonObject | undefined;
  if (names === undefined) return NO_BINDINGS.names;
  checkPlaceholders('ExpressionAttributeNames', names, /^#[0-9a-zA-Z_]+$/);
  for (const placeholder in names) {
    if (typeof names[placeholder] !== 'string') throw serializationFault('Unexpected field type');
  }
  return names as Readonly<Record<string, string>>;
}

function readValues(input: JsonObject): AttributeMap {
  const raw = input.ExpressionAttributeValues as JsonObject | undefined;
  if (raw === undefined) return NO_BINDINGS.values;
  checkPlaceholders('ExpressionAttributeValues', raw, /^:[0-9a-zA-Z_]+$/);
  const values: MutableAttributeMap = {};
  for (const placeholder in raw) {
    values[placeholder] = parseExpressionAttributeValue(raw[placeholder] ?? null, placeholder);
  }
  return values;
}

function checkPlaceholders(parameter: string, map: JsonObject, pattern: RegExp): void {
  let isEmpty = true;
  for (const placeholder in map) {
    isEmpty = false;
    if (!pattern.test(placeholder)) {
      throw validationFault(`${parameter} contains invalid key: Syntax error; key: "${placeholder}"`);
    }
  }
  if (isEmpty) throw validationFault(`${parameter} must not be empty`);
}

function refuseUnused({ names, values }: Bindings, used: readonly Expression<unknown>[]): void {
  for (const [parameter, map, kind] of [
    ['ExpressionAttributeNames', names, 'names'],
    ['ExpressionAttributeValues', values, 'values'],
  ] as const) {
    const unused: string[] = [];
    for (const placeholder in map) {
      if (!used.some((expression) => expression[kind].has(placeholder))) unused.push(placeholder);
    }
    if (unused.length > 0) {
      throw validationFault(`Value provided in ${parameter} unused in expressions: keys: {${unused.join(', ')}}`);
    }
  }
}
