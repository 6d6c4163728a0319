import { AwsFault, type JsonObject } from '../aws-service';
import { invalidValueFault } from './faults';
import type { ReceivedMessage } from './message';
import { md5OfAttributes, selectAttributes } from './message-attributes';
import { checkParameters, type OperationContext, targetQueue } from './operation';
import { IN_FLIGHT_MAX } from './queue';
import { checkVisibilityTimeout } from './visibility-timeout';

const PARAMETERS = new Set([
  'QueueUrl',
  'AttributeNames',
  'MessageSystemAttributeNames',
  'MessageAttributeNames',
  'MaxNumberOfMessages',
  'VisibilityTimeout',
  'WaitTimeSeconds',
]);

const MESSAGES_MAX = 10;

const WAIT_SECONDS_MAX = 20;

/**
 * What is there at this instant; long polling decides when that is.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function receiveMessage(context: OperationContext, input: JsonObject): JsonObject {
  checkParameters('ReceiveMessage', PARAMETERS, input);
  const queue = targetQueue(context, input);
  const countMax = (input.MaxNumberOfMessages as number | undefined) ?? 1;
  if (!(countMax >= 1 && countMax <= MESSAGES_MAX)) {
    throw invalidValueFault('MaxNumberOfMessages', countMax, `Must be between 1 and ${MESSAGES_MAX}, if provided.`);
  }
  const visibilityTimeout = input.VisibilityTimeout as number | undefined;
  if (visibilityTimeout !== undefined) checkVisibilityTimeout(visibilityTimeout);
  const waitSeconds = input.WaitTimeSeconds as number | undefined;
  if (waitSeconds !== undefined && !(waitSeconds >= 0 && waitSeconds <= WAIT_SECONDS_MAX)) {
    throw invalidValueFault('WaitTimeSeconds', waitSeconds, `Must be >= 0 and <= ${WAIT_SECONDS_MAX}, if provided.`);
  }
  if (queue.counts.inFlight >= IN_FLIGHT_MAX) {
    throw new AwsFault(
      'OverLimit',
      `Too many messages in flight. The limit is ${IN_FLIGHT_MAX} for a standard queue.`,
      403,
    );
  }
  const messages = queue.receive(countMax, visibilityTimeout);
  return messages.length === 0 ? {} : { Messages: messages.map((message) => present(message, input)) };
}

function present(message: ReceivedMessage, input: JsonObject): JsonObject {
  const wantedAttributes = (input.MessageAttributeNames ?? []) as string[];
  const attributes = selectAttributes(message.messageAttributes, wantedAttributes);
  const md5OfMessageAttributes = md5OfAttributes(attributes);
  const wanted = new Set([
    ...((input.AttributeNames ?? []) as string[]),
    ...((input.MessageSystemAttributeNames ?? []) as string[]),
  ]);
  const system = Object.entries(message.attributes).filter(([name]) => wanted.has('All') || wanted.has(name));
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(md5OfMessageAttributes === undefined
      ? {}
      : { MD5OfMessageAttributes: md5OfMessageAttributes, MessageAttributes: attributes as unknown as JsonObject }),
  };
}
