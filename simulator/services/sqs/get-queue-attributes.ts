import { AwsFault, type JsonObject } from '../aws-service';
import { checkParameters, type OperationContext, targetQueue } from './operation';
import type { Queue } from './queue';

const PARAMETERS = new Set(['QueueUrl', 'AttributeNames']);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export function getQueueAttributes(context: OperationContext, input: JsonObject): JsonObject {
  checkParameters('GetQueueAttributes', PARAMETERS, input);
  const queue = targetQueue(context, input);
  queue.touch();
  const wanted = (input.AttributeNames ?? []) as string[];
  if (wanted.length === 0) return {};
  const all = attributesOf(queue);
  for (const name of wanted) {
    if (name !== 'All' && !(name in all) && name !== 'RedrivePolicy') {
      throw new AwsFault('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
  }
  const selected = Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name));
  return { Attributes: Object.fromEntries(selected) };
}

function attributesOf(queue: Queue): Record<string, string> {
  const { settings, approximateCounts: counts } = queue;
  const createdSeconds = String(Math.floor(queue.createdEpochMs / 1000));
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: createdSeconds,
    LastModifiedTimestamp: createdSeconds,
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    MaximumMessageSize: String(settings.maximumMessageSizeBytes),
    MessageRetentionPeriod: String(settings.messageRetentionPeriodSeconds),
    DelaySeconds: String(settings.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveMessageWaitTimeSeconds),
    ...(settings.redrivePolicy === undefined ? {} : { RedrivePolicy: JSON.stringify(settings.redrivePolicy) }),
  };
}
