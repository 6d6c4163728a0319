import type { SynthesizedStack, TemplateResource } from '../cloud-assembly';
import { listOf, objectOf } from '../template-rules/template-rule';
import { textOf, UNKNOWN } from '../template-rules/template-text';
import type { ChosenNames, NamedType } from './account';
import type { PreflightFinding } from './finding';

interface Naming {
  readonly what: string;
  readonly property: string;
  /** Where it would be. @default - in the region of its stack */
  readonly regions?: (resource: TemplateResource, stack: SynthesizedStack) => readonly string[];
  /** What frees the name. */
  readonly fix: (name: string, region: string, stackName: string) => string;
}

const importOr = (stackName: string, command: string): string =>
  `Keep what is in it by an import (npx cdk import ${stackName}), or delete it: ${command}`;
const deleteAlarm = (name: string, region: string): string =>
  `aws cloudwatch delete-alarms --alarm-names ${name} --region ${region}`;

/**
 * CloudFormation makes none of these while there is one of that name, and takes the whole stack back
 * (https://github.com/aws-solutions/amazon-marketing-cloud-uploader-from-aws/issues/167 for a log group,
 * https://github.com/awslabs/fhir-works-on-aws-deployment/issues/754 for a topic).
 */
const NAMINGS: Readonly<Record<NamedType, Naming>> = {
  'AWS::ApiGatewayV2::DomainName': {
    what: 'custom domain name',
    property: 'DomainName',
    fix: (name, region) => `aws apigatewayv2 delete-domain-name --domain-name ${name} --region ${region}`,
  },
  'AWS::DynamoDB::GlobalTable': {
    what: 'table',
    property: 'TableName',
    regions: ({ Properties = {} }, stack) =>
      listOf(Properties['Replicas']).map((replica) => textOf(objectOf(replica)['Region'], stack)),
    fix: (name, region, stackName) =>
      importOr(stackName, `aws dynamodb delete-table --table-name ${name} --region ${region}`),
  },
  'AWS::SQS::Queue': {
    what: 'queue',
    property: 'QueueName',
    fix: (name, region) =>
      `Delete it, and wait a minute before its name is free again: aws sqs delete-queue --region ${region} --queue-url $(aws sqs get-queue-url --queue-name ${name} --region ${region} --output text)`,
  },
  'AWS::Lambda::Function': {
    what: 'function',
    property: 'FunctionName',
    fix: (name, region) => `aws lambda delete-function --function-name ${name} --region ${region}`,
  },
  'AWS::Logs::LogGroup': {
    what: 'log group',
    property: 'LogGroupName',
    fix: (name, region, stackName) =>
      importOr(stackName, `aws logs delete-log-group --log-group-name ${name} --region ${region}`),
  },
  'AWS::SNS::Topic': {
    what: 'topic',
    property: 'TopicName',
    fix: (name, region) => `aws sns delete-topic --topic-arn arn:aws:sns:${region}:ACCOUNT:${name} --region ${region}`,
  },
  'AWS::CloudWatch::Alarm': { what: 'alarm', property: 'AlarmName', fix: deleteAlarm },
  'AWS::CloudWatch::CompositeAlarm': { what: 'composite alarm', property: 'AlarmName', fix: deleteAlarm },
  'AWS::CloudWatch::Dashboard': {
    what: 'dashboard',
    property: 'DashboardName',
    fix: (name, region) => `aws cloudwatch delete-dashboards --dashboard-names ${name} --region ${region}`,
  },
};

const isNamed = (type: string): type is NamedType => type in NAMINGS;

interface ChosenName extends Omit<ChosenNames, 'names'> {
  readonly name: string;
}

/**
 * The names that a deployment of the stack would take, without those that it has already. A table has one in each of its
 * regions.
 * @param deployed the resources of the stack as CloudFormation has them
 */
export function namesToTake(
  stack: SynthesizedStack,
  deployed: Readonly<Record<string, TemplateResource>>,
): readonly ChosenNames[] {
  const keyOf = (logicalId: string, { type, region, name }: ChosenName): string =>
    [logicalId, type, region, name].join(' ');
  const held = new Set(
    Object.entries(deployed).flatMap(([id, resource]) => namesOf(resource, stack).map((each) => keyOf(id, each))),
  );
  const questions = new Map<string, ChosenNames>();
  for (const [id, resource] of Object.entries(stack.resources)) {
    for (const chosen of namesOf(resource, stack)) {
      if (held.has(keyOf(id, chosen))) continue;
      const { type, region, name } = chosen;
      const key = `${type} ${region}`;
      questions.set(key, { type, region, names: [...(questions.get(key)?.names ?? []), name] });
    }
  }
  return [...questions.values()];
}

function namesOf(resource: TemplateResource, stack: SynthesizedStack): ChosenName[] {
  const { Type: type } = resource;
  if (!isNamed(type)) return [];
  const { property, regions } = NAMINGS[type];
  const name = textOf(resource.Properties?.[property], stack);
  // What CloudFormation makes up is free.
  if (name === '' || name.includes(UNKNOWN)) return [];
  return (regions?.(resource, stack) ?? [stack.region]).map((region) => ({ type, region, name }));
}

export function takenFinding({ type, region }: ChosenNames, name: string, stackName: string): PreflightFinding {
  const { what, fix } = NAMINGS[type];
  return {
    check: 'names',
    level: 'blocker',
    region,
    text: `The ${what} ${name} is there already in ${region}, and ${stackName} has not made it.`,
    fix: fix(name, region, stackName),
  };
}
