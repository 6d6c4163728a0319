import type { SynthesizedStack, TemplateValue } from '../cloud-assembly';
import { listOf, objectOf } from './template-rule';

/** What stands for a value that only a deployment knows. No name, ARN or host contains it. */
export const UNKNOWN = '‹unknown›';
/** The account, where a template does not say it. */
const ACCOUNT = '123456789012';

/** The service in the ARN of a resource of that type. */
const ARN_SERVICES: Readonly<Record<string, string>> = {
  'AWS::CertificateManager::Certificate': 'acm',
  'AWS::CloudWatch::Alarm': 'cloudwatch',
  'AWS::CloudWatch::CompositeAlarm': 'cloudwatch',
  'AWS::DynamoDB::GlobalTable': 'dynamodb',
  'AWS::Events::Rule': 'events',
  'AWS::IAM::Role': 'iam',
  'AWS::Lambda::Function': 'lambda',
  'AWS::Logs::LogGroup': 'logs',
  'AWS::SNS::Topic': 'sns',
  'AWS::SQS::Queue': 'sqs',
};

/** Resources whose `Ref` is their ARN. That of others is a name, an id or a URL. */
const REFERENCE_IS_ARN = new Set(['AWS::SNS::Topic', 'AWS::CertificateManager::Certificate']);

/**
 * A value as text, as far as a template knows it: pseudo parameters as they will be, an ARN of a resource of the same stack
 * with its service and region, and `UNKNOWN` for what is generated.
 */
export function textOf(value: TemplateValue | undefined, stack: SynthesizedStack): string {
  if (typeof value !== 'object' || value === null) return value === undefined ? '' : String(value);
  const [[name, argument] = []] = Object.entries(objectOf(value));
  switch (name) {
    case 'Ref':
      return referenceText(String(argument), stack);
    case 'Fn::GetAtt':
      return attributeText(argument, stack);
    case 'Fn::Join': {
      const [separator, parts] = listOf(argument);
      return listOf(parts)
        .map((part) => textOf(part, stack))
        .join(String(separator));
    }
    case 'Fn::Sub':
      return substitutedText(argument, stack);
    default:
      return UNKNOWN;
  }
}

function referenceText(reference: string, stack: SynthesizedStack): string {
  switch (reference) {
    case 'AWS::AccountId':
      return ACCOUNT;
    case 'AWS::Region':
      return stack.region;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
  }
  const type = stack.resources[reference]?.Type;
  if (type !== undefined && REFERENCE_IS_ARN.has(type)) return arnOf(type, stack, reference);
  return nameOf(reference, stack);
}

/** The name that a template gives, or one that says whose it is. */
function nameOf(logicalId: string, stack: SynthesizedStack): string {
  const properties = stack.resources[logicalId]?.Properties ?? {};
  const key = ['TableName', 'QueueName', 'FunctionName', 'LogGroupName', 'AlarmName'].find(
    (name) => name in properties,
  );
  return key === undefined ? `${UNKNOWN}${logicalId}` : textOf(properties[key], stack);
}

function attributeText(argument: TemplateValue | undefined, stack: SynthesizedStack): string {
  const [logicalId, attribute] = typeof argument === 'string' ? argument.split('.') : listOf(argument).map(String);
  const type = stack.resources[logicalId ?? '']?.Type;
  if (type !== undefined && attribute?.endsWith('Arn') === true) return arnOf(type, stack, logicalId!);
  return `${UNKNOWN}${logicalId}.${attribute}`;
}

function arnOf(type: string, stack: SynthesizedStack, logicalId: string): string {
  const service = ARN_SERVICES[type] ?? UNKNOWN;
  const region = service === 'iam' ? '' : stack.region;
  return `arn:aws:${service}:${region}:${ACCOUNT}:${nameOf(logicalId, stack)}`;
}

function substitutedText(argument: TemplateValue | undefined, stack: SynthesizedStack): string {
  const [template, variables] = typeof argument === 'string' ? [argument, undefined] : listOf(argument);
  return String(template).replaceAll(/\$\{([^!}]+)\}/g, (_, name: string) => {
    const given = objectOf(variables)[name];
    if (given !== undefined) return textOf(given, stack);
    return name.includes('.') ? attributeText(name, stack) : referenceText(name, stack);
  });
}

export interface Arn {
  readonly service: string;
  /** Empty for services without regions. */
  readonly region: string;
}

/** Service and region of an ARN; undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const [, service, region] = /^arn:[^:]+:([^:]*):([^:]*):[^:]*:./.exec(text) ?? [];
  return service === undefined ? undefined : { service, region: region! };
}
