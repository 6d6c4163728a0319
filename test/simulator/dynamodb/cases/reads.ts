import type { JsonObject } from '../../../../simulator/services/aws-service';
import { type ConformanceCase, put, refused, step, type Step } from '../conformance-case';

const SUITE = 'https://github.com/paritysuite/dynamodb-conformance';

function item(sk: string, more: JsonObject = {}): JsonObject {
  return { pk: { S: 'p' }, sk: { N: sk }, ...more };
}

const FIVE = ['-10', '-2.5', '0', '3', '20'];
const PUT_FIVE: readonly Step[] = FIVE.map((sk) => put('range', item(sk)));

function queryInput(condition: string, values: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    TableName: 'range',
    KeyConditionExpression: condition,
    ExpressionAttributeValues: { ':p': { S: 'p' }, ...values },
    ...more,
  };
}

/** The sort keys that a query of the five items yields. */
function yields(
  condition: string,
  values: JsonObject,
  sortKeys: readonly string[],
  more: JsonObject = {},
): ConformanceCase {
  return {
    name: `a query for ${condition}${Object.keys(more).length === 0 ? '' : ` with ${JSON.stringify(more)}`}`,
    steps: [
      ...PUT_FIVE,
      step('Query', queryInput(condition, values, more), {
        output: { Items: sortKeys.map((sk) => item(sk)), Count: sortKeys.length },
      }),
    ],
  };
}

function refusedQuery(name: string, input: JsonObject, message: string, differs?: string): ConformanceCase {
  return {
    name,
    steps: [refused('Query', input, message)],
    ...(differs === undefined ? {} : { differs: { dynalite: differs } }),
  };
}

/** The sort keys of a table of that type, in the order in which a query yields them. */
function ordered(table: 'text' | 'binary', type: 'S' | 'B', sortKeys: readonly string[]): ConformanceCase {
  const items = sortKeys.map((sk): JsonObject => ({ pk: { S: 'p' }, sk: { [type]: sk } }));
  return {
    name: `sort keys of type ${type} are ordered by their bytes`,
    steps: [
      ...items.toReversed().map((entry) => put(table, entry)),
      step(
        'Query',
        { TableName: table, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } } },
        { output: { Items: items } },
      ),
    ],
  };
}

const INDEXED = (sk: string, gsk: string): JsonObject =>
  item(sk, { gpk: { S: 'g' }, gsk: { S: gsk }, a: { S: 'a' }, b: { S: 'b' } });

function indexQuery(index: string, more: JsonObject = {}): JsonObject {
  return {
    TableName: 'range',
    IndexName: index,
    KeyConditionExpression: 'gpk = :g',
    ExpressionAttributeValues: { ':g': { S: 'g' } },
    ...more,
  };
}

const KEYS_ONLY: JsonObject = item('1', { gpk: { S: 'g' } });

