import { NotModelled } from '../kernel/errors';
import type { Json, JsonObject } from '../services/aws-service';
import type { Resource } from './resource-type';

/** Reads typed values out of resolved properties; a value of another type is refused with its path. */
export function textOf(resource: Resource, path: string): string {
  const value = valueAt(resource.properties, path);
  if (typeof value !== 'string') throw unexpected(resource, path, 'text', value);
  return value;
}

export function optionalTextOf(resource: Resource, path: string): string | undefined {
  return valueAt(resource.properties, path) === undefined ? undefined : textOf(resource, path);
}

/** Numbers may be written as text in a template. */
export function numberOf(resource: Resource, path: string): number {
  const value = valueAt(resource.properties, path);
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) throw unexpected(resource, path, 'a number', value);
  return number;
}

export function optionalNumberOf(resource: Resource, path: string): number | undefined {
  return valueAt(resource.properties, path) === undefined ? undefined : numberOf(resource, path);
}

export function listOf(resource: Resource, path: string): Json[] {
  const value = valueAt(resource.properties, path) ?? [];
  if (!Array.isArray(value)) throw unexpected(resource, path, 'a list', value);
  return value;
}

export function objectOf(resource: Resource, path: string): JsonObject {
  const value = valueAt(resource.properties, path) ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unexpected(resource, path, 'an object', value);
  }
  return value;
}

/** Refuses members of a nested object that the model does not know. */
export function refuseUnknownMembers(resource: Resource, path: string, known: readonly string[]): void {
  for (const member of Object.keys(objectOf(resource, path))) {
    if (!known.includes(member)) {
      throw new NotModelled(
        `${path}.${member} of ${resource.stackName}/${resource.logicalId}`,
        'Model it or leave it out.',
      );
    }
  }
}

function valueAt(properties: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = properties;
  for (const member of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = value[member];
  }
  return value;
}

function unexpected(resource: Resource, path: string, wanted: string, got: Json | undefined): NotModelled {
  return new NotModelled(
    `${path} of ${resource.stackName}/${resource.logicalId} with the value ${JSON.stringify(got)}`,
    `It must resolve to ${wanted}.`,
  );
}
