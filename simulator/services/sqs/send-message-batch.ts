import { AwsFault, type JsonObject } from '../aws-service';
import { applyEntries, readEntries } from './batch';
import { checkParameters, type OperationContext, targetQueue } from './operation';
import { checkMessageSize, MESSAGE_PARAMETERS, messageSize, readOutgoingMessage } from './outgoing-message';
import { sendTo } from './send-message';

const PARAMETERS = new Set(['QueueUrl', 'Entries']);
const ENTRY_PARAMETERS = new Set(['Id', ...MESSAGE_PARAMETERS]);

/** All messages of a batch together. */
const BATCH_BYTES_MAX = 1_048_576;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export function sendMessageBatch(context: OperationContext, input: JsonObject): JsonObject {
  checkParameters('SendMessageBatch', PARAMETERS, input);
  const queue = targetQueue(context, input);
  const entries = readEntries('SendMessageBatch', ENTRY_PARAMETERS, input);
  let bytes = 0;
  for (const entry of entries) bytes += sizeOf(entry);
  if (bytes > BATCH_BYTES_MAX) {
    throw new AwsFault(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${BATCH_BYTES_MAX} bytes. You have sent ${bytes} bytes.`,
    );
  }
  return applyEntries(entries, (entry) => {
    const message = readOutgoingMessage(entry);
    checkMessageSize(message, queue.settings.maximumMessageSizeBytes);
    return sendTo(queue, message);
  });
}

/** An entry that is not valid has no size; it is refused on its own. */
function sizeOf(entry: JsonObject): number {
  try {
    return messageSize(readOutgoingMessage(entry));
  } catch (error) {
    if (error instanceof AwsFault) return 0;
    throw error;
  }
}
