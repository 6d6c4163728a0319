import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';

const { connectMs, attemptMs, attempts } = TIME_BUDGETS.sdk;

/**
 * Bounded in every direction. Without `throwOnRequestTimeout` a late reply is only logged, and a call into a silent
 * network hangs until the function itself times out.
 */
export const BOUNDED = {
  // Each command's middleware is put together once, not at every call. Nothing here adds middleware later.
  cacheMiddleware: true,
  maxAttempts: attempts,
  requestHandler: { connectionTimeout: connectMs, requestTimeout: attemptMs, throwOnRequestTimeout: true },
};

/** @param region @default - the region in which the code runs */
export const createDynamoDb = (region?: string): DynamoDBClient =>
  new DynamoDBClient(region === undefined ? BOUNDED : { ...BOUNDED, region });
export const createSqs = (): SQSClient => new SQSClient(BOUNDED);

const { control } = TIME_BUDGETS;

/** For the control item: once, and briefly. An order must not wait for what only regulates it. */
export const createControlDynamoDb = (): DynamoDBClient =>
  new DynamoDBClient({
    cacheMiddleware: true,
    maxAttempts: control.attempts,
    requestHandler: {
      connectionTimeout: control.attemptMs,
      requestTimeout: control.attemptMs,
      throwOnRequestTimeout: true,
    },
  });
