import { generatedId } from '../physical-name';
import type { Resource, ResourceType } from '../resource-type';

const healthCheckId = (resource: Resource): string => generatedId(resource, 24);
const hostedZoneId = (resource: Resource): string => `Z${generatedId(resource, 20).toUpperCase()}`;

/** Calculated checks come after the checks they are calculated from, whatever their order in the template. */
const isCalculated = (resource: Resource): boolean =>
  JSON.stringify(resource.properties.HealthCheckConfig).includes('CALCULATED');

export const route53ResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::Route53::HostedZone',
    ref: hostedZoneId,
    attributes: { Id: hostedZoneId },
    provision: (resource, cloud) => cloud.route53.createHostedZone(hostedZoneId(resource), resource.properties),
  },
  {
    type: 'AWS::Route53::HealthCheck',
    ref: healthCheckId,
    attributes: { HealthCheckId: healthCheckId },
    order: (resource) => Number(isCalculated(resource)),
    provision: (resource, cloud) => cloud.route53.createHealthCheck(healthCheckId(resource), resource.properties),
  },
  {
    type: 'AWS::Route53::RecordSet',
    ref: (resource) => String(resource.properties.Name),
    // It is created when all name servers have it, for which Route 53 says up to a minute.
    // Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
    creationSeconds: 30,
    provision: (resource, cloud) => cloud.route53.createRecordSet(resource.properties),
  },
];
