import type { JsonObject } from '../aws-service';
import { missingParameterFault } from './faults';
import { checkParameters, type OperationContext, requiredText, targetQueue } from './operation';
import { checkVisibilityTimeout } from './visibility-timeout';

const PARAMETERS = new Set(['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout']);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export function changeMessageVisibility(context: OperationContext, input: JsonObject): JsonObject {
  checkParameters('ChangeMessageVisibility', PARAMETERS, input);
  const queue = targetQueue(context, input);
  const receiptHandle = requiredText(input, 'ReceiptHandle');
  const seconds = input.VisibilityTimeout as number | undefined;
  if (seconds === undefined) throw missingParameterFault('VisibilityTimeout');
  checkVisibilityTimeout(seconds);
  queue.changeVisibility(receiptHandle, seconds);
  return {};
}
