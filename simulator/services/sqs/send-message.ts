import type { JsonObject } from '../aws-service';
import type { OutgoingMessage } from './message';
import { md5OfAttributes } from './message-attributes';
import { checkParameters, type OperationContext, targetQueue } from './operation';
import { checkMessageSize, MESSAGE_PARAMETERS, readOutgoingMessage } from './outgoing-message';
import type { Queue } from './queue';

const PARAMETERS = new Set(['QueueUrl', ...MESSAGE_PARAMETERS]);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function sendMessage(context: OperationContext, input: JsonObject): JsonObject {
  checkParameters('SendMessage', PARAMETERS, input);
  const queue = targetQueue(context, input);
  const message = readOutgoingMessage(input);
  checkMessageSize(message, queue.settings.maximumMessageSizeBytes);
  return sendTo(queue, message);
}

/** Sends a checked message. @returns its id and the digests that the SDK verifies */
export function sendTo(queue: Queue, message: OutgoingMessage): JsonObject {
  const { messageId, md5OfBody } = queue.send(message);
  const md5OfMessageAttributes = md5OfAttributes(message.attributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5OfBody,
    ...(md5OfMessageAttributes === undefined ? {} : { MD5OfMessageAttributes: md5OfMessageAttributes }),
  };
}
