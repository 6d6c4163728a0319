import { createHash } from 'node:crypto';
import type { Resource } from './resource-type';

/** A name for a resource that the template leaves unnamed, of the form CloudFormation gives: stack, logical id, suffix. */
export function physicalName(resource: Resource, property: string): string {
  const given = resource.properties[property];
  if (typeof given === 'string') return given;
  return `${resource.stackName}-${resource.logicalId}-${suffix(resource).toUpperCase()}`;
}

/** An identifier of the service's own making, such as an API id: reproducible, and different for each resource. */
export function generatedId(resource: Resource, length = 10): string {
  return suffix(resource, length);
}

function suffix(resource: Resource, length = 12): string {
  const identity = `${resource.region}/${resource.stackName}/${resource.logicalId}`;
  return BigInt(`0x${createHash('sha256').update(identity).digest('hex')}`)
    .toString(36)
    .slice(0, length);
}

/** An Amazon Resource Name in the resource's own region and account. */
export function arnOf(resource: Resource, service: string, rest: string): string {
  return `arn:aws:${service}:${resource.region}:${resource.accountId}:${rest}`;
}
