/** Where a queue is. */
export interface QueueAddress {
  readonly region: string;
  readonly accountId: string;
  readonly queueName: string;
}

export function queueArn({ region, accountId, queueName }: QueueAddress): string {
  return `arn:aws:sqs:${region}:${accountId}:${queueName}`;
}

export function queueUrl({ region, accountId, queueName }: QueueAddress): string {
  return `https://sqs.${region}.amazonaws.com/${accountId}/${queueName}`;
}

export function parseQueueArn(arn: string): QueueAddress | undefined {
  const match = /^arn:aws:sqs:([a-z0-9-]+):(\d+):([A-Za-z0-9_.-]+)$/.exec(arn);
  return match === null ? undefined : { region: match[1]!, accountId: match[2]!, queueName: match[3]! };
}

export function parseQueueUrl(url: string): QueueAddress | undefined {
  const match = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com\/(\d+)\/([A-Za-z0-9_.-]+)\/?$/.exec(url);
  return match === null ? undefined : { region: match[1]!, accountId: match[2]!, queueName: match[3]! };
}
