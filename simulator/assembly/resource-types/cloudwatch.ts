import { arnOf, physicalName } from '../physical-name';
import { textOf } from '../property-reader';
import type { ResourceType } from '../resource-type';

export const cloudWatchResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::CloudWatch::Alarm',
    ref: (resource) => physicalName(resource, 'AlarmName'),
    attributes: { Arn: (resource) => arnOf(resource, 'cloudwatch', `alarm:${physicalName(resource, 'AlarmName')}`) },
    provision: (resource, cloud) => {
      cloud.cloudWatch.createAlarm(resource.region, physicalName(resource, 'AlarmName'), resource.properties);
    },
  },
  {
    type: 'AWS::CloudWatch::CompositeAlarm',
    ref: (resource) => physicalName(resource, 'AlarmName'),
    attributes: { Arn: (resource) => arnOf(resource, 'cloudwatch', `alarm:${physicalName(resource, 'AlarmName')}`) },
    provision: (resource, cloud) => {
      cloud.cloudWatch.createCompositeAlarm(resource.region, physicalName(resource, 'AlarmName'), resource.properties);
    },
  },
  {
    type: 'AWS::CloudWatch::Dashboard',
    modelled: ['DashboardBody', 'DashboardName'],
    ref: (resource) => physicalName(resource, 'DashboardName'),
    provision: (resource, cloud) => {
      const body = textOf(resource, 'DashboardBody');
      cloud.cloudWatch.createDashboard(resource.region, physicalName(resource, 'DashboardName'), body);
    },
  },
];
