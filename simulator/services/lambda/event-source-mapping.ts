import type { Kernel } from '../../kernel/kernel';
import { AwsFault } from '../aws-service';
import type { Iam } from '../iam/iam';
import { copyOf, type InvokeOutcome, type Lambda } from './lambda';

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
  /** 1 to 10 without a batching window, up to 10,000 with one. */
  readonly batchSize: number;
  /** How long a batch that is not full waits for more, counted from its first messages. 0 to 300. @default 0 */
  readonly maximumBatchingWindowSeconds?: number;
  /** 2 to 1000. @default 1250, the most that a mapping without a maximum reaches */
  readonly maximumConcurrency?: number;
  /** Whether the function's answer names the messages that failed. */
  readonly reportBatchItemFailures: boolean;
}

// A poller holds a long poll open, so a message is picked up within milliseconds of becoming visible.
const PICK_UP_MEDIAN_US = 8_000;
// What the poller waits after a throttled delivery before it tries to deliver again.
const THROTTLE_BACKOFF_US = 1_000_000;

/**
 * A mapping begins with five batches at a time. While messages are still available it takes up to 300 more a minute, until
 * 1,250; when traffic is low it goes back to five. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 * Assumptions: it grows evenly, and goes back after a minute in which it was never at its limit.
 */
const CONCURRENCY_START = 5;
const CONCURRENCY_MAX = 1250;
const GROWTH_PER_SECOND = 5;
const RETREAT_US = 60_000_000;

/**
 * The pollers between a queue and a function. A message is deleted when the function has succeeded and has not named it
 * as failed; otherwise it stays and becomes visible again when its visibility timeout ends.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 *
 * A batch of messages is limited by their number and the batching window; the limit of 6 MB is not modelled.
 */
export class EventSourceMapping {
  private readonly limitMax: number;
  private limit: number;
  /** Batches that are with the function, and the one that waits for more messages. */
  private inFlight = 0;
  private gathered: PolledMessage[] = [];
  private isPollScheduled = false;
  private isGrowing = false;
  private lastFullUs = 0;
  private pausedUntilUs = 0;

  /** @throws AwsFault for a batch size that needs a batching window */
  constructor(private readonly options: EventSourceMappingOptions) {
    const { batchSize, maximumBatchingWindowSeconds: window = 0 } = options;
    // Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
    if (batchSize > 10 && window < 1) {
      throw new AwsFault(
        'InvalidParameterValueException',
        `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10, got ${batchSize}.`,
      );
    }
    this.limitMax = options.maximumConcurrency ?? CONCURRENCY_MAX;
    this.limit = Math.min(CONCURRENCY_START, this.limitMax);
  }

  /** Begins to poll, now and whenever a message becomes visible. */
  start(): void {
    this.options.queue.onMessageAvailable(this.options.queueArn, () => this.schedulePoll());
    this.schedulePoll();
  }

  private schedulePoll(): void {
    const { kernel, queueArn } = this.options;
    if (this.isPollScheduled || this.isFull()) return;
    this.isPollScheduled = true;
    const delayUs = kernel.random(`poller/${queueArn}`).lognormal(PICK_UP_MEDIAN_US, 0.3);
    kernel.after(Math.max(delayUs, this.pausedUntilUs - kernel.nowUs), () => {
      this.isPollScheduled = false;
      this.poll();
    });
  }

  private poll(): void {
    const { queue, queueArn, batchSize } = this.options;
    if (!this.isPermitted('sqs:ReceiveMessage')) return;
    while (!this.isFull()) {
      const messages = queue.receive(queueArn, batchSize - this.gathered.length);
      if (messages.length === 0) return;
      this.take(messages);
    }
  }

  // A batch that is being gathered has its place already.
  private isFull(): boolean {
    if (this.gathered.length > 0 || this.inFlight < this.limit) return false;
    if (this.limit < this.limitMax) this.grow();
    return true;
  }

  private grow(): void {
    const { kernel } = this.options;
    this.lastFullUs = kernel.nowUs;
    if (this.isGrowing) return;
    this.isGrowing = true;
    kernel.after(1_000_000, () => {
      this.isGrowing = false;
      if (this.inFlight < this.limit) return;
      this.limit = Math.min(this.limitMax, this.limit + GROWTH_PER_SECOND);
      this.schedulePoll();
    });
  }

  private take(messages: readonly PolledMessage[]): void {
    const { kernel, batchSize, maximumBatchingWindowSeconds: window = 0 } = this.options;
    if (window === 0) {
      this.inFlight++;
      return this.deliver(messages);
    }
    if (this.gathered.length === 0) {
      this.inFlight++;
      const batch = (this.gathered = [...messages]);
      kernel.after(window * 1_000_000, () => this.close(batch));
    } else {
      this.gathered.push(...messages);
    }
    if (this.gathered.length >= batchSize) this.close(this.gathered);
  }

  /** Delivers the batch that is being gathered, unless that has happened already. */
  private close(batch: readonly PolledMessage[]): void {
    if (this.gathered !== batch) return;
    this.gathered = [];
    this.deliver(batch);
    this.schedulePoll();
  }

  private deliver(messages: readonly PolledMessage[]): void {
    const { kernel, lambda, functionArn, queueArn } = this.options;
    kernel.record('event-source-mapping', 'deliver', messages.map((message) => message.messageId).join(' '));
    const event = copyOf({ Records: messages.map((message) => toRecord(message, queueArn)) });
    lambda.invoke(functionArn, event, (outcome) => {
      this.inFlight--;
      if (outcome.kind === 'throttled') this.pausedUntilUs = kernel.nowUs + THROTTLE_BACKOFF_US;
      this.retreat();
      this.settle(messages, outcome);
      this.schedulePoll();
    });
  }

  private retreat(): void {
    if (this.limit <= CONCURRENCY_START || this.inFlight >= CONCURRENCY_START) return;
    if (this.options.kernel.nowUs - this.lastFullUs >= RETREAT_US) this.limit = CONCURRENCY_START;
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
