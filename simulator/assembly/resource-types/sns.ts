import { NotModelled } from '../../kernel/errors';
import type { Json } from '../../services/aws-service';
import { arnOf, physicalName } from '../physical-name';
import { objectOf } from '../property-reader';
import type { Resource, ResourceType } from '../resource-type';

const topicArn = (resource: Resource): string => arnOf(resource, 'sns', physicalName(resource, 'TopicName'));

export const snsResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::SNS::Topic',
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: (resource) => physicalName(resource, 'TopicName') },
    provision: (resource, cloud) => {
      cloud.sns.createTopic(resource.region, physicalName(resource, 'TopicName'), resource.properties);
    },
  },
  {
    type: 'AWS::SNS::Subscription',
    ref: (resource) => `${topicArn(resource)}:${resource.logicalId}`,
    provision: (resource, cloud) => cloud.sns.createSubscription(resource.properties),
  },
  {
    type: 'AWS::SNS::TopicPolicy',
    modelled: ['PolicyDocument', 'Topics'],
    ref: (resource) => resource.logicalId,
    provision: refuseOtherThanTransportRules,
  },
];

/**
 * The models always speak TLS, and alarms publish as the service itself. So a resource policy that denies what is not
 * TLS, and one that lets CloudWatch publish, change nothing; any other is refused.
 */
export function refuseOtherThanTransportRules(resource: Resource): void {
  const { Statement: statements } = objectOf(resource, 'PolicyDocument');
  for (const statement of (Array.isArray(statements) ? statements : [statements]) as Record<string, Json>[]) {
    const isTransportRule =
      statement.Effect === 'Deny' && JSON.stringify(statement.Condition).includes('aws:SecureTransport');
    const isAlarmGrant =
      statement.Effect === 'Allow' && JSON.stringify(statement.Principal).includes('cloudwatch.amazonaws.com');
    if (!isTransportRule && !isAlarmGrant) {
      throw new NotModelled(
        `A statement of the resource policy ${resource.stackName}/${resource.logicalId}`,
        'Only rules that demand TLS or let CloudWatch publish are understood.',
      );
    }
  }
}
