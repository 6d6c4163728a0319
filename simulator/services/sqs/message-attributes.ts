import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../aws-service';
import { invalidParameterFault } from './faults';
import type { MessageAttribute, MessageAttributes } from './message';

/** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const ATTRIBUTES_MAX = 10;

const NONE: MessageAttributes = {};

/** Checks the MessageAttributes of a request. @throws AwsFault */
export function readMessageAttributes(raw: Json | undefined): MessageAttributes {
  if (raw === undefined || raw === null) return NONE;
  const names = Object.keys(raw as JsonObject).sort();
  if (names.length === 0) return NONE;
  if (names.length > ATTRIBUTES_MAX) {
    throw invalidParameterFault(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${ATTRIBUTES_MAX}].`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, readAttribute(name, (raw as JsonObject)[name])]));
}

function readAttribute(name: string, raw: Json | undefined): MessageAttribute {
  const { DataType: dataType, StringValue: stringValue, BinaryValue: binaryValue } = (raw ?? {}) as JsonObject;
  if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name) || /^(aws|amazon)\./i.test(name) || /^\.|\.\.|\.$/.test(name)) {
    throw invalidParameterFault(
      `Message attribute name can only contain alphanumeric characters, hyphens, underscores, and periods: '${name}'.`,
    );
  }
  if (typeof dataType !== 'string' || dataType === '') {
    throw invalidParameterFault(`The message attribute '${name}' must contain a non-empty message attribute type.`);
  }
  const [baseType] = dataType.split('.');
  if (baseType !== 'String' && baseType !== 'Number' && baseType !== 'Binary') {
    throw invalidParameterFault(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is ` +
        'Binary, Number, and String.',
    );
  }
  const value = baseType === 'Binary' ? binaryValue : stringValue;
  if (typeof value !== 'string' || value === '') {
    throw invalidParameterFault(
      `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type ` +
        `'${dataType}'.`,
    );
  }
  return baseType === 'Binary'
    ? { DataType: dataType, BinaryValue: value }
    : { DataType: dataType, StringValue: value };
}

/** Names, types and values count towards the size of a message. */
export function attributesSize(attributes: MessageAttributes): number {
  let size = 0;
  for (const name in attributes) {
    const { DataType: dataType, StringValue: text, BinaryValue: base64 } = attributes[name]!;
    size += Buffer.byteLength(name) + Buffer.byteLength(dataType);
    size += text === undefined ? Buffer.byteLength(base64!, 'base64') : Buffer.byteLength(text);
  }
  return size;
}

/**
 * The digest by which a caller can check its attributes, or undefined when there are none. Source of the encoding:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const addWithLength = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType: dataType, StringValue: text, BinaryValue: base64 } = attributes[name]!;
    addWithLength(Buffer.from(name));
    addWithLength(Buffer.from(dataType));
    // The transport type tells text (1) from bytes (2).
    hash.update(Buffer.from([text === undefined ? 2 : 1]));
    addWithLength(text === undefined ? Buffer.from(base64!, 'base64') : Buffer.from(text));
  }
  return hash.digest('hex');
}

/** The attributes that a receiver asked for: by name, by prefix (`bar.*`), or all (`All`, `.*`). */
export function selectAttributes(attributes: MessageAttributes, wanted: readonly string[]): MessageAttributes {
  if (wanted.length === 0) return NONE;
  if (wanted.includes('All') || wanted.includes('.*')) return attributes;
  const isWanted = (name: string): boolean =>
    wanted.some((pattern) => (pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -2)) : name === pattern));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}
