import { AwsFault, type JsonObject } from '../aws-service';
import { invalidParameterFault, invalidValueFault } from './faults';
import type { OutgoingMessage } from './message';
import { attributesSize, readMessageAttributes } from './message-attributes';
import { requiredText } from './operation';

const DELAY_SECONDS_MAX = 900;
const GROUP_ID_PATTERN = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

/** Everything that XML 1.0 cannot hold. Source: https://www.w3.org/TR/REC-xml/#charsets */
const FORBIDDEN_CHARACTERS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Parameters of one message, alone or as an entry of a batch. */
export const MESSAGE_PARAMETERS = ['MessageBody', 'DelaySeconds', 'MessageAttributes', 'MessageGroupId'] as const;

/** Checks one message to be sent to a standard queue. @throws AwsFault */
export function readOutgoingMessage(input: JsonObject): OutgoingMessage {
  const body = requiredText(input, 'MessageBody');
  if (FORBIDDEN_CHARACTERS.test(body)) {
    throw new AwsFault(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | ' +
        '#x10000 to #x10FFFF',
    );
  }
  const delaySeconds = input.DelaySeconds as number | undefined;
  if (delaySeconds !== undefined && !(delaySeconds >= 0 && delaySeconds <= DELAY_SECONDS_MAX)) {
    const reason = `DelaySeconds must be >= 0 and <= ${DELAY_SECONDS_MAX}.`;
    throw invalidValueFault('DelaySeconds', delaySeconds, reason);
  }
  // On a standard queue a group only marks the tenant, for fair queues.
  const messageGroupId = input.MessageGroupId as string | undefined;
  if (messageGroupId !== undefined && !GROUP_ID_PATTERN.test(messageGroupId)) {
    throw invalidValueFault(
      'MessageGroupId',
      messageGroupId,
      'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    );
  }
  return { body, attributes: readMessageAttributes(input.MessageAttributes), messageGroupId, delaySeconds };
}

/** Bytes of body and attributes, as the service counts them. */
export function messageSize({ body, attributes }: OutgoingMessage): number {
  return Buffer.byteLength(body) + attributesSize(attributes);
}

/** @throws AwsFault InvalidParameterValueException */
export function checkMessageSize(message: OutgoingMessage, bytesMax: number): void {
  if (messageSize(message) > bytesMax) {
    throw invalidParameterFault(
      `One or more parameters are invalid. Reason: Message must be shorter than ${bytesMax} bytes.`,
    );
  }
}
