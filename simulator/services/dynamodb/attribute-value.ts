import type { Json } from '../aws-service';
import { compareNumbers, normalizeNumber } from './decimal';
import { AwsFault } from '../aws-service';
import { invalidValueFault, serializationFault, validationFault } from './faults';

export type AttributeType = 'S' | 'N' | 'B' | 'SS' | 'NS' | 'BS' | 'BOOL' | 'NULL' | 'L' | 'M';

/**
 * One typed value as it travels: exactly one member is set. Binary stays the base64 text of the wire. Never changed in
 * place.
 */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly L?: readonly AttributeValue[];
  readonly M?: AttributeMap;
}

/** Attributes by name: an item, a key, or the content of a map. Never changed once it is stored. */
export interface AttributeMap {
  readonly [attributeName: string]: AttributeValue;
}

/** A map that is still being built. */
export interface MutableAttributeMap {
  [attributeName: string]: AttributeValue;
}

/**
 * An empty map without inherited members, so that an attribute may be called `constructor` or `__proto__`. A
 * constructor with an empty prototype keeps V8's fast property layout, which `Object.create(null)` loses.
 */
const EmptyMap = function EmptyMap() {} as unknown as { new (): MutableAttributeMap; prototype: object };
EmptyMap.prototype = Object.create(null) as object;

export function emptyMap(): MutableAttributeMap {
  return new EmptyMap();
}

/** A copy that shares the values. */
export function copyMap(map: AttributeMap): MutableAttributeMap {
  const copy = new EmptyMap();
  for (const name in map) copy[name] = map[name]!;
  return copy;
}

export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new TypeError('An attribute value without a type escaped validation.');
}

/**
 * Levels of an attribute, its scalar counted: 31 maps or lists around a scalar are accepted, 32 are not. Source:
 * captures against the service in https://github.com/nubo-db/dynoxide/issues/110
 */
const NESTING_DEPTH_MAX = 32;

/** Checks a map of attribute values from the wire and copies it, numbers normalized. @throws AwsFault */
export function parseAttributeMap(raw: Json | undefined, depth = 0): AttributeMap {
  if (typeof raw !== 'object' || raw === null) throw serializationFault('Unexpected field type');
  if (Array.isArray(raw)) {
    throw serializationFault(
      'Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>',
    );
  }
  const map = new EmptyMap();
  for (const name in raw) {
    const value = raw[name];
    if (value !== undefined && value !== null) map[name] = parseAttributeValue(value, depth);
  }
  return map;
}

