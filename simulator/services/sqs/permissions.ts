import type { AwsCall, RequiredPermission } from '../aws-service';
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
  const action = `sqs:${ACTIONS[operation] ?? operation}`;
  if (typeof input.QueueName === 'string') {
    return [{ action, resource: queueArn({ region, accountId, queueName: input.QueueName }) }];
  }
  const address = typeof input.QueueUrl === 'string' ? parseQueueUrl(input.QueueUrl) : undefined;
  return address === undefined ? [] : [{ action, resource: queueArn(address) }];
}
