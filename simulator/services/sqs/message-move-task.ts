import type { Kernel } from '../../kernel/kernel';
import type { JsonObject } from '../aws-service';
import type { Queue } from './queue';

/** Also the rate of a task that names none: the service then chooses one by the backlog, and does not say which. */
export const MESSAGES_PER_SECOND_MAX = 500;

export interface MessageMoveTaskOptions {
  readonly handle: string;
  readonly source: Queue;
  /** @default - each message goes back to the queue it came from */
  readonly destination?: Queue;
  /** @default - MESSAGES_PER_SECOND_MAX */
  readonly messagesPerSecond?: number;
  /** @returns undefined for a queue that does not exist */
  readonly findQueue: (arn: string) => Queue | undefined;
}

type Status = 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

/**
 * Moves the visible messages of a dead-letter queue, oldest first, as many as were there when it began. A moved message is
 * a new one: it has a new id, and its retention begins anew. Source:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export class MessageMoveTask {
  status: Status = 'RUNNING';
  movedCount = 0;
  private readonly startedEpochMs: number;
  private readonly toMoveCount: number;
  private failureReason: string | undefined;

  constructor(
    private readonly kernel: Kernel,
    private readonly options: MessageMoveTaskOptions,
  ) {
    this.startedEpochMs = kernel.epochMs;
    this.toMoveCount = options.source.counts.visible;
    this.scheduleNext();
  }

  /** @returns how many messages have been moved */
  cancel(): number {
    this.status = 'CANCELLED';
    return this.movedCount;
  }

  /** As ListMessageMoveTasks shows it: only a task that is running can be named, since only it can be cancelled. */
  describe(): JsonObject {
    const { handle, source, destination, messagesPerSecond } = this.options;
    return {
      ...(this.status === 'RUNNING' ? { TaskHandle: handle } : {}),
      Status: this.status,
      SourceArn: source.arn,
      ...(destination === undefined ? {} : { DestinationArn: destination.arn }),
      ...(messagesPerSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond: messagesPerSecond }),
      ApproximateNumberOfMessagesMoved: this.movedCount,
      ApproximateNumberOfMessagesToMove: this.toMoveCount,
      StartedTimestamp: this.startedEpochMs,
      ...(this.failureReason === undefined ? {} : { FailureReason: this.failureReason }),
    };
  }

  private scheduleNext(): void {
    const rate = this.options.messagesPerSecond ?? MESSAGES_PER_SECOND_MAX;
    this.kernel.after(1_000_000 / rate, () => {
      if (this.status !== 'RUNNING') return;
      this.move();
      if (this.status === 'RUNNING') this.scheduleNext();
    });
  }

  private move(): void {
    const { source, destination, findQueue } = this.options;
    const message = this.movedCount < this.toMoveCount ? source.peek() : undefined;
    if (message === undefined) return this.end('COMPLETED');
    const { deadLetterSourceArn } = message;
    // A message that was sent to the dead-letter queue itself has no queue to go back to.
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/troubleshooting-dlq-redrive.html
    if (destination === undefined && deadLetterSourceArn === undefined) {
      return this.end('FAILED', 'CouldNotDetermineMessageSource');
    }
    const target = destination ?? findQueue(deadLetterSourceArn!);
    if (target === undefined) return this.end('FAILED', 'AWS.SimpleQueueService.NonExistentQueue');
    source.removeVisible(message);
    const { body, attributes, messageGroupId } = message;
    target.send({ body, attributes, messageGroupId, delaySeconds: undefined });
    this.movedCount++;
  }

  private end(status: Status, failureReason?: string): void {
    this.status = status;
    this.failureReason = failureReason;
    this.kernel.record(this.options.source.arn, 'redrive-task', `${status} ${this.movedCount}`);
  }
}