/** Queries, scans and batches of reads. */
export const READ_CASES: readonly ConformanceCase[] = [
  yields('pk = :p', {}, FIVE),
  yields('pk = :p', {}, FIVE.toReversed(), { ScanIndexForward: false }),
  yields('pk = :p AND sk = :v', { ':v': { N: '3.0' } }, ['3']),
  yields('pk = :p AND sk < :v', { ':v': { N: '0' } }, ['-10', '-2.5']),
  yields('pk = :p AND sk <= :v', { ':v': { N: '0' } }, ['-10', '-2.5', '0']),
  yields('pk = :p AND sk > :v', { ':v': { N: '-2.5' } }, ['0', '3', '20']),
  yields('pk = :p AND sk >= :v', { ':v': { N: '-2.5' } }, ['-2.5', '0', '3', '20']),
  yields('pk = :p AND sk BETWEEN :v AND :w', { ':v': { N: '-2.5' }, ':w': { N: '3' } }, ['-2.5', '0', '3']),
  yields('sk > :v AND :p = pk', { ':v': { N: '0' } }, ['3', '20']),
  yields(':v <= sk AND pk = :p', { ':v': { N: '3' } }, ['3', '20']),
  yields('(pk = :p) AND (sk > :v)', { ':v': { N: '3' } }, ['20']),
  yields('pk = :p AND sk > :v', { ':v': { N: '100' } }, []),
  ordered('text', 'S', ['A', 'B', 'a', 'aa', 'b', 'é', '\uFFFD', '\u{1F600}']),
  ordered('binary', 'B', ['AA==', 'AAA=', 'AQ==', 'fw==', 'gA==', '/w==']),
  {
    name: 'a query for a beginning',
    steps: [
      ...['a', 'ab', 'abc', 'ac', 'b'].map((sk) => put('text', { pk: { S: 'p' }, sk: { S: sk } })),
      step(
        'Query',
        {
          TableName: 'text',
          KeyConditionExpression: 'pk = :p AND begins_with(sk, :v)',
          ExpressionAttributeValues: { ':p': { S: 'p' }, ':v': { S: 'ab' } },
        },
        { output: { Items: ['ab', 'abc'].map((sk) => ({ pk: { S: 'p' }, sk: { S: sk } })) } },
      ),
    ],
  },
  {
    name: 'a full page names where it ended, and the next begins after it',
    steps: [
      ...PUT_FIVE,
      step('Query', queryInput('pk = :p', {}, { Limit: 2 }), {
        output: { Items: [item('-10'), item('-2.5')], Count: 2, ScannedCount: 2, LastEvaluatedKey: item('-2.5') },
      }),
      step('Query', queryInput('pk = :p', {}, { Limit: 2, ExclusiveStartKey: item('-2.5') }), {
        output: { Items: [item('0'), item('3')], LastEvaluatedKey: item('3') },
      }),
      step('Query', queryInput('pk = :p', {}, { Limit: 2, ExclusiveStartKey: item('3') }), {
        output: { Items: [item('20')] },
        absent: ['LastEvaluatedKey'],
      }),
      step('Query', queryInput('pk = :p', {}, { Limit: 2, ScanIndexForward: false, ExclusiveStartKey: item('0') }), {
        output: { Items: [item('-2.5'), item('-10')] },
      }),
      // The start key need not be there any more.
      step('Query', queryInput('pk = :p', {}, { ExclusiveStartKey: item('1') }), {
        output: { Items: [item('3'), item('20')] },
      }),
    ],
  },
  {
    name: 'a page that the limit fills exactly does not know that nothing follows',
    steps: [
      ...PUT_FIVE,
      step('Query', queryInput('pk = :p', {}, { Limit: 5 }), { output: { Count: 5, LastEvaluatedKey: item('20') } }),
      step('Query', queryInput('pk = :p', {}, { Limit: 6 }), { output: { Count: 5 }, absent: ['LastEvaluatedKey'] }),
    ],
  },
  {
    name: 'a filter applies after the limit, and both counts are told',
    steps: [
      ...FIVE.map((sk, index) => put('range', item(sk, { a: { N: String(index) } }))),
      step('Query', queryInput('pk = :p', { ':v': { N: '0' } }, { FilterExpression: 'a > :v', Limit: 2 }), {
        output: { Count: 1, ScannedCount: 2, LastEvaluatedKey: item('-2.5') },
      }),
    ],
  },
  {
    name: 'a count has no items',
    steps: [
      ...PUT_FIVE,
      step('Query', queryInput('pk = :p', {}, { Select: 'COUNT' }), {
        output: { Count: 5, ScannedCount: 5 },
        absent: ['Items'],
      }),
    ],
  },
  {
    name: 'a page ends after one MB',
    steps: [
      ...FIVE.map((sk) => put('range', item(sk, { a: { S: 'x'.repeat(300_000) } }))),
      step('Query', queryInput('pk = :p', {}, { ProjectionExpression: 'sk' }), {
        output: { Count: 4, LastEvaluatedKey: item('3') },
      }),
    ],
  },
  {
    name: 'a projection keeps the structure, and list elements close up',
    steps: [
      put(
        'range',
        item('1', {
          m: { M: { x: { N: '1' }, y: { N: '2' } } },
          l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] },
          z: { N: '9' },
        }),
      ),
      step(
        'GetItem',
        {
          TableName: 'range',
          Key: item('1'),
          ProjectionExpression: '#m.x, l[2], l[0], nothing, m.nothing',
          ExpressionAttributeNames: { '#m': 'm' },
        },
        { output: { Item: { m: { M: { x: { N: '1' } } }, l: { L: [{ N: '0' }, { N: '2' }] } } } },
      ),
      refused(
        'GetItem',
        { TableName: 'range', Key: item('1'), ProjectionExpression: 'm, m.x' },
        'Two document paths overlap with each other',
      ),
      refused(
        'GetItem',
        { TableName: 'range', Key: item('1'), ProjectionExpression: 'sk.x' },
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: sk",
      ),
    ],
  },
  {
    name: 'an index holds what has its keys, ordered by its sort key',
    steps: [
      put('range', INDEXED('1', 'c')),
      put('range', INDEXED('2', 'a')),
      put('range', item('3', { gpk: { S: 'g' } })),
      put('range', INDEXED('4', 'b')),
      step('Query', indexQuery('all'), {
        output: { Items: [INDEXED('2', 'a'), INDEXED('4', 'b'), INDEXED('1', 'c')] },
      }),
      step(
        'Query',
        indexQuery('all', {
          KeyConditionExpression: 'gpk = :g AND gsk > :a',
          ExpressionAttributeValues: { ':g': { S: 'g' }, ':a': { S: 'a' } },
        }),
        {
          output: { Items: [INDEXED('4', 'b'), INDEXED('1', 'c')] },
        },
      ),
      step('Query', indexQuery('all', { Limit: 1 }), {
        output: { LastEvaluatedKey: { pk: { S: 'p' }, sk: { N: '2' }, gpk: { S: 'g' }, gsk: { S: 'a' } } },
      }),
      step(
        'Query',
        indexQuery('all', { ExclusiveStartKey: { pk: { S: 'p' }, sk: { N: '2' }, gpk: { S: 'g' }, gsk: { S: 'a' } } }),
        {
          output: { Items: [INDEXED('4', 'b'), INDEXED('1', 'c')] },
        },
      ),
    ],
  },
  {
    name: 'an index follows updates and deletions',
    steps: [
      put('range', INDEXED('1', 'a')),
      put('range', INDEXED('2', 'b')),
      step('UpdateItem', {
        TableName: 'range',
        Key: item('1'),
        UpdateExpression: 'SET gsk = :z',
        ExpressionAttributeValues: { ':z': { S: 'z' } },
      }),
      step('Query', indexQuery('all'), { output: { Items: [INDEXED('2', 'b'), INDEXED('1', 'z')] } }),
      step('UpdateItem', { TableName: 'range', Key: item('1'), UpdateExpression: 'REMOVE gpk' }),
      step('Query', indexQuery('all'), { output: { Items: [INDEXED('2', 'b')] } }),
      step('DeleteItem', { TableName: 'range', Key: item('2') }),
      step('Query', indexQuery('all'), { output: { Items: [], Count: 0 } }),
    ],
  },
  {
    name: 'an index follows what it projects, and not what it does not',
    steps: [
      put('range', INDEXED('1', 'a')),
      step('UpdateItem', {
        TableName: 'range',
        Key: item('1'),
        UpdateExpression: 'SET a = :z, b = :z REMOVE gsk',
        ExpressionAttributeValues: { ':z': { S: 'z' } },
      }),
      step('Query', indexQuery('keys'), { output: { Items: [KEYS_ONLY] } }),
      step('Query', indexQuery('some'), { output: { Items: [{ ...KEYS_ONLY, a: { S: 'z' } }] } }),
      step('Query', indexQuery('all'), { output: { Items: [], Count: 0 } }),
      step('UpdateItem', { TableName: 'range', Key: item('1'), UpdateExpression: 'REMOVE gpk' }),
      step('Query', indexQuery('keys'), { output: { Items: [], Count: 0 } }),
    ],
  },
  {
    name: 'an index shows what it projects',
    steps: [
      put('range', INDEXED('1', 'a')),
      step('Query', indexQuery('keys'), { output: { Items: [KEYS_ONLY] } }),
      step('Query', indexQuery('some'), { output: { Items: [{ ...KEYS_ONLY, a: { S: 'a' } }] } }),
      refused(
        'Query',
        indexQuery('keys', { Select: 'ALL_ATTRIBUTES' }),
        'Select type ALL_ATTRIBUTES is not supported for global secondary index keys because its projection type is not ALL',
      ),
    ],
  },
  {
    name: 'an index cannot be read consistently, and must be there',
    steps: [
      refused(
        'Query',
        indexQuery('all', { ConsistentRead: true }),
        'Consistent reads are not supported on global secondary indexes',
      ),
      refused('Query', indexQuery('none'), 'The table does not have the specified index: none'),
    ],
  },
  {
    name: 'an index key has the type of the index',
    steps: [
      refused(
        'PutItem',
        { TableName: 'range', Item: item('1', { gpk: { N: '1' } }) },
        'Type mismatch for Index Key gpk Expected: S Actual: N IndexName: all',
      ),
      refused('UpdateItem', {
        TableName: 'range',
        Key: item('1'),
        UpdateExpression: 'SET gpk = :v',
        ExpressionAttributeValues: { ':v': { N: '1' } },
      }),
    ],
  },
  {
    name: 'an index key is not empty',
    steps: [
      refused(
        'PutItem',
        { TableName: 'range', Item: item('1', { gpk: { S: '' } }) },
        'A value specified for a secondary index key is not supported',
      ),
    ],
    differs: { dynalite: 'It stores the item.' },
  },
  refusedQuery(
    'a query needs a condition',
    { TableName: 'range' },
    'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
  ),
  refusedQuery(
    'a query needs the partition key',
    queryInput('sk = :p', {}),
    'Query condition missed key schema element: pk',
  ),
  refusedQuery('a query needs one partition key', queryInput('pk > :p', {}), 'Query key condition not supported'),
  refusedQuery(
    'a query is about keys only',
    queryInput('pk = :p AND a = :p', {}),
    'Query condition missed key schema element: sk',
  ),
  refusedQuery(
    'a query condition has the type of the key',
    queryInput('pk = :p AND sk = :p', {}),
    'Condition parameter type does not match schema type',
  ),
  refusedQuery(
    'a query condition has no OR',
    queryInput('pk = :p OR sk = :v', { ':v': { N: '1' } }),
    'Invalid operator used in KeyConditionExpression: OR',
  ),
  refusedQuery(
    'a query condition has no <>',
    queryInput('pk <> :p', {}),
    'Invalid operator used in KeyConditionExpression: <>',
  ),
  refusedQuery(
    'a query condition has no other functions',
    queryInput('attribute_exists(pk) AND sk = :p', {}),
    'Invalid operator used in KeyConditionExpression: attribute_exists',
  ),
  refusedQuery(
    'a query has one condition a key',
    queryInput('pk = :p AND sk > :v AND sk < :w', { ':v': { N: '1' }, ':w': { N: '5' } }),
    'KeyConditionExpressions must only contain one condition per key',
  ),
  refusedQuery(
    'a query has no more conditions than keys',
    queryInput('pk = :p AND sk > :v AND a = :p', { ':v': { N: '1' } }),
    'The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)',
    `It words it in the older way. Source: ${SUITE}, tests/tier3/error-messages/queryKeyConditionOperands.test.ts`,
  ),
  refusedQuery(
    'a filter is not about keys',
    queryInput('pk = :p', { ':v': { N: '1' } }, { FilterExpression: 'sk = :v' }),
    'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
  ),
  refusedQuery(
    'a start key is complete',
    queryInput('pk = :p', {}, { ExclusiveStartKey: { pk: { S: 'p' } } }),
    'The provided starting key is invalid',
  ),
  refusedQuery(
    'a start key lies in the partition',
    queryInput('pk = :p', {}, { ExclusiveStartKey: { pk: { S: 'q' }, sk: { N: '1' } } }),
    'The provided starting key is outside query boundaries based on provided conditions',
  ),
  refusedQuery(
    'a start key lies in the range',
    queryInput('pk = :p AND sk > :v', { ':v': { N: '5' } }, { ExclusiveStartKey: item('1') }),
    'The provided starting key does not match the range key predicate',
  ),
  refusedQuery(
    'a limit is at least one',
    queryInput('pk = :p', {}, { Limit: 0 }),
    'failed to satisfy constraint: Member must have value greater than or equal to 1',
  ),
  {
    name: 'an empty partition key is refused in a query',
    steps: [
      refused(
        'Query',
        { TableName: 'range', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: '' } } },
        'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
      ),
    ],
    differs: { dynalite: 'It finds nothing.' },
  },
  {
    name: 'a batch reads what is there, of several tables',
    steps: [
      ...PUT_FIVE,
      put('hash', { pk: { S: 'h' }, a: { N: '1' }, b: { N: '2' } }),
      step(
        'BatchGetItem',
        {
          RequestItems: {
            range: { Keys: [item('0'), item('99')] },
            hash: { Keys: [{ pk: { S: 'h' } }], ProjectionExpression: 'a' },
          },
        },
        { output: { Responses: { range: [item('0')], hash: [{ a: { N: '1' } }] }, UnprocessedKeys: {} } },
      ),
      refused(
        'BatchGetItem',
        { RequestItems: { range: { Keys: [item('1'), item('1.0')] } } },
        'Provided list of item keys contains duplicates',
      ),
      {
        operation: 'BatchGetItem',
        input: { RequestItems: { missing: { Keys: [item('1')] } } },
        fault: 'ResourceNotFoundException',
      },
    ],
  },
];
