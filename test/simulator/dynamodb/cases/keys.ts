import { type ConformanceCase, put, refused, step, stored } from '../conformance-case';

/** Keys and tables: what is refused before anything is read or written. */
export const KEY_CASES: readonly ConformanceCase[] = [
  {
    name: 'an item has its keys, of their types',
    steps: [
      refused('PutItem', { TableName: 'range', Item: { pk: { S: 'a' } } }, 'Missing the key sk in the item'),
      refused(
        'PutItem',
        { TableName: 'range', Item: { pk: { S: 'a' }, sk: { S: '1' } } },
        'Type mismatch for key sk expected: N actual: S',
      ),
      refused(
        'PutItem',
        { TableName: 'hash', Item: { pk: { L: [] } } },
        'Type mismatch for key pk expected: S actual: L',
      ),
    ],
  },
  {
    name: 'a key is exactly the key of the table',
    steps: [
      refused(
        'GetItem',
        { TableName: 'range', Key: { pk: { S: 'a' } } },
        'The provided key element does not match the schema',
      ),
      refused(
        'GetItem',
        { TableName: 'hash', Key: { pk: { S: 'a' }, sk: { N: '1' } } },
        'The provided key element does not match the schema',
      ),
      refused(
        'DeleteItem',
        { TableName: 'hash', Key: { pk: { N: '1' } } },
        'The provided key element does not match the schema',
      ),
      refused(
        'UpdateItem',
        { TableName: 'hash', Key: { id: { S: 'a' } } },
        'The provided key element does not match the schema',
      ),
    ],
  },
  {
    name: 'a key is not empty',
    steps: [
      refused(
        'PutItem',
        { TableName: 'hash', Item: { pk: { S: '' } } },
        'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
      ),
      refused(
        'PutItem',
        { TableName: 'binary', Item: { pk: { S: 'a' }, sk: { B: '' } } },
        'cannot contain an empty binary value. Key: sk',
      ),
    ],
  },
  {
    name: 'a key that is asked for is not empty',
    steps: [
      refused(
        'GetItem',
        { TableName: 'hash', Key: { pk: { S: '' } } },
        'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
      ),
    ],
    differs: {
      dynalite: 'It has an older wording. Source: paritysuite/dynamodb-conformance, tests/tier3/error-messages.',
    },
  },
  {
    name: 'keys have a size',
    steps: [
      put('hash', { pk: { S: 'x'.repeat(2048) } }),
      refused(
        'PutItem',
        { TableName: 'hash', Item: { pk: { S: 'x'.repeat(2049) } } },
        'Size of hashkey has exceeded the maximum size limit of2048 bytes',
      ),
      put('text', { pk: { S: 'a' }, sk: { S: 'x'.repeat(1024) } }),
      refused(
        'PutItem',
        { TableName: 'text', Item: { pk: { S: 'a' }, sk: { S: 'x'.repeat(1025) } } },
        'Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
      ),
    ],
  },
  {
    name: 'numbers that are equal are one key',
    steps: [
      put('range', { pk: { S: 'a' }, sk: { N: '1.0' }, v: { S: 'first' } }),
      put('range', { pk: { S: 'a' }, sk: { N: '1' }, v: { S: 'second' } }),
      stored('range', { pk: { S: 'a' }, sk: { N: '1e0' } }, { pk: { S: 'a' }, sk: { N: '1' }, v: { S: 'second' } }),
    ],
  },
  {
    name: 'a table that is not there',
    steps: [
      {
        operation: 'GetItem',
        input: { TableName: 'missing', Key: { pk: { S: 'a' } } },
        fault: 'ResourceNotFoundException',
        message: 'Requested resource not found',
      },
      {
        operation: 'Query',
        input: {
          TableName: 'missing',
          KeyConditionExpression: 'pk = :p',
          ExpressionAttributeValues: { ':p': { S: 'p' } },
        },
        fault: 'ResourceNotFoundException',
      },
      {
        operation: 'DescribeTable',
        input: { TableName: 'missing' },
        fault: 'ResourceNotFoundException',
        message: 'Requested resource not found: Table: missing not found',
      },
    ],
  },
  {
    name: 'a request names a table',
    steps: [
      refused(
        'PutItem',
        { Item: { pk: { S: 'a' } } },
        "Value null at 'tableName' failed to satisfy constraint: Member must not be null",
      ),
      refused(
        'PutItem',
        { TableName: 'bad table!', Item: { pk: { S: 'a' } } },
        "Value 'bad table!' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
      ),
      refused(
        'PutItem',
        { TableName: 'hash' },
        "Value null at 'item' failed to satisfy constraint: Member must not be null",
      ),
    ],
  },
  {
    name: 'a description tells keys and indexes',
    steps: [
      step(
        'DescribeTable',
        { TableName: 'hash' },
        {
          output: {
            Table: {
              TableName: 'hash',
              TableStatus: 'ACTIVE',
              KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
              AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
            },
          },
        },
      ),
    ],
  },
];
