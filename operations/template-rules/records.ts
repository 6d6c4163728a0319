import type { CloudAssembly } from '../cloud-assembly';
import { objectOf, resourcesOf, type PlacedResource, type TemplateRule } from './template-rule';
import { textOf } from './template-text';

const POLICIES = [
  'Failover',
  'Region',
  'Weight',
  'GeoLocation',
  'CidrRoutingConfig',
  'MultiValueAnswer',
  'GeoProximityLocation',
];
const NAME = 'records-of-a-name-fit-together';

/**
 * Records that Route 53 refuses together or alone: two primaries of one name, a policy without a set identifier, an
 * identifier twice, a primary without a health check, and a CNAME at the apex of its zone
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-failover.html).
 */
export const records: TemplateRule = {
  name: NAME,
  findings: (assembly) => {
    const all = recordsOf(assembly);
    return all.flatMap((record) => {
      const { stack, logicalId } = record.resource;
      const group = all.filter(({ key }) => key === record.key);
      return complaints(record, group).map((text) => ({ rule: NAME, stackName: stack.stackName, logicalId, text }));
    });
  },
};

interface NamedRecord {
  readonly resource: PlacedResource;
  /** Zone, name and type: those that share it answer one question. */
  readonly key: string;
  readonly name: string;
  readonly zoneName: string | undefined;
}

function recordsOf(assembly: CloudAssembly): NamedRecord[] {
  return resourcesOf(assembly, ['AWS::Route53::RecordSet']).map((resource) => {
    const { Name, Type, HostedZoneId, HostedZoneName } = resource.properties;
    const name = withoutDot(textOf(Name, resource.stack));
    const zone = textOf(HostedZoneId ?? HostedZoneName, resource.stack);
    return { resource, key: `${zone} ${name} ${String(Type)}`, name, zoneName: zoneNameOf(resource) };
  });
}

const withoutDot = (name: string): string => name.replace(/\.$/, '');

/** The name of a zone that the same stack makes; undefined for a zone that is somebody else's. */
function zoneNameOf({ properties: { HostedZoneId, HostedZoneName }, stack }: PlacedResource): string | undefined {
  if (HostedZoneName !== undefined) return withoutDot(textOf(HostedZoneName, stack));
  const zone = stack.resources[String(objectOf(HostedZoneId)['Ref'])];
  return zone === undefined ? undefined : withoutDot(textOf(zone.Properties?.['Name'], stack));
}

function complaints({ resource, name, zoneName }: NamedRecord, group: readonly NamedRecord[]): string[] {
  const { properties } = resource;
  const count = (property: string): number =>
    group.filter(({ resource: other }) => other.properties[property] === properties[property]).length;
  const hasPolicy = POLICIES.some((policy) => properties[policy] !== undefined);
  const hasIdentifier = properties['SetIdentifier'] !== undefined;
  return [
    ...(properties['Failover'] === 'PRIMARY' && count('Failover') > 1
      ? [`${name} has ${count('Failover')} PRIMARY records: it must have one.`]
      : []),
    ...(properties['Failover'] === 'PRIMARY' && properties['HealthCheckId'] === undefined
      ? [`${name} has a PRIMARY record without a health check: it would never fail over.`]
      : []),
    ...(hasPolicy && !hasIdentifier ? [`${name} has a routing policy and no SetIdentifier.`] : []),
    ...(hasIdentifier && count('SetIdentifier') > 1
      ? [`${name} has the SetIdentifier ${JSON.stringify(properties['SetIdentifier'])} more than once.`]
      : []),
    ...(!hasPolicy && group.length > 1
      ? [`${name} has ${group.length} records and not all have a routing policy.`]
      : []),
    ...(properties['Type'] === 'CNAME' && name === zoneName
      ? [`${name} is the apex of its zone: a CNAME cannot be there.`]
      : []),
  ];
}
