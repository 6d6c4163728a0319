import type { JsonObject } from '../../../../simulator/services/aws-service';
import { type ConformanceCase, put, refused, step, stored } from '../conformance-case';

const KEY = { pk: { S: 'a' } };

function update(expression: string, values: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return {
    TableName: 'hash',
    Key: KEY,
    UpdateExpression: expression,
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
    ...more,
  };
}

/** What an update makes of an item. */
function becomes(
  name: string,
  before: JsonObject,
  expression: string,
  values: JsonObject,
  after: JsonObject,
  differs?: string,
): ConformanceCase {
  return {
    name,
    steps: [
      put('hash', { ...KEY, ...before }),
      step('UpdateItem', update(expression, values)),
      stored('hash', KEY, { ...KEY, ...after }),
    ],
    ...(differs === undefined ? {} : { differs: { dynalite: differs } }),
  };
}

function refusedUpdate(
  name: string,
  before: JsonObject,
  expression: string,
  values: JsonObject,
  message: string,
): ConformanceCase {
  return {
    name,
    steps: [put('hash', { ...KEY, ...before }), refused('UpdateItem', update(expression, values), message)],
  };
}

const BEFORE: JsonObject = { a: { S: 'old' }, n: { N: '1' }, m: { M: { x: { N: '1' }, y: { N: '2' } } } };

function returns(returnValues: string, attributes: JsonObject | undefined): ConformanceCase {
  const input = update('SET a = :a, m.x = m.x + :one, fresh = :a REMOVE m.y', {
    ':a': { S: 'new' },
    ':one': { N: '1' },
  });
  return {
    name: `ReturnValues ${returnValues} of an update`,
    steps: [
      put('hash', { ...KEY, ...BEFORE }),
      step(
        'UpdateItem',
        { ...input, ReturnValues: returnValues },
        attributes === undefined ? { absent: ['Attributes'] } : { output: { Attributes: attributes } },
      ),
    ],
  };
}

