import type { JsonObject } from '../../../../simulator/services/aws-service';
import { type ConformanceCase, put, refused, step, stored } from '../conformance-case';

const KEY = { pk: { S: 'a' } };
const ITEM: JsonObject = {
  ...KEY,
  s: { S: 'grape' },
  n: { N: '10' },
  b: { B: 'AQID' },
  t: { BOOL: true },
  ss: { SS: ['x', 'y'] },
  ns: { NS: ['1', '2'] },
  l: { L: [{ S: 'one' }, { N: '2' }, { M: { in: { S: 'deep' } } }] },
  m: { M: { k: { S: 'v' }, o: { M: { p: { N: '1' } } } } },
};

const NAMES: Readonly<Record<string, string>> = { '#in': 'in', '#size': 'size', '#l': 'l', '#none': 'none' };
const VALUES: JsonObject = {
  ':grape': { S: 'grape' },
  ':gr': { S: 'gr' },
  ':x': { S: 'x' },
  ':one': { S: 'one' },
  ':n1': { N: '1' },
  ':n2': { N: '2' },
  ':n9': { N: '9' },
  ':n10': { N: '10.0' },
  ':n11': { N: '11' },
  ':b12': { B: 'AQI=' },
  ':b23': { B: 'AgM=' },
  ':true': { BOOL: true },
  ':set': { SS: ['y', 'x'] },
  ':deep': { M: { in: { S: 'deep' } } },
  ':S': { S: 'S' },
  ':M': { S: 'M' },
  ':v': { S: 'v' },
};

function pick(map: JsonObject, text: string): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([name]) => new RegExp(`${name}(?![A-Za-z0-9_])`).test(text)));
}

