import type { Kernel } from '../../kernel/kernel';
import type { Iam } from '../iam/iam';
import type { InvokeOutcome, Lambda } from './lambda';

/** One message as a poller sees it: the record of the event without its source. */
export interface PolledMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  readonly md5OfBody: string;
}

/** The queue behind an event source mapping. */
export interface PolledQueue {
  receive(queueArn: string, maxMessages: number): readonly PolledMessage[];
  delete(queueArn: string, receiptHandle: string): void;
  /** The callback runs each time a message becomes visible in the queue. */
  onMessageAvailable(queueArn: string, callback: () => void): void;
}

export interface EventSourceMappingOptions {
  readonly kernel: Kernel;
  readonly lambda: Lambda;
  readonly iam: Iam;
  readonly queue: PolledQueue;
  readonly queueArn: string;
  readonly functionArn: string;
  /** 1 to 10 without a batching window. @default 10 */
  readonly batchSize: number;
  /** 2 to 1000. @default - bounded by the function's and the account's concurrency only */
  readonly maximumConcurrency?: number;
  /** Whether the function's answer names the messages that failed. */
  readonly reportBatchItemFailures: boolean;
}

// A poller holds a long poll open, so a message is picked up within milliseconds of becoming visible.
const PICK_UP_MEDIAN_US = 8_000;
// What the poller waits after a throttled delivery before it tries to deliver again.
const THROTTLE_BACKOFF_US = 1_000_000;

/**
 * The pollers between a queue and a function. A message is deleted when the function has succeeded and has not named it
 * as failed; otherwise it stays and becomes visible again when its visibility timeout ends.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class EventSourceMapping {
  private inFlight = 0;
  private isPollScheduled = false;
  private pausedUntilUs = 0;

  constructor(private readonly options: EventSourceMappingOptions) {}

  /** Begins to poll, now and whenever a message becomes visible. */
  start(): void {
    this.options.queue.onMessageAvailable(this.options.queueArn, () => this.schedulePoll());
    this.schedulePoll();
  }

  private schedulePoll(): void {
    const { kernel, queueArn, maximumConcurrency } = this.options;
    if (this.isPollScheduled || this.inFlight >= (maximumConcurrency ?? Infinity)) return;
    this.isPollScheduled = true;
    const delayUs = kernel.random(`poller/${queueArn}`).lognormal(PICK_UP_MEDIAN_US, 0.3);
    kernel.after(Math.max(delayUs, this.pausedUntilUs - kernel.nowUs), () => {
      this.isPollScheduled = false;
      this.poll();
    });
  }

  private poll(): void {
    const { queue, queueArn, batchSize, maximumConcurrency } = this.options;
    if (!this.isPermitted('sqs:ReceiveMessage')) return;
    while (this.inFlight < (maximumConcurrency ?? Infinity)) {
      const messages = queue.receive(queueArn, batchSize);
      if (messages.length === 0) return;
      this.deliver(messages);
    }
  }

  private deliver(messages: readonly PolledMessage[]): void {
    const { kernel, lambda, functionArn, queueArn } = this.options;
    this.inFlight++;
    kernel.record('event-source-mapping', 'deliver', messages.map((message) => message.messageId).join(' '));
    lambda.invoke(functionArn, { Records: messages.map((message) => toRecord(message, queueArn)) }, (outcome) => {
      this.inFlight--;
      if (outcome.kind === 'throttled') this.pausedUntilUs = kernel.nowUs + THROTTLE_BACKOFF_US;
      this.settle(messages, outcome);
      this.schedulePoll();
    });
  }

  private settle(messages: readonly PolledMessage[], outcome: InvokeOutcome): void {
    if (outcome.kind !== 'success') return;
    const failed = this.options.reportBatchItemFailures ? failedMessages(outcome.payload, messages) : new Set<string>();
    for (const message of messages) {
      if (failed.has(message.messageId) || !this.isPermitted('sqs:DeleteMessage')) continue;
      this.options.queue.delete(this.options.queueArn, message.receiptHandle);
    }
  }

  private isPermitted(action: string): boolean {
    const { identity } = this.options.lambda.function(this.options.functionArn);
    return this.options.iam.authorize(identity, action, this.options.queueArn);
  }
}

function toRecord(message: PolledMessage, queueArn: string): Record<string, unknown> {
  return { ...message, eventSource: 'aws:sqs', eventSourceARN: queueArn, awsRegion: queueArn.split(':')[3] };
}

// An answer that cannot be read, or that names an unknown message, counts as a failure of the whole batch; an empty
// answer as a success. Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
function failedMessages(payload: string, messages: readonly PolledMessage[]): Set<string> {
  const answer = JSON.parse(payload) as { batchItemFailures?: { itemIdentifier?: unknown }[] } | null;
  const failures = answer?.batchItemFailures ?? [];
  const identifiers = failures.map((failure) => failure.itemIdentifier);
  const known = new Set(messages.map((message) => message.messageId));
  if (identifiers.some((identifier) => typeof identifier !== 'string' || !known.has(identifier))) return known;
  return new Set(identifiers as string[]);
}
