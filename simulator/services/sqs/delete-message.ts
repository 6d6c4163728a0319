import type { JsonObject } from '../aws-service';
import { checkParameters, type OperationContext, requiredText, targetQueue } from './operation';

const PARAMETERS = new Set(['QueueUrl', 'ReceiptHandle']);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
export function deleteMessage(context: OperationContext, input: JsonObject): JsonObject {
  checkParameters('DeleteMessage', PARAMETERS, input);
  targetQueue(context, input).delete(requiredText(input, 'ReceiptHandle'));
  return {};
}
