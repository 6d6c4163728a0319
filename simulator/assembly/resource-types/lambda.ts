import { NotModelled } from '../../kernel/errors';
import { Bundle } from '../../runtime/bundle';
import { AwsFault } from '../../services/aws-service';
import { EventSourceMapping } from '../../services/lambda/event-source-mapping';
import type { CloudParts } from '../../cloud-parts';
import { arnOf, generatedId, physicalName } from '../physical-name';
import {
  listOf,
  numberOf,
  objectOf,
  optionalNumberOf,
  optionalTextOf,
  refuseUnknownMembers,
  textOf,
} from '../property-reader';
import type { Resource, ResourceType } from '../resource-type';

const functionArn = (resource: Resource): string =>
  arnOf(resource, 'lambda', `function:${physicalName(resource, 'FunctionName')}`);

export const lambdaResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::Logs::LogGroup',
    modelled: ['LogGroupName'],
    harmless: ['RetentionInDays', 'Tags'],
    ref: (resource) => physicalName(resource, 'LogGroupName'),
    attributes: {
      Arn: (resource) => arnOf(resource, 'logs', `log-group:${physicalName(resource, 'LogGroupName')}:*`),
    },
  },
  {
    type: 'AWS::Lambda::Function',
    modelled: [
      'FunctionName',
      'Code',
      'Handler',
      'Runtime',
      'Role',
      'Timeout',
      'MemorySize',
      'Environment',
      'LoggingConfig',
      'ReservedConcurrentExecutions',
    ],
    harmless: ['Description', 'Tags', 'Architectures'],
    ref: (resource) => physicalName(resource, 'FunctionName'),
    attributes: { Arn: functionArn },
    provision: createFunction,
  },
  {
    type: 'AWS::Lambda::EventInvokeConfig',
    modelled: ['FunctionName', 'Qualifier', 'MaximumRetryAttempts'],
    harmless: [],
    ref: (resource) => generatedId(resource),
    provision: (resource, cloud) => {
      if (textOf(resource, 'Qualifier') !== '$LATEST') {
        throw new NotModelled(`Qualifier ${textOf(resource, 'Qualifier')}`, 'Configure $LATEST.');
      }
      const functionArnOfConfig = toFunctionArn(resource, textOf(resource, 'FunctionName'));
      cloud.lambda.limitAsyncRetries(functionArnOfConfig, optionalNumberOf(resource, 'MaximumRetryAttempts') ?? 2);
    },
  },
  {
    type: 'AWS::Lambda::Permission',
    modelled: ['Action', 'FunctionName', 'Principal', 'SourceArn'],
    harmless: [],
    ref: (resource) => generatedId(resource),
    provision: (resource, cloud) => {
      if (textOf(resource, 'Action') !== 'lambda:InvokeFunction') {
        throw new NotModelled(`Lambda permission for ${textOf(resource, 'Action')}`, 'Use lambda:InvokeFunction.');
      }
      cloud.invokePermissions.push({
        functionArn: toFunctionArn(resource, textOf(resource, 'FunctionName')),
        principal: textOf(resource, 'Principal'),
        sourceArn: textOf(resource, 'SourceArn'),
      });
    },
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    modelled: [
      'BatchSize',
      'EventSourceArn',
      'FunctionName',
      'FunctionResponseTypes',
      'ScalingConfig',
      'MaximumBatchingWindowInSeconds',
      'Enabled',
    ],
    harmless: ['Tags'],
    ref: (resource) => generatedId(resource, 36),
    provision: createEventSourceMapping,
  },
];

function createFunction(resource: Resource, cloud: CloudParts): void {
  refuseUnknownMembers(resource, 'Code', ['S3Bucket', 'S3Key']);
  refuseUnknownMembers(resource, 'LoggingConfig', ['LogGroup', 'LogFormat', 'ApplicationLogLevel', 'SystemLogLevel']);
  const key = textOf(resource, 'Code.S3Key');
  const code = cloud.bundles.get(key);
  if (code === undefined) throw new NotModelled(`Deployment package ${key}`, 'The assembly holds no such asset.');
  const reserved = optionalNumberOf(resource, 'ReservedConcurrentExecutions');
  const functionName = physicalName(resource, 'FunctionName');
  cloud.lambda.createFunction({
    region: resource.region,
    functionName,
    arn: functionArn(resource),
    roleArn: textOf(resource, 'Role'),
    runtime: textOf(resource, 'Runtime'),
    handler: textOf(resource, 'Handler'),
    bundle: compile(code, cloud.hasOwnRealms),
    timeoutSeconds: optionalNumberOf(resource, 'Timeout') ?? 3,
    memoryMb: optionalNumberOf(resource, 'MemorySize') ?? 128,
    environmentVariables: Object.fromEntries(
      Object.entries(objectOf(resource, 'Environment.Variables')).map(([name, value]) => [name, String(value)]),
    ),
    logGroupName: optionalTextOf(resource, 'LoggingConfig.LogGroup') ?? `/aws/lambda/${functionName}`,
    ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
  });
}

// Both regions deploy the same packages, and a swarm flies the same assembly many times.
const compiled = new Map<string, Bundle>();

function compile(code: string, hasOwnRealms: boolean): Bundle {
  if (hasOwnRealms) return new Bundle(code, true);
  let bundle = compiled.get(code);
  if (bundle === undefined) {
    bundle = new Bundle(code);
    compiled.set(code, bundle);
  }
  return bundle;
}

function createEventSourceMapping(resource: Resource, cloud: CloudParts): void {
  refuseUnknownMembers(resource, 'ScalingConfig', ['MaximumConcurrency']);
  refuseShortVisibility(resource, cloud);
  if (resource.properties.Enabled === false) return;
  const maximumConcurrency = optionalNumberOf(resource, 'ScalingConfig.MaximumConcurrency');
  const mapping = new EventSourceMapping({
    kernel: cloud.kernel,
    lambda: cloud.lambda,
    iam: cloud.iam,
    queue: cloud.sqs,
    queueArn: textOf(resource, 'EventSourceArn'),
    functionArn: toFunctionArn(resource, textOf(resource, 'FunctionName')),
    maximumBatchingWindowSeconds: optionalNumberOf(resource, 'MaximumBatchingWindowInSeconds') ?? 0,
    batchSize: resource.properties.BatchSize === undefined ? 10 : numberOf(resource, 'BatchSize'),
    reportBatchItemFailures: listOf(resource, 'FunctionResponseTypes').includes('ReportBatchItemFailures'),
    ...(maximumConcurrency === undefined ? {} : { maximumConcurrency }),
  });
  mapping.start();
}

/**
 * Lambda refuses a queue whose messages would come back while they are still worked. The wording is the service's:
 * https://linuxbeast.com/blog/how-to-fix-sqs-visibility-timeout-in-aws-lambda
 */
function refuseShortVisibility(resource: Resource, cloud: CloudParts): void {
  const visibilitySeconds = cloud.sqs.visibilityTimeoutSeconds(textOf(resource, 'EventSourceArn'));
  const { definition } = cloud.lambda.function(toFunctionArn(resource, textOf(resource, 'FunctionName')));
  if (visibilitySeconds >= definition.timeoutSeconds) return;
  throw new AwsFault(
    'InvalidParameterValueException',
    `Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${definition.timeoutSeconds} seconds`,
  );
}

function toFunctionArn(resource: Resource, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arnOf(resource, 'lambda', `function:${nameOrArn}`);
}
