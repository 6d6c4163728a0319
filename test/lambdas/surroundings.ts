import { LOAD_SHEDDING } from '../../blueprint/load-shedding';

/**
 * What a Lambda function finds around it. Imported first, since loggers and clients are made when their modules load.
 */
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  ORDERS_TABLE: 'orders',
  PLANS_TABLE: 'customer-plans',
  IDENTITY: 'iam',
  TRUSTED_CALLERS: '*:*',
  AUDIT_TABLE: 'audit',
  AWS_LAMBDA_FUNCTION_NAME: 'tandem-test',
  STATE_TABLE: 'regional-state',
  LEDGER_TABLE: 'ledger',
  WORK_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/work',
  PAYMENTS_HOST: 'payments.example.com',
  PAYMENTS_REGION: 'us-east-2',
  PEER_REGION: 'us-west-2',
  CONSISTENCY: 'eventual',
  ORDER_RETENTION_SECONDS: '7776000',
  RHYTHM: 'steady',
  PUBLISHES_ZEROS: 'yes',
  // The tests of regulation bring a policy and a control item of their own.
  LOAD_SHEDDING: JSON.stringify({ ...LOAD_SHEDDING.full, admission: 'none', sharesBreaker: false }),
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_SERVICE_NAME: 'test',
});

import { Readable } from 'node:stream';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { OrderItem } from '../../blueprint/orders';
import { toDynamoItem, type DynamoItem } from '../../lambdas/shared/order-record';

/** Noon of a day, as every test's present. */
export const NOW = Date.UTC(2030, 0, 1, 12);

/** An open order of this region, accepted now, with changes. */
export const order = (changes: Partial<OrderItem> = {}): OrderItem => ({
  orderId: '0123456789abcdef0123456789abcdef',
  region: 'us-east-1',
  customerId: 'customer-1',
  amount: 4_200,
  currency: 'EUR',
  plan: 'standard',
  bodyHash: 'hash',
  acceptedAt: NOW,
  deadlineAt: NOW + 15_000,
  status: 'PENDING',
  attempts: 0,
  ...changes,
});

/** What API Gateway says of a request that a back end's role has signed. */
export const signedBy = (role = 'shop') => ({
  authorizer: { iam: { userArn: `arn:aws:sts::123456789012:assumed-role/${role}/session` } },
});

/** DynamoDB's refusal of a conditional write, with the item that stood in the way. */
export const conditionFailed = (inTheWay?: OrderItem | DynamoItem): ConditionalCheckFailedException => {
  const item = inTheWay !== undefined && 'orderId' in inTheWay && typeof inTheWay.orderId === 'string';
  const Item = item ? toDynamoItem(inTheWay as OrderItem) : (inTheWay as DynamoItem | undefined);
  return new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(Item === undefined ? {} : { Item }),
  });
};

/** What was measured since the last reset, summed by name. */
export function measured(): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, , value] of addMetric.mock.calls) sums[name] = (sums[name] ?? 0) + value;
  return sums;
}

const addMetric = jest.spyOn(Metrics.prototype, 'addMetric');
jest.spyOn(Metrics.prototype, 'publishStoredMetrics').mockReturnThis();
const handle = jest.spyOn(NodeHttpHandler.prototype, 'handle');

/** Let the payment provider answer so, from now on; an Error is a call that fails. */
export function paymentsAnswer(...answers: readonly ({ status: number; body: unknown } | Error)[]): void {
  handle.mockReset();
  for (const answer of answers) {
    if (answer instanceof Error) handle.mockRejectedValueOnce(answer);
    else {
      const body = Readable.from([Buffer.from(JSON.stringify(answer.body))]);
      handle.mockResolvedValueOnce({ response: { statusCode: answer.status, headers: {}, body } });
    }
  }
  handle.mockRejectedValue(new Error('The provider was not expected to be asked.'));
}

/** What the provider was asked, in order. */
export const paymentRequests = () => handle.mock.calls.map(([request]) => request);
export const paymentPaths = (): string[] => paymentRequests().map(({ path }) => path);

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  addMetric.mockClear();
  paymentsAnswer();
});
afterEach(() => jest.useRealTimers());
