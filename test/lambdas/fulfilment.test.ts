import { NOW, conditionFailed, measured, order, paymentPaths, paymentsAnswer } from './surroundings';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lambdas/fulfilment/handler';

const dynamoDb = mockClient(DynamoDBClient);
const sqs = mockClient(SQSClient);

const DONE: SQSBatchResponse = { batchItemFailures: [] };
const COMES_BACK: SQSBatchResponse = { batchItemFailures: [{ itemIdentifier: 'message-1' }] };

const work = (body: unknown = order(), receives = 1): Promise<SQSBatchResponse> =>
  handler(
    {
      Records: [
        {
          messageId: 'message-1',
          receiptHandle: 'receipt-1',
          body: typeof body === 'string' ? body : JSON.stringify(body),
          attributes: { SentTimestamp: String(NOW), ApproximateReceiveCount: String(receives) },
          eventSource: 'aws:sqs',
        },
      ],
    } as SQSEvent,
    {} as Context,
  );
const updates = () => dynamoDb.commandCalls(UpdateItemCommand).map((call) => call.args[0].input);
const isOutcome = ({ UpdateExpression = '' }: { UpdateExpression?: string | undefined }): boolean =>
  UpdateExpression.includes(':outcome');

beforeEach(() => {
  dynamoDb.reset();
  sqs.reset();
  dynamoDb.on(UpdateItemCommand).resolves({});
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
});