/** What updates do, return and refuse. */
export const UPDATE_CASES: readonly ConformanceCase[] = [
  becomes(
    'SET replaces and adds',
    { a: { S: 'old' } },
    'SET a = :v, b = :v',
    { ':v': { S: 'new' } },
    { a: { S: 'new' }, b: { S: 'new' } },
  ),
  becomes(
    'SET sees the item as it was',
    { a: { N: '1' }, b: { N: '2' } },
    'SET a = b, b = a',
    {},
    { a: { N: '2' }, b: { N: '1' } },
  ),
  becomes(
    'SET adds and subtracts',
    { n: { N: '10' } },
    'SET n = n - :x, p = n + :x',
    { ':x': { N: '2.5' } },
    { n: { N: '7.5' }, p: { N: '12.5' } },
  ),
  becomes('arithmetic is exact', { n: { N: '0.1' } }, 'SET n = n + :x', { ':x': { N: '0.2' } }, { n: { N: '0.3' } }),
  becomes(
    'arithmetic keeps 38 digits',
    { n: { N: '12345678901234567890123456789012345678' } },
    'SET n = n - :x',
    { ':x': { N: '1' } },
    { n: { N: '12345678901234567890123456789012345677' } },
  ),
  becomes(
    'if_not_exists gives the default once',
    { n: { N: '5' } },
    'SET n = if_not_exists(n, :z) + :one, o = if_not_exists(o, :z) + :one',
    { ':z': { N: '0' }, ':one': { N: '1' } },
    { n: { N: '6' }, o: { N: '1' } },
  ),
  becomes(
    'list_append joins on either side',
    { l: { L: [{ N: '1' }] } },
    'SET l = list_append(:v, l), k = list_append(l, :v)',
    { ':v': { L: [{ N: '0' }] } },
    { l: { L: [{ N: '0' }, { N: '1' }] }, k: { L: [{ N: '1' }, { N: '0' }] } },
  ),
  becomes(
    'list_append of a default',
    {},
    'SET l = list_append(if_not_exists(l, :none), :v)',
    { ':none': { L: [] }, ':v': { L: [{ N: '1' }] } },
    { l: { L: [{ N: '1' }] } },
  ),
  becomes(
    'SET within a map',
    { m: { M: { x: { N: '1' } } } },
    'SET m.x = :v, m.y = :v',
    { ':v': { N: '2' } },
    { m: { M: { x: { N: '2' }, y: { N: '2' } } } },
  ),
  becomes(
    'SET of a list element',
    { l: { L: [{ N: '1' }, { N: '2' }] } },
    'SET l[0] = :v',
    { ':v': { N: '9' } },
    { l: { L: [{ N: '9' }, { N: '2' }] } },
  ),
  becomes(
    'SET beyond the end of a list appends',
    { l: { L: [{ N: '1' }] } },
    'SET l[7] = :v',
    { ':v': { N: '9' } },
    { l: { L: [{ N: '1' }, { N: '9' }] } },
  ),
  becomes(
    'several SETs beyond the end are appended in the order of their indices',
    { l: { L: [] } },
    'SET l[7] = :b, l[3] = :a',
    { ':a': { N: '1' }, ':b': { N: '2' } },
    { l: { L: [{ N: '1' }, { N: '2' }] } },
  ),
  becomes(
    'REMOVE of attributes',
    { a: { N: '1' }, b: { N: '2' }, c: { N: '3' } },
    'REMOVE a, c, nothing',
    {},
    { b: { N: '2' } },
  ),
  becomes(
    'REMOVE within a map',
    { m: { M: { x: { N: '1' }, y: { N: '2' } } } },
    'REMOVE m.x, m.nothing',
    {},
    { m: { M: { y: { N: '2' } } } },
  ),
  becomes(
    'REMOVE of list elements closes up',
    { l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] } },
    'REMOVE l[1]',
    {},
    { l: { L: [{ N: '0' }, { N: '2' }] } },
  ),
  becomes(
    'several REMOVEs mean the list as it was',
    { l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '3' }] } },
    'REMOVE l[0], l[2]',
    {},
    { l: { L: [{ N: '1' }, { N: '3' }] } },
    'It removes one after the other, so that later indices have moved.',
  ),
  becomes(
    'ADD to a number',
    { n: { N: '1' } },
    'ADD n :v, p :v',
    { ':v': { N: '-3' } },
    { n: { N: '-2' }, p: { N: '-3' } },
  ),
  becomes(
    'ADD to a set',
    { s: { SS: ['a', 'b'] } },
    'ADD s :v, t :v',
    { ':v': { SS: ['b', 'c'] } },
    { s: { SS: ['a', 'b', 'c'] }, t: { SS: ['b', 'c'] } },
  ),
  becomes(
    'DELETE from a set',
    { s: { SS: ['a', 'b', 'c'] } },
    'DELETE s :v, t :v',
    { ':v': { SS: ['b', 'x'] } },
    { s: { SS: ['a', 'c'] } },
  ),
  becomes('a set without members is gone', { s: { NS: ['1'] } }, 'DELETE s :v', { ':v': { NS: ['1.0'] } }, {}),
  becomes(
    'all sections in one update',
    { a: { N: '1' }, r: { N: '1' }, n: { N: '1' }, s: { SS: ['a', 'b'] } },
    'set a = :x remove r add n :x delete s :s',
    { ':x': { N: '5' }, ':s': { SS: ['a'] } },
    { a: { N: '5' }, n: { N: '6' }, s: { SS: ['b'] } },
  ),
  becomes('parentheses around a value', { n: { N: '1' } }, 'SET n = (n + :x)', { ':x': { N: '1' } }, { n: { N: '2' } }),
  {
    name: 'an update creates an item that is not there',
    steps: [
      step('UpdateItem', update('SET a = :v', { ':v': { S: 'x' } })),
      stored('hash', KEY, { ...KEY, a: { S: 'x' } }),
    ],
  },
  {
    name: 'an update without an expression creates the item of the key',
    steps: [step('UpdateItem', { TableName: 'hash', Key: KEY }), stored('hash', KEY, KEY)],
  },
  returns('NONE', undefined),
  returns('ALL_OLD', { ...KEY, ...BEFORE }),
  returns('ALL_NEW', { ...KEY, a: { S: 'new' }, n: { N: '1' }, m: { M: { x: { N: '2' } } }, fresh: { S: 'new' } }),
  returns('UPDATED_OLD', { a: { S: 'old' }, m: { M: { x: { N: '1' }, y: { N: '2' } } } }),
  returns('UPDATED_NEW', { a: { S: 'new' }, m: { M: { x: { N: '2' } } }, fresh: { S: 'new' } }),
  {
    name: 'the old values of an item that was not there are nothing',
    steps: [
      step('UpdateItem', update('SET a = :v', { ':v': { N: '1' } }, { ReturnValues: 'ALL_OLD' }), {
        absent: ['Attributes'],
      }),
      step(
        'PutItem',
        { TableName: 'hash', Item: { pk: { S: 'b' } }, ReturnValues: 'ALL_OLD' },
        { absent: ['Attributes'] },
      ),
      step(
        'DeleteItem',
        { TableName: 'hash', Key: { pk: { S: 'c' } }, ReturnValues: 'ALL_OLD' },
        { absent: ['Attributes'] },
      ),
    ],
  },
  {
    name: 'a put and a deletion return the old item',
    steps: [
      put('hash', { ...KEY, a: { N: '1' } }),
      step(
        'PutItem',
        { TableName: 'hash', Item: { ...KEY, a: { N: '2' } }, ReturnValues: 'ALL_OLD' },
        { output: { Attributes: { ...KEY, a: { N: '1' } } } },
      ),
      step(
        'DeleteItem',
        { TableName: 'hash', Key: KEY, ReturnValues: 'ALL_OLD' },
        { output: { Attributes: { ...KEY, a: { N: '2' } } } },
      ),
      step('GetItem', { TableName: 'hash', Key: KEY }, { absent: ['Item'] }),
    ],
  },
  {
    name: 'a put cannot return new values',
    steps: [
      refused(
        'PutItem',
        { TableName: 'hash', Item: KEY, ReturnValues: 'ALL_NEW' },
        'ReturnValues can only be ALL_OLD or NONE',
      ),
      refused(
        'PutItem',
        { TableName: 'hash', Item: KEY, ReturnValues: 'SOME' },
        "Value 'SOME' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set",
      ),
    ],
  },
  {
    name: 'a deletion cannot return parts',
    steps: [
      refused(
        'DeleteItem',
        { TableName: 'hash', Key: KEY, ReturnValues: 'UPDATED_OLD' },
        'ReturnValues can only be ALL_OLD or NONE',
      ),
    ],
    differs: { dynalite: 'It takes the value. Source: API_DeleteItem.html, ReturnValues.' },
  },
  refusedUpdate(
    'a key cannot be updated',
    {},
    'SET pk = :v',
    { ':v': { S: 'b' } },
    'Cannot update attribute pk. This attribute is part of the key',
  ),
  refusedUpdate(
    'an operand must be there',
    {},
    'SET a = b',
    {},
    'The provided expression refers to an attribute that does not exist in the item',
  ),
  refusedUpdate(
    'an operand of arithmetic must be a number',
    { a: { S: 'x' } },
    'SET a = a + :v',
    { ':v': { N: '1' } },
    'An operand in the update expression has an incorrect data type',
  ),
  refusedUpdate(
    'a value of arithmetic must be a number',
    {},
    'SET a = :v + :v',
    { ':v': { S: '1' } },
    'Incorrect operand type for operator or function; operator or function: +, operand type: S',
  ),
  refusedUpdate(
    'a path must lead somewhere',
    { a: { S: 'x' } },
    'SET a.b = :v',
    { ':v': { N: '1' } },
    'The document path provided in the update expression is invalid for update',
  ),
  refusedUpdate(
    'a path must lead somewhere, even to remove',
    {},
    'REMOVE a.b',
    {},
    'The document path provided in the update expression is invalid for update',
  ),
  refusedUpdate(
    'a map has no indices',
    { a: { M: {} } },
    'SET a[0] = :v',
    { ':v': { N: '1' } },
    'The document path provided in the update expression is invalid for update',
  ),
  refusedUpdate(
    'paths may not overlap',
    {},
    'SET a = :v, a.b = :v',
    { ':v': { N: '1' } },
    'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]',
  ),
  refusedUpdate(
    'paths may not conflict',
    {},
    'SET a.b = :v, a[0] = :v',
    { ':v': { N: '1' } },
    'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [0]]',
  ),
  refusedUpdate(
    'a section comes once',
    {},
    'SET a = :v SET b = :v',
    { ':v': { N: '1' } },
    'The "SET" section can only be used once in an update expression;',
  ),
  refusedUpdate(
    'ADD takes numbers and sets',
    {},
    'ADD a :v',
    { ':v': { S: 'x' } },
    'Incorrect operand type for operator or function; operator: ADD, operand type: STRING',
  ),
  refusedUpdate(
    'DELETE takes sets',
    {},
    'DELETE a :v',
    { ':v': { N: '1' } },
    'Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER',
  ),
  refusedUpdate(
    'ADD wants the type that is there',
    { a: { S: 'x' } },
    'ADD a :v',
    { ':v': { N: '1' } },
    'An operand in the update expression has an incorrect data type',
  ),
  refusedUpdate(
    'DELETE wants the type that is there',
    { a: { SS: ['1'] } },
    'DELETE a :v',
    { ':v': { NS: ['1'] } },
    'An operand in the update expression has an incorrect data type',
  ),
  refusedUpdate(
    'a reserved word needs a placeholder',
    {},
    'SET name = :v',
    { ':v': { N: '1' } },
    'Attribute name is a reserved keyword; reserved keyword: name',
  ),
  refusedUpdate(
    'an unknown function',
    {},
    'SET a = append(a, :v)',
    { ':v': { N: '1' } },
    'Invalid function name; function: append',
  ),
  refusedUpdate(
    'if_not_exists needs a path',
    {},
    'SET a = if_not_exists(:v, :v)',
    { ':v': { N: '1' } },
    'Operator or function requires a document path; operator or function: if_not_exists',
  ),
  refusedUpdate(
    'list_append takes lists',
    {},
    'SET a = list_append(:v, :v)',
    { ':v': { N: '1' } },
    'Incorrect operand type for operator or function; operator or function: list_append, operand type: N',
  ),
  {
    ...refusedUpdate(
      'a result has at most 38 digits',
      { n: { N: '1E38' } },
      'SET n = n + :v',
      { ':v': { N: '1' } },
      'Attempting to store more than 38 significant digits in a Number',
    ),
    differs: { dynalite: 'It keeps all digits. Source: HowItWorks.NamingRulesDataTypes.html, "Number".' },
  },
];
