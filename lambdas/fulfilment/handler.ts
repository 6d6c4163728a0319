import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { WorkMessage } from '../../blueprint/orders';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { logger } from '../shared/logger';
import { withMetrics } from '../shared/metrics';
import { returnWork } from '../shared/work-queue';
import { fulfilOrder } from './fulfil-order';

const processor = new BatchProcessor(EventType.SQS);

async function work(record: SQSRecord): Promise<void> {
  try {
    await fulfilOrder(JSON.parse(record.body) as WorkMessage);
  } catch (error) {
    logger.warn('The order is not decided yet.', error as Error);
    // The visibility timeout outlasts the function; a message that is known to have failed need not wait for it.
    await returnWork(record.receiptHandle, TIME_BUDGETS.unknownPaymentRetrySeconds).catch((failure: Error) =>
      logger.warn('The message comes back by its visibility timeout.', failure),
    );
    throw error;
  }
}

/** One message of the work queue at a time. A failed one is reported and comes back; the function itself succeeds. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  withMetrics(() => processPartialResponse(event, work, processor, { context, throwOnFullBatchFailure: false }));
