import type { CloudParts } from '../../cloud-parts';
import { arnOf, physicalName } from '../physical-name';
import { numberOf, objectOf, optionalNumberOf, refuseUnknownMembers, textOf } from '../property-reader';
import type { Resource, ResourceType } from '../resource-type';
import { refuseOtherThanTransportRules } from './sns';

const queueArn = (resource: Resource): string => arnOf(resource, 'sqs', physicalName(resource, 'QueueName'));
const queueUrl = (resource: Resource): string =>
  `https://sqs.${resource.region}.amazonaws.com/${resource.accountId}/${physicalName(resource, 'QueueName')}`;

export const sqsResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::SQS::Queue',
    modelled: [
      'QueueName',
      'VisibilityTimeout',
      'MessageRetentionPeriod',
      'DelaySeconds',
      'RedrivePolicy',
      'ReceiveMessageWaitTimeSeconds',
    ],
    // Who may redrive into a dead-letter queue matters to operators only, and encryption at rest to nobody here.
    harmless: ['SqsManagedSseEnabled', 'RedriveAllowPolicy', 'Tags'],
    ref: queueUrl,
    attributes: { Arn: queueArn, QueueName: (resource) => physicalName(resource, 'QueueName'), QueueUrl: queueUrl },
    provision: createQueue,
  },
  {
    type: 'AWS::SQS::QueuePolicy',
    modelled: ['PolicyDocument', 'Queues'],
    ref: (resource) => resource.logicalId,
    provision: refuseOtherThanTransportRules,
  },
];

function createQueue(resource: Resource, cloud: CloudParts): void {
  refuseUnknownMembers(resource, 'RedrivePolicy', ['deadLetterTargetArn', 'maxReceiveCount']);
  const hasRedrive = Object.keys(objectOf(resource, 'RedrivePolicy')).length > 0;
  cloud.sqs.createQueue({
    region: resource.region,
    queueName: physicalName(resource, 'QueueName'),
    visibilityTimeoutSeconds: optionalNumberOf(resource, 'VisibilityTimeout') ?? 30,
    messageRetentionPeriodSeconds: optionalNumberOf(resource, 'MessageRetentionPeriod') ?? 345_600,
    receiveMessageWaitTimeSeconds: optionalNumberOf(resource, 'ReceiveMessageWaitTimeSeconds') ?? 0,
    delaySeconds: optionalNumberOf(resource, 'DelaySeconds') ?? 0,
    ...(hasRedrive
      ? {
          redrivePolicy: {
            deadLetterTargetArn: textOf(resource, 'RedrivePolicy.deadLetterTargetArn'),
            maxReceiveCount: numberOf(resource, 'RedrivePolicy.maxReceiveCount'),
          },
        }
      : {}),
  });
}