describe('Fulfilment', () => {
  test.each([
    ['CHARGED', 'CONFIRMED', 'OrdersConfirmed'],
    ['DECLINED', 'REJECTED', 'OrdersRejected'],
    ['VOIDED', 'EXPIRED', 'OrdersExpired'],
  ])('records the attempt, charges, and takes the answer %s for %s', async (state, outcome, metric) => {
    paymentsAnswer({ status: 200, body: { state } });

    expect(await work()).toEqual(DONE);

    const [attempt, decision] = updates();
    expect(attempt).toMatchObject({
      UpdateExpression: 'SET attemptedAt = :at ADD attempts :one',
      ConditionExpression: '#status = :pending AND amount = :amount AND currency = :currency',
      ExpressionAttributeValues: { ':amount': { N: '4200' }, ':currency': { S: 'EUR' } },
    });
    expect(decision).toMatchObject({
      ConditionExpression: '#status = :pending',
      ExpressionAttributeValues: { ':outcome': { S: outcome }, ':by': { S: 'fulfilment' } },
    });
    expect(decision!.UpdateExpression).toContain('REMOVE openRegion');
    expect(paymentPaths()).toEqual(['/charges']);
    expect(measured()).toMatchObject({ [metric]: 1, OrderLatency: 0 });
  });

  test('does not charge when the attempt cannot be recorded', async () => {
    dynamoDb.on(UpdateItemCommand).rejects(new Error('unreachable'));

    expect(await work()).toEqual(COMES_BACK);
    expect(paymentPaths()).toEqual([]);
  });

  test('drops a message of an order that is not here', async () => {
    dynamoDb.on(UpdateItemCommand).rejects(conditionFailed());

    expect(await work({ ...order(), isInDoubt: true })).toEqual(DONE);
    expect(paymentPaths()).toEqual([]);
  });

  test('charges for an order in doubt that is here after all', async () => {
    paymentsAnswer({ status: 200, body: { state: 'CHARGED' } });

    expect(await work({ ...order(), isInDoubt: true })).toEqual(DONE);
    expect(paymentPaths()).toEqual(['/charges']);
  });

  test('asks again about an order only as far as its retry budget goes, and gives the message back then', async () => {
    dynamoDb.on(UpdateItemCommand).resolves({ Attributes: { attempts: { N: '2' } } });
    const silent = Array.from({ length: 11 }, () => ({ status: 503, body: {} }));
    paymentsAnswer(...silent);

    const answers: SQSBatchResponse[] = [];
    for (const _ of silent) answers.push(await work(order(), 2));

    expect(answers).toEqual(silent.map(() => COMES_BACK));
    expect(paymentPaths()).toHaveLength(10);
    expect(measured()).toMatchObject({ WorkReturned: 1 });
  });

  test('needs no budget for what it receives for the first time: the SDK may have counted an attempt twice', async () => {
    dynamoDb.on(UpdateItemCommand).resolves({ Attributes: { attempts: { N: '2' } } });
    const silent = Array.from({ length: 11 }, () => ({ status: 503, body: {} }));
    paymentsAnswer(...silent);

    for (const _ of silent) await work();

    expect(paymentPaths()).toHaveLength(11);
  });

  test('does not charge an order that is decided already', async () => {
    dynamoDb.on(UpdateItemCommand).rejects(conditionFailed(order({ status: 'CONFIRMED' })));

    expect(await work()).toEqual(DONE);
    expect(paymentPaths()).toEqual([]);
  });

  test.each([
    ['times out', Object.assign(new Error('timeout'), { name: 'TimeoutError' })],
    ['fails', { status: 503, body: {} }],
    ['refuses for load', { status: 429, body: {} }],
    ['says what makes no sense', { status: 200, body: { state: 'PERHAPS' } }],
  ])('leaves the order open and comes back in a second or two when the provider %s', async (_, answer) => {
    paymentsAnswer(answer);

    expect(await work()).toEqual(COMES_BACK);

    expect(updates().some(isOutcome)).toBe(false);
    const { ReceiptHandle, VisibilityTimeout } = sqs.commandCalls(ChangeMessageVisibilityCommand)[0]!.args[0].input;
    expect(ReceiptHandle).toBe('receipt-1');
    expect([1, 2]).toContain(VisibilityTimeout);
    expect(measured()).toEqual({ PaymentUnknown: 1, PaymentLatency: 0 });
  });

  test('comes back by the visibility timeout when it cannot even say when', async () => {
    paymentsAnswer({ status: 503, body: {} });
    sqs.on(ChangeMessageVisibilityCommand).rejects(new Error('unreachable'));

    expect(await work()).toEqual(COMES_BACK);
  });

  test('rejects an order whose key the provider knows with another body', async () => {
    paymentsAnswer({ status: 422, body: {} });

    expect(await work()).toEqual(DONE);
    expect(updates()[1]!.ExpressionAttributeValues).toMatchObject({ ':outcome': { S: 'REJECTED' } });
    expect(updates()[1]!.UpdateExpression).toContain('reason = :reason');
  });

  test('takes its own outcome, whose reply was lost, for success and does not count it twice', async () => {
    paymentsAnswer({ status: 200, body: { state: 'CHARGED' } });
    dynamoDb
      .on(UpdateItemCommand)
      .resolvesOnce({})
      .rejectsOnce(conditionFailed(order({ status: 'CONFIRMED' })));

    expect(await work()).toEqual(DONE);
    expect(measured()).toEqual({ PaymentLatency: 0 });
  });

  test('reports another outcome than its own, and overwrites nothing', async () => {
    paymentsAnswer({ status: 200, body: { state: 'CHARGED' } });
    dynamoDb
      .on(UpdateItemCommand)
      .resolvesOnce({})
      .rejectsOnce(conditionFailed(order({ status: 'EXPIRED' })));

    expect(await work()).toEqual(DONE);
    expect(measured()).toEqual({ OutcomeDisagreements: 1, PaymentLatency: 0 });
  });

  test('comes back when the outcome cannot be recorded: the provider will answer the same', async () => {
    paymentsAnswer({ status: 200, body: { state: 'CHARGED' } });
    dynamoDb.on(UpdateItemCommand).resolvesOnce({}).rejectsOnce(new Error('unreachable'));

    expect(await work()).toEqual(COMES_BACK);
  });

  describe('past the deadline', () => {
    const late = order({ acceptedAt: NOW - 15_000, deadlineAt: NOW + 499 });

    test('never charges: it voids, and the answer is the outcome', async () => {
      paymentsAnswer({ status: 200, body: { state: 'VOIDED' } });

      expect(await work(late)).toEqual(DONE);

      expect(paymentPaths()).toEqual(['/voids']);
      expect(updates()[0]!.ExpressionAttributeValues).toMatchObject({ ':outcome': { S: 'EXPIRED' } });
      expect(measured()).toEqual({ OrdersExpired: 1, OrderLatency: 15_000, PaymentLatency: 0 });
    });

    test('voids nothing that may not be here: it may have become an order of the other region', async () => {
      expect(await work({ ...late, isInDoubt: true })).toEqual(DONE);

      expect(paymentPaths()).toEqual([]);
      expect(updates()).toEqual([]);
    });

    test('confirms an order that was charged before, by a worker that died or by the other region', async () => {
      paymentsAnswer({ status: 200, body: { state: 'CHARGED' } });

      expect(await work(late)).toEqual(DONE);
      expect(updates()[0]!.ExpressionAttributeValues).toMatchObject({ ':outcome': { S: 'CONFIRMED' } });
    });

    test('leaves the order to the sweeper when the provider cannot be reached', async () => {
      paymentsAnswer(new Error('unreachable'));

      expect(await work(late)).toEqual(DONE);
      expect(updates()).toEqual([]);
      expect(measured()).toEqual({ PaymentUnknown: 1, PaymentLatency: 0 });
    });
  });

  test('gives back what it cannot read, until it is a dead letter', async () => {
    expect(await work('no JSON')).toEqual(COMES_BACK);
  });
});
