import type { Kernel } from '../../kernel/kernel';
import type { DeferredCall, JsonObject } from '../aws-service';
import type { Queue } from './queue';

/**
 * A ReceiveMessage that waits: it is answered when a message is visible that no other call has taken, and without any
 * when its time is over.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
 */
export function longPoll(kernel: Kernel, queue: Queue, waitSeconds: number, receive: () => JsonObject): DeferredCall {
  return (whenReady) => {
    const finish = (): void => {
      end();
      kernel.cancel(timer);
      whenReady(receive);
    };
    const timer = kernel.after(waitSeconds * 1_000_000, finish);
    const end = queue.onMessageAvailable(() => {
      if (queue.counts.visible > 0) finish();
    });
  };
}
