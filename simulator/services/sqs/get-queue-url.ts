import type { JsonObject } from '../aws-service';
import { checkParameters, type OperationContext, requiredText } from './operation';

const PARAMETERS = new Set(['QueueName']);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
export function getQueueUrl(context: OperationContext, input: JsonObject): JsonObject {
  checkParameters('GetQueueUrl', PARAMETERS, input);
  const queue = context.queueNamed(requiredText(input, 'QueueName'));
  queue.touch();
  return { QueueUrl: queue.url };
}
