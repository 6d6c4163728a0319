import type { AwsCall, JsonObject, RequiredPermission } from '../aws-service';
import { parseQueueUrl, queueArn } from './queue-address';

/** A batch needs the permission of the single operation. */
const ACTIONS: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

/**
 * What IAM must grant for a call. A call without a queue needs nothing, because validation refuses it. Source:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export function requiredPermissions(
  { region, operation, input }: AwsCall,
  accountId: string,
): readonly RequiredPermission[] {
  if (operation.endsWith('MessageMoveTask') || operation === 'ListMessageMoveTasks')
    return redrivePermissions(operation, input);
  const action = `sqs:${ACTIONS[operation] ?? operation}`;
  if (typeof input.QueueName === 'string') {
    return [{ action, resource: queueArn({ region, accountId, queueName: input.QueueName }) }];
  }
  const address = typeof input.QueueUrl === 'string' ? parseQueueUrl(input.QueueUrl) : undefined;
  return address === undefined ? [] : [{ action, resource: queueArn(address) }];
}

/**
 * A redrive needs more than its own permission. That the caller may send to queues that are not named is not checked, nor
 * who may cancel, since a handle names no queue. Source:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
function redrivePermissions(operation: string, input: JsonObject): readonly RequiredPermission[] {
  const { SourceArn: source, DestinationArn: destination } = input;
  if (typeof source !== 'string') return [];
  const actions =
    operation === 'StartMessageMoveTask'
      ? ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']
      : [operation];
  const onSource = actions.map((name) => ({ action: `sqs:${name}`, resource: source }));
  return typeof destination === 'string'
    ? [...onSource, { action: 'sqs:SendMessage', resource: destination }]
    : onSource;
}
