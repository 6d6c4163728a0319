import { NotModelled } from '../../kernel/errors';
import type { Json, JsonObject } from '../aws-service';

/** What an event must hold: each leaf is a list of values, one of which must be there. */
export type EventPattern = (event: JsonObject) => boolean;

/**
 * Reads an event pattern of nested objects with lists of exact values.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 * @throws NotModelled for prefixes, ranges and whatever else is written as an object in a list
 */
export function parseEventPattern(pattern: JsonObject): EventPattern {
  return (event) => matches(pattern, event);
}

function matches(pattern: JsonObject, event: Json | undefined): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const found = isObject(event) ? event[name] : undefined;
    if (isObject(wanted)) return matches(wanted, found);
    if (!Array.isArray(wanted)) throw new NotModelled(`${name} in an event pattern`, 'Write a list of values.');
    if (wanted.some(isObject)) throw new NotModelled(`${name} in an event pattern`, 'Use exact values.');
    return found !== undefined && wanted.includes(found);
  });
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
