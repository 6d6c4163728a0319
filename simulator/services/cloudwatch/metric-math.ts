import { NotModelled } from '../../kernel/errors';
import { AwsFault } from '../aws-service';
import { MetricMathParser, type MathNode } from './metric-math-parser';

/** One value a period, oldest first; undefined where there is none. */
export type Points = readonly (number | undefined)[];

/** A time series, a number, or several time series. */
type Value = Points | number | { readonly list: readonly Points[] };

/** What an expression may name. */
export interface MathScope {
  /** The points of a metric or of another expression. @throws AwsFault for an id that is not defined */
  points(id: string): Points;
  /** The ids of the metrics, without those of expressions. */
  readonly metricIds: readonly string[];
  /** How many periods are evaluated. */
  readonly length: number;
}

/** An expression, ready to be evaluated. */
export interface MetricMath {
  readonly ids: readonly string[];
  evaluate(scope: MathScope): Points;
}

/**
 * Reads a metric math expression: numbers, ids, `+ - * /`, comparisons, AND, OR, parentheses, lists, and the functions
 * FILL, IF, METRICS, and AVG, MAX, MIN, SUM of several time series.
 *
 * A point that one of two series lacks counts as 0, one that both lack stays missing, and a division by zero gives no
 * point. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 *
 * @throws NotModelled for any other function, AwsFault for what is no expression
 */
export function compileMetricMath(expression: string): MetricMath {
  const parser = new MetricMathParser(expression);
  const root = parser.parse();
  checkFunctions(root);
  return {
    ids: [...parser.ids],
    evaluate: (scope) => {
      const value = evaluate(root, scope);
      if (isPoints(value)) return value;
      throw new NotModelled(`${expression}, which gives no single time series,`, 'An alarm evaluates one time series.');
    },
  };
}

const FUNCTIONS: Readonly<Record<string, (nodes: readonly MathNode[], scope: MathScope) => Value>> = {
  AVG: (nodes, scope) => aggregate('AVG', nodes, scope, (values) => sum(values) / values.length),
  FILL: ([series, filling], scope) => fill(evaluate(series!, scope), filling!, scope),
  IF: ([condition, whenTrue, whenFalse], scope) => {
    const test = evaluate(condition!, scope);
    const [yes, no] = [whenTrue, whenFalse].map((node) => (node === undefined ? [] : evaluate(node, scope)));
    if (typeof test === 'number') return test !== 0 ? yes! : no!;
    return overPeriods(scope, (index) => {
      const decision = at(test, index);
      return decision === undefined ? undefined : at(decision !== 0 ? yes! : no!, index);
    });
  },
  MAX: (nodes, scope) => aggregate('MAX', nodes, scope, (values) => Math.max(...values)),
  METRICS: ([filter], scope) => {
    const part = filter?.kind === 'text' ? filter.text : '';
    return { list: scope.metricIds.filter((id) => id.includes(part)).map((id) => scope.points(id)) };
  },
  MIN: (nodes, scope) => aggregate('MIN', nodes, scope, (values) => Math.min(...values)),
  SUM: (nodes, scope) => aggregate('SUM', nodes, scope, sum),
};

const ARGUMENT_COUNTS: Readonly<Record<string, readonly [min: number, max: number]>> = {
  FILL: [2, 2],
  IF: [2, 3],
  METRICS: [0, 1],
};

function checkFunctions(node: MathNode): void {
  if (node.kind === 'call') {
    if (FUNCTIONS[node.name] === undefined) {
      const known = Object.keys(FUNCTIONS).join(', ');
      throw new NotModelled(`Metric math function ${node.name}`, `Modelled: ${known}.`);
    }
    const [min, max] = ARGUMENT_COUNTS[node.name] ?? [1, 1];
    if (node.nodes.length < min || node.nodes.length > max) {
      throw new AwsFault('ValidationError', `${node.name} takes ${min} to ${max} arguments, got ${node.nodes.length}.`);
    }
  }
  if ('nodes' in node) for (const inner of node.nodes) checkFunctions(inner);
}

function evaluate(node: MathNode, scope: MathScope): Value {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'id':
      return scope.points(node.id);
    case 'text':
      throw new AwsFault('ValidationError', `"${node.text}" is neither a number nor a time series.`);
    case 'list':
      return { list: node.nodes.map((inner) => asPoints(evaluate(inner, scope))) };
    case 'call':
      return FUNCTIONS[node.name]!(node.nodes, scope);
    case 'operation': {
      const [left, right] = node.nodes.map((inner) => evaluate(inner, scope)) as [Value, Value];
      return combine(left, right, OPERATIONS[node.operator]!, scope);
    }
  }
}

const OPERATIONS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

function combine(
  left: Value,
  right: Value,
  operation: (one: number, other: number) => number,
  scope: MathScope,
): Value {
  if (typeof left === 'number' && typeof right === 'number') return operation(left, right);
  return overPeriods(scope, (index) => {
    const exists = [left, right].some((value) => typeof value !== 'number' && at(value, index) !== undefined);
    if (!exists) return undefined;
    const result = operation(at(left, index) ?? 0, at(right, index) ?? 0);
    return Number.isFinite(result) ? result : undefined;
  });
}

function aggregate(
  name: string,
  nodes: readonly MathNode[],
  scope: MathScope,
  reduce: (values: readonly number[]) => number,
): Points {
  const value = evaluate(nodes[0]!, scope);
  if (typeof value === 'number' || isPoints(value)) {
    throw new NotModelled(`${name} of one time series`, `Give a list such as ${name}([m1, m2]) or ${name}(METRICS()).`);
  }
  return overPeriods(scope, (index) => {
    const existing = value.list.map((points) => points[index]).filter((point) => point !== undefined);
    return existing.length === 0 ? undefined : reduce(existing);
  });
}

function fill(value: Value, filling: MathNode, scope: MathScope): Value {
  if (typeof value === 'number') throw new AwsFault('ValidationError', 'FILL takes a time series.');
  if (!isPoints(value)) return { list: value.list.map((points) => fill(points, filling, scope) as Points) };
  if (filling.kind === 'id' && filling.id === 'REPEAT') {
    let last: number | undefined;
    return overPeriods(scope, (index) => (last = value[index] ?? last));
  }
  if (filling.kind === 'id' && filling.id === 'LINEAR') {
    throw new NotModelled('FILL with LINEAR', 'Use a number or REPEAT.');
  }
  const substitute = evaluate(filling, scope);
  return overPeriods(scope, (index) => value[index] ?? at(substitute, index));
}

function overPeriods({ length }: MathScope, pointAt: (index: number) => number | undefined): Points {
  return Array.from({ length }, (_, index) => pointAt(index));
}

function at(value: Value, index: number): number | undefined {
  return typeof value === 'number' ? value : asPoints(value)[index];
}

function asPoints(value: Value): Points {
  if (typeof value !== 'number' && isPoints(value)) return value;
  throw new NotModelled('Arithmetic on a list of time series', 'Reduce it by SUM, AVG, MAX or MIN first.');
}

function isPoints(value: Value): value is Points {
  return Array.isArray(value);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
