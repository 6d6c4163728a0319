import { arnOf, physicalName } from '../physical-name';
import type { ResourceType } from '../resource-type';

export const eventsResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::Events::Rule',
    ref: (resource) => physicalName(resource, 'Name'),
    attributes: { Arn: (resource) => arnOf(resource, 'events', `rule/${physicalName(resource, 'Name')}`) },
    provision: (resource, cloud) => {
      cloud.eventBridge.createRule(resource.region, physicalName(resource, 'Name'), resource.properties);
    },
  },
];
