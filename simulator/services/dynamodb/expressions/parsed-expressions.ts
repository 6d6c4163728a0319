import { type Condition, parseCondition } from './condition-parser';
import { type DocumentPath, type Expression, withinParameter } from './expression';
import { parseProjection } from './projection-parser';
import { parseUpdate, type UpdateAction } from './update-parser';

/** An application uses few expressions, many times each; text made at run time must not fill the memory. */
const CACHED_EXPRESSIONS_MAX = 2000;

const conditions = new Map<string, Expression<Condition>>();
const updates = new Map<string, Expression<readonly UpdateAction[]>>();
const projections = new Map<string, Expression<readonly DocumentPath[]>>();

/** @param parameter the request parameter that refusals name, such as `FilterExpression` */
export function conditionOf(text: string, parameter: string): Expression<Condition> {
  return conditions.get(text) ?? parseOnce(conditions, text, parameter, parseCondition);
}

export function updateOf(text: string): Expression<readonly UpdateAction[]> {
  return updates.get(text) ?? parseOnce(updates, text, 'UpdateExpression', parseUpdate);
}

export function projectionOf(text: string): Expression<readonly DocumentPath[]> {
  return projections.get(text) ?? parseOnce(projections, text, 'ProjectionExpression', parseProjection);
}

function parseOnce<Tree>(
  cache: Map<string, Expression<Tree>>,
  text: string,
  parameter: string,
  parse: (text: string) => Expression<Tree>,
): Expression<Tree> {
  const expression = withinParameter(parameter, () => parse(text));
  if (cache.size >= CACHED_EXPRESSIONS_MAX) cache.clear();
  cache.set(text, expression);
  return expression;
}
