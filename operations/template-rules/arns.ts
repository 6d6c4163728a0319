import type { TemplateValue } from '../cloud-assembly';
import { listOf, objectOf, ruleOf, type PlacedResource } from './template-rule';
import { parseArn, textOf, UNKNOWN } from './template-text';

/** A property that takes an ARN. */
interface ArnSlot {
  readonly property: string;
  readonly values: (properties: PlacedResource['properties']) => readonly TemplateValue[];
  readonly services: readonly string[];
  /** @default true */
  readonly isOfThisRegion?: boolean;
}

const slot = (property: string, ...services: string[]): ArnSlot => ({
  property,
  values: (properties) => listOf(properties[property]),
  services,
});

const ALARM_ACTIONS = ['AlarmActions', 'OKActions', 'InsufficientDataActions'].map((property) =>
  slot(property, 'sns', 'lambda', 'automate', 'autoscaling', 'ssm', 'ssm-incidents', 'swf'),
);

const SLOTS: Readonly<Record<string, readonly ArnSlot[]>> = {
  'AWS::CloudWatch::Alarm': ALARM_ACTIONS,
  'AWS::CloudWatch::CompositeAlarm': ALARM_ACTIONS,
  'AWS::Events::Rule': [
    {
      property: 'Targets.Arn',
      values: ({ Targets }) => listOf(Targets).map((target) => objectOf(target)['Arn']!),
      services: ['lambda', 'sqs', 'sns', 'events', 'logs', 'states'],
    },
  ],
  'AWS::Lambda::Function': [{ ...slot('Role', 'iam'), isOfThisRegion: false }],
  'AWS::Lambda::EventSourceMapping': [slot('EventSourceArn', 'sqs', 'dynamodb', 'kinesis')],
  'AWS::Lambda::Permission': [slot('SourceArn', 'events', 'execute-api', 'sns', 's3', 'logs')],
  'AWS::SNS::Subscription': [slot('TopicArn', 'sns')],
  'AWS::SQS::Queue': [
    {
      property: 'RedrivePolicy.deadLetterTargetArn',
      values: ({ RedrivePolicy }) => listOf(objectOf(RedrivePolicy)['deadLetterTargetArn']),
      services: ['sqs'],
    },
  ],
  'AWS::ApiGatewayV2::Stage': [
    {
      property: 'AccessLogSettings.DestinationArn',
      values: ({ AccessLogSettings }) => listOf(objectOf(AccessLogSettings)['DestinationArn']),
      services: ['logs', 'firehose'],
    },
  ],
  'AWS::ApiGatewayV2::DomainName': [
    {
      property: 'DomainNameConfigurations.CertificateArn',
      values: ({ DomainNameConfigurations }) =>
        listOf(DomainNameConfigurations).map((configuration) => objectOf(configuration)['CertificateArn']!),
      services: ['acm'],
    },
  ],
};

/**
 * A name where an ARN belongs, an ARN of another service, or of another region where AWS takes those of its own region
 * only. CloudFormation sends any of them, and the service refuses it in the middle of a deployment.
 */
export const arns = ruleOf('arn-where-an-arn-belongs', Object.keys(SLOTS), ({ type, properties, stack }) =>
  SLOTS[type]!.flatMap(({ property, values, services, isOfThisRegion = true }) =>
    values(properties).flatMap((value) => {
      const text = textOf(value, stack);
      // Another stack's output is known when it is deployed.
      if (text === UNKNOWN) return [];
      const arn = parseArn(text);
      if (arn === undefined)
        return [`${property} is ${JSON.stringify(text)}: it must be an ARN of ${services.join(' or ')}.`];
      if (!services.includes(arn.service)) {
        return [`${property} is an ARN of ${arn.service}: it must be one of ${services.join(' or ')}.`];
      }
      const isElsewhere = isOfThisRegion && arn.region !== stack.region;
      return isElsewhere ? [`${property} is an ARN of ${arn.region}: it must be of ${stack.region}.`] : [];
    }),
  ),
);
