import { ChangeMessageVisibilityCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { OrderFacts, WorkMessage } from '../../blueprint/orders';
import { createSqs } from './clients';
import { requiredEnv } from './environment';

const sqs = createSqs();
const queueUrl = (): string => requiredEnv('WORK_QUEUE_URL');

/**
 * Hand an order to the workers. Sent twice it is worked twice, which changes nothing.
 * @param isInDoubt whether nobody knows that there is such an order @default false
 */
export async function sendWork(
  { orderId, customerId, amount, currency, acceptedAt, deadlineAt }: OrderFacts,
  isInDoubt = false,
): Promise<void> {
  const facts = { orderId, customerId, amount, currency, acceptedAt, deadlineAt };
  const message: WorkMessage = isInDoubt ? { ...facts, isInDoubt } : facts;
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody: JSON.stringify(message) }));
}

/** Let a received message come back after so many seconds, instead of after its visibility timeout. */
export async function returnWork(receiptHandle: string, afterSeconds: number): Promise<void> {
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl(),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: afterSeconds,
    }),
  );
}