/** Checks one attribute value from the wire and copies it, numbers normalized. @throws AwsFault */
export function parseAttributeValue(raw: Json, depth = 0): AttributeValue {
  if (typeof raw !== 'object' || raw === null) throw serializationFault('Unexpected value type in payload');
  if (Array.isArray(raw)) {
    throw serializationFault('Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue');
  }
  let parsed: AttributeValue | undefined;
  for (const type in raw) {
    const content = raw[type];
    if (content === undefined || content === null) continue;
    const parser = PARSERS[type as AttributeType];
    if (parser === undefined) continue;
    const value = parser(content, depth);
    if (parsed !== undefined) {
      throw validationFault(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    }
    parsed = value;
  }
  if (parsed === undefined) {
    throw validationFault('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  return parsed;
}

/**
 * Checks and copies one of ExpressionAttributeValues. Its faults name the placeholder, unless they are about a number
 * or a repeated member. Source: https://github.com/paritysuite/dynamodb-conformance
 * (tests/tier3/error-messages/valueLayers.test.ts)
 * @throws AwsFault
 */
export function parseExpressionAttributeValue(raw: Json, placeholder: string): AttributeValue {
  try {
    return parseAttributeValue(raw);
  } catch (error) {
    if (!(error instanceof AwsFault) || error.code !== 'ValidationException') throw error;
    if (/numeric value|significant digits|with magnitude|contains duplicates/.test(error.message)) throw error;
    throw validationFault(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${placeholder}`);
  }
}

const PARSERS: Readonly<Record<AttributeType, (content: Json, depth: number) => AttributeValue>> = {
  S: (content) => ({ S: asString(content) }),
  N: (content) => ({ N: normalizeNumber(asString(content)) }),
  B: (content) => ({ B: asBase64(content) }),
  BOOL: (content) => ({ BOOL: asBoolean(content) }),
  NULL: parseNull,
  SS: (content) => ({ SS: parseSet(asList(content).map(asString), 'SS') }),
  NS: (content) => ({ NS: parseSet(asList(content).map(asString).map(normalizeNumber), 'NS') }),
  BS: (content) => ({ BS: parseSet(asList(content).map(asBase64), 'BS') }),
  L: (content, depth) => ({ L: asList(content).map((member) => parseAttributeValue(member, deeper(depth))) }),
  M: (content, depth) => ({ M: parseAttributeMap(content, deeper(depth)) }),
};

function deeper(depth: number): number {
  if (depth + 1 >= NESTING_DEPTH_MAX) {
    throw validationFault(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  }
  return depth + 1;
}

function parseNull(content: Json): AttributeValue {
  if (!asBoolean(content)) throw invalidValueFault('Null attribute value types must have the value of true');
  return { NULL: true };
}

function parseSet(members: readonly string[], type: 'SS' | 'NS' | 'BS'): readonly string[] {
  if (members.length === 0) {
    if (type === 'BS') throw invalidValueFault('Binary sets should not be empty');
    throw invalidValueFault(`An ${type === 'SS' ? 'string' : 'number'} set  may not be empty`);
  }
  if (new Set(members).size < members.length) {
    if (type === 'NS') throw validationFault('Input collection contains duplicates');
    const shown = `[${members.join(', ')}]`;
    throw invalidValueFault(
      type === 'SS'
        ? `Input collection ${shown} contains duplicates.`
        : `Input collection ${shown}of type BS contains duplicates.`,
    );
  }
  return sortSet(members, type);
}

/**
 * The members in the order in which the service returns them: text and bytes bytewise, numbers by value. Source:
 * https://github.com/paritysuite/dynamodb-conformance (tests/tier1/updateItem/basic.test.ts)
 */
export function sortSet(members: readonly string[], type: 'SS' | 'NS' | 'BS'): readonly string[] {
  if (members.length < 2) return members;
  if (type === 'NS') return members.toSorted(compareNumbers);
  const encoding = type === 'BS' ? 'base64' : 'utf8';
  return members.toSorted((one, other) => Buffer.compare(Buffer.from(one, encoding), Buffer.from(other, encoding)));
}

function asString(content: Json): string {
  if (typeof content === 'string') return content;
  throw wrongScalar(content, 'String');
}

function asBoolean(content: Json): boolean {
  if (typeof content === 'boolean') return content;
  if (typeof content === 'string') throw serializationFault('Unexpected token received from parser');
  throw wrongScalar(content, 'Boolean');
}

function asBase64(content: Json): string {
  if (typeof content === 'number' || typeof content === 'boolean') {
    throw serializationFault('only base-64-encoded strings are convertible to bytes');
  }
  if (typeof content !== 'string') throw wrongScalar(content, 'Blob');
  if (content.length % 4 !== 0) {
    throw serializationFault(`Base64 encoded length is expected a multiple of 4 bytes but found: ${content.length}`);
  }
  if (Buffer.from(content, 'base64').toString('base64') !== content) {
    throw serializationFault('Invalid last non-pad Base64 character dectected');
  }
  return content;
}

function asList(content: Json): readonly Json[] {
  if (Array.isArray(content)) return content;
  if (typeof content === 'object') throw serializationFault('Start of structure or map found where not expected');
  throw serializationFault('Unexpected field type');
}

function wrongScalar(content: Json, expected: 'String' | 'Boolean' | 'Blob'): AwsFault {
  if (typeof content === 'boolean') {
    return serializationFault(`${content ? 'TRUE_VALUE' : 'FALSE_VALUE'} cannot be converted to ${expected}`);
  }
  if (typeof content === 'number') {
    const kind = Number.isInteger(content) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
    return serializationFault(`${kind} cannot be converted to ${expected}`);
  }
  if (Array.isArray(content)) {
    const javaType = expected === 'Blob' ? 'java.nio.ByteBuffer' : `java.lang.${expected}`;
    return serializationFault(`Unrecognized collection type class ${javaType}`);
  }
  return serializationFault('Start of structure or map found where not expected');
}