/** The write of a marker under the condition, with just the placeholders that the condition uses. */
function conditional(condition: string): JsonObject {
  const names = pick(NAMES, condition);
  const values = pick(VALUES, condition);
  return {
    TableName: 'hash',
    Item: ITEM,
    ConditionExpression: condition,
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}

function holds(condition: string): ConformanceCase {
  return { name: `holds: ${condition}`, steps: [put('hash', ITEM), step('PutItem', conditional(condition))] };
}

function fails(condition: string): ConformanceCase {
  return {
    name: `does not hold: ${condition}`,
    steps: [
      put('hash', ITEM),
      {
        ...step('PutItem', conditional(condition)),
        fault: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
      },
    ],
  };
}

function invalid(condition: string, message: string): ConformanceCase {
  return { name: `is refused: ${condition}`, steps: [refused('PutItem', conditional(condition), message)] };
}

/** What conditions hold of one item, and what conditions are refused. */
export const CONDITION_CASES: readonly ConformanceCase[] = [
  ...[
    'attribute_exists(pk)',
    'attribute_exists(m.o.p)',
    'attribute_exists(l[2].#in)',
    'attribute_not_exists(#none)',
    'attribute_not_exists(m.#none)',
    'attribute_not_exists(l[3])',
    's = :grape',
    'n = :n10',
    't = :true',
    'ss = :set',
    's <> :gr',
    's <> :n1',
    '#none <> :n1',
    'n > :n9',
    'n >= :n10',
    'n < :n11',
    'n BETWEEN :n9 AND :n11',
    'n IN (:n1, :n10)',
    's > :gr',
    'begins_with(s, :gr)',
    'begins_with(b, :b12)',
    'contains(s, :gr)',
    'contains(b, :b23)',
    'contains(ss, :x)',
    'contains(ns, :n2)',
    'contains(l, :one)',
    'contains(l, :n2)',
    'attribute_type(s, :S)',
    'attribute_type(m, :M)',
    'size(s) > :n2',
    'size(b) > :n2',
    'size(ss) = :n2',
    'size(l) > :n2',
    'size(m) = :n2',
    'NOT n = :n9',
    'n = :n9 OR s = :grape',
    'n = :n9 AND n = :n9 OR s = :grape',
    'n = :n9 OR n = :n10 AND s = :grape',
    '(n = :n9 OR n = :n10) AND s = :grape',
    'not (n = :n9) and s = :grape',
    ':grape = s',
    '(s) = (:grape)',
    'm.k = :v',
  ].map(holds),
  ...[
    'attribute_exists(#none)',
    'attribute_not_exists(pk)',
    's = :gr',
    's = :n10',
    '#none = :n1',
    'n > :n10',
    's > :n1',
    'n BETWEEN :n1 AND :n9',
    'n IN (:n1, :n9)',
    '#none IN (:n1, :n9)',
    'begins_with(n, :gr)',
    'begins_with(#none, :gr)',
    'contains(n, :n1)',
    'contains(ss, :n1)',
    'contains(#none, :n1)',
    'attribute_type(n, :S)',
    'size(n) > :n1',
    'size(#none) > :n1',
    'NOT s = :grape',
    's = :gr OR n = :n9',
  ].map(fails),
  { ...holds('l[2] = :deep'), differs: { dynalite: 'It compares maps by identity.' } },
  { ...holds('contains(l, :deep)'), differs: { dynalite: 'It looks for strings, numbers and binary only.' } },
  invalid('size = :n1', 'Attribute name is a reserved keyword; reserved keyword: size'),
  invalid('STATUS = :n1', 'Attribute name is a reserved keyword; reserved keyword: STATUS'),
  invalid(
    '#undefined = :n1',
    'An expression attribute name used in the document path is not defined; attribute name: #undefined',
  ),
  invalid(
    'n = :undefined',
    'An expression attribute value used in expression is not defined; attribute value: :undefined',
  ),
  invalid('exists(n)', 'Invalid function name; function: exists'),
  invalid(
    'begins_with(s)',
    'Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1',
  ),
  invalid(
    'begins_with(s, :n1)',
    'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
  ),
  invalid('attribute_type(s, :x)', 'Invalid attribute type name found; type: x'),
  invalid(
    'attribute_exists(:x)',
    'Operator or function requires a document path; operator or function: attribute_exists',
  ),
  invalid('size(s)', 'The function is not allowed to be used this way in an expression; function: size'),
  invalid(
    'n = attribute_exists(s)',
    'The function is not allowed to be used this way in an expression; function: attribute_exists',
  ),
  invalid('((n = :n1))', 'The expression has redundant parentheses;'),
  invalid(
    's = s',
    'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [s]',
  ),
  invalid(
    'n BETWEEN :n11 AND :n9',
    'The BETWEEN operator requires upper bound to be greater than or equal to lower bound',
  ),
  invalid('n BETWEEN :n9 AND :grape', 'The BETWEEN operator requires same data type for lower and upper bounds'),
  {
    ...invalid(
      'n < :true',
      'Incorrect operand type for operator or function; operator or function: <, operand type: BOOL',
    ),
    differs: {
      dynalite:
        'It compares. Source: paritysuite/dynamodb-conformance, tests/tier3/error-messages/queryKeyConditionOperands.test.ts',
    },
  },
  ...['n =', 'n = :n1 AND', 'n = :n1 n', '= :n1', 'n == :n1', 'n IN ()', '(n = :n1'].map((condition) => ({
    ...invalid(condition, 'Syntax error; token: '),
    name: `is a syntax error: ${condition}`,
    differs: { dynalite: 'Its parser words syntax errors in its own way.' },
  })),
  {
    name: 'a syntax error shows the token and its neighbours',
    steps: [
      refused(
        'UpdateItem',
        { TableName: 'hash', Key: KEY, UpdateExpression: 'INVALID SYNTAX HERE' },
        'Syntax error; token: "INVALID", near: "INVALID SYNTAX"',
      ),
    ],
    differs: { dynalite: 'Its parser words syntax errors in its own way.' },
  },
  {
    name: 'placeholders that no expression uses are refused',
    steps: [
      refused(
        'PutItem',
        {
          TableName: 'hash',
          Item: ITEM,
          ConditionExpression: 'n = :a',
          ExpressionAttributeValues: { ':a': { N: '1' }, ':b': { N: '1' }, ':c': { N: '1' } },
        },
        'Value provided in ExpressionAttributeValues unused in expressions: keys: {:b, :c}',
      ),
      refused(
        'PutItem',
        {
          TableName: 'hash',
          Item: ITEM,
          ConditionExpression: 'attribute_exists(n)',
          ExpressionAttributeNames: { '#a': 'a' },
        },
        'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}',
      ),
      refused(
        'PutItem',
        { TableName: 'hash', Item: ITEM, ExpressionAttributeNames: { '#a': 'a' } },
        'ExpressionAttributeNames can only be specified when using expressions',
      ),
      refused(
        'PutItem',
        { TableName: 'hash', Item: ITEM, ExpressionAttributeValues: { ':a': { N: '1' } } },
        'ExpressionAttributeValues can only be specified when using expressions',
      ),
      refused(
        'PutItem',
        {
          TableName: 'hash',
          Item: ITEM,
          ConditionExpression: 'attribute_exists(n)',
          ExpressionAttributeNames: { a: 'a' },
        },
        'ExpressionAttributeNames contains invalid key: Syntax error; key: "a"',
      ),
      refused(
        'PutItem',
        { TableName: 'hash', Item: ITEM, ConditionExpression: 'attribute_exists(n)', ExpressionAttributeValues: {} },
        'ExpressionAttributeValues must not be empty',
      ),
    ],
  },
  {
    name: 'an empty condition is refused',
    steps: [
      refused(
        'PutItem',
        { TableName: 'hash', Item: ITEM, ConditionExpression: '' },
        'The expression can not be empty;',
      ),
    ],
  },
  {
    name: 'a failed condition leaves the item, and shows it when that was asked for',
    steps: [
      put('hash', { ...KEY, state: { S: 'old' } }),
      {
        operation: 'PutItem',
        input: {
          TableName: 'hash',
          Item: { ...KEY, state: { S: 'new' } },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
        fault: 'ConditionalCheckFailedException',
        fields: { Item: { ...KEY, state: { S: 'old' } } },
      },
      stored('hash', KEY, { ...KEY, state: { S: 'old' } }),
    ],
    differs: { dynalite: 'It has no ReturnValuesOnConditionCheckFailure.' },
  },
  {
    name: 'an item that is not there fulfils attribute_not_exists and nothing else',
    steps: [
      {
        operation: 'DeleteItem',
        input: {
          TableName: 'hash',
          Key: { pk: { S: 'none' } },
          ConditionExpression: 'attribute_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
        fault: 'ConditionalCheckFailedException',
      },
      step('PutItem', {
        TableName: 'hash',
        Item: { pk: { S: 'none' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ],
  },
  {
    name: 'a condition is not looked at before the request is valid and the table is there',
    steps: [
      {
        operation: 'PutItem',
        input: { TableName: 'missing', Item: ITEM, ConditionExpression: 'attribute_not_exists(pk)' },
        fault: 'ResourceNotFoundException',
        message: 'Requested resource not found',
      },
      refused(
        'PutItem',
        { TableName: 'missing', Item: ITEM, ConditionExpression: 'nonsense(pk)' },
        'Invalid function name',
      ),
    ],
  },
];
