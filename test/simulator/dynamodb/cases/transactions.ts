import type { JsonObject } from '../../../../simulator/services/aws-service';
import { type ConformanceCase, put, refused, step, stored } from '../conformance-case';

const DIFFERS = { dynalite: 'It has no transactions.' };

function transact(...items: JsonObject[]): JsonObject {
  return { TransactItems: items };
}

const PUT_NEW = (id: string): JsonObject => ({
  Put: { TableName: 'hash', Item: { pk: { S: id } }, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Source of codes and wordings: https://github.com/paritysuite/dynamodb-conformance (transactWriteItems.test.ts). */
export const TRANSACTION_CASES: readonly ConformanceCase[] = [
  {
    name: 'a transaction makes all its changes',
    differs: DIFFERS,
    steps: [
      put('hash', { pk: { S: 'u' }, n: { N: '1' } }),
      put('hash', { pk: { S: 'd' } }),
      put('hash', { pk: { S: 'c' }, ok: { BOOL: true } }),
      step(
        'TransactWriteItems',
        transact(
          PUT_NEW('p'),
          {
            Update: {
              TableName: 'hash',
              Key: { pk: { S: 'u' } },
              UpdateExpression: 'SET n = n + :one',
              ExpressionAttributeValues: { ':one': { N: '1' } },
            },
          },
          { Delete: { TableName: 'hash', Key: { pk: { S: 'd' } } } },
          {
            ConditionCheck: {
              TableName: 'hash',
              Key: { pk: { S: 'c' } },
              ConditionExpression: 'ok = :t',
              ExpressionAttributeValues: { ':t': { BOOL: true } },
            },
          },
        ),
      ),
      stored('hash', { pk: { S: 'p' } }, { pk: { S: 'p' } }),
      stored('hash', { pk: { S: 'u' } }, { pk: { S: 'u' }, n: { N: '2' } }),
      step('GetItem', { TableName: 'hash', Key: { pk: { S: 'd' } } }, { absent: ['Item'] }),
      stored('hash', { pk: { S: 'c' } }, { pk: { S: 'c' }, ok: { BOOL: true } }),
    ],
  },
  {
    name: 'one failed condition cancels everything, and each action has a reason',
    differs: DIFFERS,
    steps: [
      put('hash', { pk: { S: 'old' }, v: { N: '1' } }),
      {
        operation: 'TransactWriteItems',
        input: transact(PUT_NEW('new'), {
          Put: {
            TableName: 'hash',
            Item: { pk: { S: 'old' } },
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        }),
        fault: 'TransactionCanceledException',
        message:
          'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
        fields: {
          CancellationReasons: [
            { Code: 'None' },
            {
              Code: 'ConditionalCheckFailed',
              Message: 'The conditional request failed',
              Item: { pk: { S: 'old' }, v: { N: '1' } },
            },
          ],
        },
      },
      step('GetItem', { TableName: 'hash', Key: { pk: { S: 'new' } } }, { absent: ['Item'] }),
    ],
  },
  {
    name: 'a key of the wrong type or an update that cannot be computed cancels',
    differs: DIFFERS,
    steps: [
      {
        operation: 'TransactWriteItems',
        input: transact({ Put: { TableName: 'hash', Item: { pk: { N: '5' } } } }),
        fault: 'TransactionCanceledException',
        fields: {
          CancellationReasons: [
            {
              Code: 'ValidationError',
              Message: 'One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N',
            },
          ],
        },
      },
      {
        operation: 'TransactWriteItems',
        input: transact({
          Update: { TableName: 'hash', Key: { pk: { S: 'a' } }, UpdateExpression: 'SET a = b' },
        }),
        fault: 'TransactionCanceledException',
      },
    ],
  },
  {
    name: 'what can be told from the request alone does not cancel but is refused',
    differs: DIFFERS,
    steps: [
      refused(
        'TransactWriteItems',
        transact(PUT_NEW('a'), PUT_NEW('a')),
        'Transaction request cannot include multiple operations on one item',
      ),
      refused('TransactWriteItems', transact(PUT_NEW('')), 'cannot contain an empty string value. Key: pk'),
      refused('TransactWriteItems', transact(), 'Member must have length greater than or equal to 1'),
      refused(
        'TransactWriteItems',
        transact({ Put: { TableName: 'hash', Item: { pk: { S: 'a' } }, ConditionExpression: 'nonsense(a)' } }),
        'Invalid function name',
      ),
      {
        operation: 'TransactWriteItems',
        input: transact({ Put: { TableName: 'missing', Item: { pk: { S: 'a' } } } }),
        fault: 'ResourceNotFoundException',
      },
    ],
  },
  {
    name: 'a repeated token does not apply the request again, and does not fit another request',
    differs: DIFFERS,
    steps: [
      put('hash', { pk: { S: 'n' }, n: { N: '0' } }),
      ...[1, 2].map(() =>
        step('TransactWriteItems', {
          ClientRequestToken: 'token',
          ...transact({
            Update: {
              TableName: 'hash',
              Key: { pk: { S: 'n' } },
              UpdateExpression: 'ADD n :one',
              ExpressionAttributeValues: { ':one': { N: '1' } },
            },
          }),
        }),
      ),
      stored('hash', { pk: { S: 'n' } }, { pk: { S: 'n' }, n: { N: '1' } }),
      {
        operation: 'TransactWriteItems',
        input: { ClientRequestToken: 'token', ...transact(PUT_NEW('other')) },
        fault: 'IdempotentParameterMismatchException',
      },
    ],
  },
];
