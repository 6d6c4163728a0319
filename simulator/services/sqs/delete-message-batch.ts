import type { JsonObject } from '../aws-service';
import { applyEntries, readEntries } from './batch';
import { checkParameters, type OperationContext, requiredText, targetQueue } from './operation';

const PARAMETERS = new Set(['QueueUrl', 'Entries']);
const ENTRY_PARAMETERS = new Set(['Id', 'ReceiptHandle']);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html */
export function deleteMessageBatch(context: OperationContext, input: JsonObject): JsonObject {
  checkParameters('DeleteMessageBatch', PARAMETERS, input);
  const queue = targetQueue(context, input);
  return applyEntries(readEntries('DeleteMessageBatch', ENTRY_PARAMETERS, input), (entry) => {
    queue.delete(requiredText(entry, 'ReceiptHandle'));
    return {};
  });
}
