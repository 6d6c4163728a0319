import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { WorkMessage } from '../../blueprint/orders';
import { aboutOrder } from '../shared/about-order';
import { logger } from '../shared/logger';
import { measure, withMetrics } from '../shared/metrics';
import { createControlStore } from '../shared/regulation/control-item';
import { RegionControl } from '../shared/regulation/region-control';
import { regulationPolicy } from '../shared/regulation/regulation-policy';
import { returnWork } from '../shared/work-queue';
import { fulfilOrder, ProviderSparedError } from './fulfil-order';
import { WorkRegulation } from './work-regulation';

const processor = new BatchProcessor(EventType.SQS);

const control = new RegionControl(regulationPolicy(), createControlStore(), (error) =>
  logger.warn('The control item cannot be reached.', error as Error),
);
const regulation = new WorkRegulation(control);

async function work(record: SQSRecord): Promise<void> {
  let message: WorkMessage | undefined;
  const { SentTimestamp, ApproximateReceiveCount } = record.attributes;
  await regulation.received(
    { sentAt: Number(SentTimestamp), isFirstReceive: ApproximateReceiveCount === '1' },
    Date.now(),
  );
  try {
    message = JSON.parse(record.body) as WorkMessage;
    aboutOrder(message.orderId);
    await fulfilOrder(message, regulation);
  } catch (error) {
    if (error instanceof ProviderSparedError) measure('WorkReturned');
    else logger.warn('The order is not decided yet.', error as Error);
    // The visibility timeout outlasts the function; a message that is known to have failed need not wait for it.
    await returnWork(record.receiptHandle, regulation.returnSeconds(message)).catch((failure: Error) =>
      logger.warn('The message comes back by its visibility timeout.', failure),
    );
    throw error;
  }
}

/** One message of the work queue at a time. A failed one is reported and comes back; the function itself succeeds. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  withMetrics(() => processPartialResponse(event, work, processor, { context, throwOnFullBatchFailure: false }));
