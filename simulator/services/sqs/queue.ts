import { hash } from 'node:crypto';
import type { Kernel } from '../../kernel/kernel';
import type { RandomStream } from '../../kernel/random-stream';
import { ApproximateCounts } from './approximate-counts';
import { Availability } from './availability';
import { invalidValueFault, receiptHandleIsInvalidFault } from './faults';
import type { MessageState, OutgoingMessage, QueuedMessage, ReceivedMessage } from './message';
import { MessageStore, type StoredMessage } from './message-store';
import { type QueueAddress, queueArn, queueUrl } from './queue-address';
import type { QueueSettings } from './queue-definition';
import { decodeReceiptHandle, encodeReceiptHandle } from './receipt-handle';

const SECOND_US = 1_000_000;

/** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const IN_FLIGHT_MAX = 120_000;

/**
 * A message received this often without being deleted goes to the back of a standard queue, and its age is no longer
 * reported. Source:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
const RECEIVES_BEFORE_BACK = 3;

/** A second copy is handed out within this time. The service names no figure. */
const DUPLICATE_DELAY_US_MAX = SECOND_US;

/** What happened since it was last asked. */
export interface Activity {
  sent: number;
  received: number;
  deleted: number;
}

/** A queue without its noisy groups. */
export interface QuietGroups {
  readonly noisyGroups: number;
  readonly counts: Readonly<Record<MessageState, number>>;
  readonly ageOfOldestSeconds: number | undefined;
}

/** One standard queue. */
export class Queue {
  readonly arn: string;
  readonly url: string;
  readonly createdEpochMs: number;
  activity: Activity = { sent: 0, received: 0, deleted: 0 };
  lastActivityUs: number;
  /** How often a received message is handed out a second time. */
  duplicateDeliveryProbability: number;
  private readonly store: MessageStore;
  private readonly approximation: ApproximateCounts;
  private readonly availability: Availability;
  private nextSequence = 1;
  private readonly ids: RandomStream;
  private readonly order: RandomStream;
  private readonly duplicates: RandomStream;

  /** @param deadLetterQueue looked up when a message moves, since queues may be created in any order */
  constructor(
    private readonly kernel: Kernel,
    readonly address: QueueAddress,
    readonly settings: QueueSettings,
    private readonly deadLetterQueue: () => Queue | undefined,
  ) {
    this.arn = queueArn(address);
    this.url = queueUrl(address);
    this.createdEpochMs = kernel.epochMs;
    this.lastActivityUs = kernel.nowUs;
    this.duplicateDeliveryProbability = settings.duplicateDeliveryProbability;
    this.approximation = new ApproximateCounts(kernel, settings.attributeLagSeconds);
    this.availability = new Availability(kernel);
    this.store = new MessageStore(() => kernel.nowUs);
    const stream = `sqs/${address.region}/${address.queueName}`;
    this.ids = kernel.random(`${stream}/ids`);
    this.order = kernel.random(`${stream}/order`);
    this.duplicates = kernel.random(`${stream}/duplicates`);
  }

  /** How many messages are in each state at this instant. */
  get counts(): Readonly<Record<MessageState, number>> {
    this.settle();
    return this.store.counts;
  }

  /** The same as GetQueueAttributes tells it: a little late. */
  get approximateCounts(): Readonly<Record<MessageState, number>> {
    return this.approximation.read(this.counts);
  }

  /** Someone waits for messages all the time, as a poller does. */
  get isPolled(): boolean {
    return this.availability.hasListeners;
  }

  /** Any call keeps the queue active in CloudWatch. */
  touch(): void {
    this.lastActivityUs = this.kernel.nowUs;
    this.approximation.note(this.store.counts);
  }

  /** Takes a message in. @returns its id and the digest of its body */
  send({ body, attributes, messageGroupId, delaySeconds }: OutgoingMessage): { messageId: string; md5OfBody: string } {
    this.touch();
    this.activity.sent++;
    const { nowUs } = this.kernel;
    const message: StoredMessage = {
      sequence: this.nextSequence++,
      messageId: this.ids.uuid(),
      body,
      md5OfBody: hash('md5', body),
      attributes,
      messageGroupId,
      sentUs: nowUs,
      enqueuedUs: nowUs,
      expiryUs: nowUs + this.settings.messageRetentionPeriodSeconds * SECOND_US,
      deadLetterSourceArn: undefined,
      state: 'visible',
      timeUs: 0,
      receiveCount: 0,
      receivesHere: 0,
      firstReceivedEpochMs: undefined,
    };
    this.store.groups.sent(messageGroupId);
    this.store.add(message);
    const delayUs = (delaySeconds ?? this.settings.delaySeconds) * SECOND_US;
    if (delayUs > 0) this.wait(message, 'delayed', delayUs);
    else this.show(message);
    return message;
  }

  /** Receives up to `countMax` messages. Those whose receives are used up move to the dead-letter queue instead. */
  receive(countMax: number, visibilityTimeoutSeconds = this.settings.visibilityTimeoutSeconds): ReceivedMessage[] {
    this.touch();
    this.settle();
    const { redrivePolicy } = this.settings;
    const taken: StoredMessage[] = [];
    while (taken.length < countMax && this.store.counts.inFlight + taken.length < IN_FLIGHT_MAX) {
      const message = this.store.takeVisible();
      if (message === undefined) break;
      if (redrivePolicy !== undefined && message.receivesHere >= redrivePolicy.maxReceiveCount) {
        this.moveToDeadLetterQueue(message);
      } else {
        taken.push(message);
      }
    }
    this.activity.received += taken.length;
    // All are taken before the first is handed out, so that no call receives a message twice, whatever its timeout.
    return taken.map((message) => this.handOut(message, visibilityTimeoutSeconds));
  }

  /**
   * Deletes the message of a receipt. One that was received again since is left, and the caller is not told. Source:
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
   * @throws AwsFault ReceiptHandleIsInvalid
   */
  delete(receiptHandle: string): void {
    this.touch();
    this.settle();
    const message = this.messageOf(receiptHandle);
    this.activity.deleted++;
    if (message !== undefined) this.store.remove(message);
  }

  /** Hides a message in flight for that long from now; 0 shows it at once. @throws AwsFault when it is not in flight */
  changeVisibility(receiptHandle: string, visibilityTimeoutSeconds: number): void {
    this.touch();
    this.settle();
    const message = this.messageOf(receiptHandle);
    if (message?.state !== 'inFlight') {
      throw invalidValueFault(
        'ReceiptHandle',
        receiptHandle,
        'Message does not exist or is not available for visibility timeout change.',
      );
    }
    this.hide(message, visibilityTimeoutSeconds);
  }

  /** Calls back soon after messages become visible, and at once if some are. @returns a function that ends it */
  onMessageAvailable(callback: () => void): () => void {
    const end = this.availability.listen(callback);
    if (this.counts.visible > 0) this.availability.announce();
    this.armWakeUp();
    return end;
  }

  /** For a redrive task: the next message to receive, without receiving it. */
  peek(): StoredMessage | undefined {
    this.settle();
    return this.store.peekVisible();
  }

  /** For a redrive task: takes a visible message away. */
  removeVisible(message: StoredMessage): void {
    this.touch();
    this.store.remove(message);
  }

  /** All messages, in the order in which they came into the queue. */
  *list(): Generator<QueuedMessage> {
    this.settle();
    for (const message of this.store.all()) {
      yield {
        messageId: message.messageId,
        body: message.body,
        messageAttributes: message.attributes,
        state: message.state,
        sentEpochMs: this.epochMsOf(message.sentUs),
        receiveCount: message.receiveCount,
      };
    }
  }

  /** Seconds since the oldest message came, of those whose age is reported; undefined if there is none. */
  ageOfOldestSeconds(): number | undefined {
    this.settle();
    return this.ageOfOldest(() => true);
  }

  /** What is there beside noisy groups, and how many of those there are; undefined if no message ever had a group. */
  quietGroups(): QuietGroups | undefined {
    this.settle();
    const { groups } = this.store;
    if (!groups.hasAny) return undefined;
    const noisy = new Set(groups.noisy());
    const isQuiet = ({ messageGroupId }: StoredMessage): boolean =>
      messageGroupId === undefined || !noisy.has(messageGroupId);
    const counts = { delayed: 0, visible: 0, inFlight: 0 };
    for (const message of this.store.all()) if (isQuiet(message)) counts[message.state]++;
    return { noisyGroups: noisy.size, counts, ageOfOldestSeconds: this.ageOfOldest(isQuiet) };
  }

  private ageOfOldest(isCounted: (message: StoredMessage) => boolean): number | undefined {
    for (const message of this.store.all()) {
      if (message.receivesHere >= RECEIVES_BEFORE_BACK || !isCounted(message)) continue;
      return Math.floor((this.kernel.nowUs - message.enqueuedUs) / SECOND_US);
    }
    return undefined;
  }

  /** Brings the queue to the present: what is due becomes visible, and what is past its retention is gone. */
  private settle(): void {
    const { nowUs } = this.kernel;
    for (const { messageId } of this.store.removeExpired(nowUs)) this.kernel.record(this.arn, 'expired', messageId);
    for (const message of this.store.takeDue(nowUs)) this.show(message);
  }

  private messageOf(receiptHandle: string): StoredMessage | undefined {
    const receipt = decodeReceiptHandle(receiptHandle);
    if (receipt === undefined || receipt.queueArn !== this.arn) throw receiptHandleIsInvalidFault(receiptHandle);
    const message = this.store.find(receipt.sequence);
    return message?.receivesHere === receipt.receive ? message : undefined;
  }

  private handOut(message: StoredMessage, visibilityTimeoutSeconds: number): ReceivedMessage {
    message.receiveCount++;
    message.receivesHere++;
    message.firstReceivedEpochMs ??= this.kernel.epochMs;
    this.maybeDuplicate(message);
    this.hide(message, visibilityTimeoutSeconds);
    const { sequence, receivesHere: receive } = message;
    return {
      messageId: message.messageId,
      receiptHandle: encodeReceiptHandle({ queueArn: this.arn, sequence, receive }),
      body: message.body,
      md5OfBody: message.md5OfBody,
      messageAttributes: message.attributes,
      attributes: this.systemAttributesOf(message),
    };
  }

  private systemAttributesOf(message: StoredMessage): Readonly<Record<string, string>> {
    return {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(this.epochMsOf(message.sentUs)),
      // Who sent it is known to the authentication, which is not the queue's: the account stands for its roles.
      SenderId: this.address.accountId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedEpochMs),
      ...(message.messageGroupId === undefined ? {} : { MessageGroupId: message.messageGroupId }),
      ...(message.deadLetterSourceArn === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSourceArn }),
    };
  }

  /** Now and then a standard queue hands out a message twice: here a second copy, which must be deleted on its own. */
  private maybeDuplicate(message: StoredMessage): void {
    const { duplicateDeliveryProbability: probability } = this;
    if (probability === 0 || !this.duplicates.chance(probability)) return;
    const copy: StoredMessage = { ...message, sequence: this.nextSequence++ };
    this.kernel.record(this.arn, 'duplicate', message.messageId);
    this.store.add(copy);
    this.wait(copy, 'inFlight', this.duplicates.uniform(1, DUPLICATE_DELAY_US_MAX));
  }

  private moveToDeadLetterQueue(message: StoredMessage): void {
    this.store.remove(message);
    this.kernel.record(this.arn, 'redrive', message.messageId);
    this.deadLetterQueue()?.takeDeadLetter(message, this.arn);
  }

  /**
   * Keeps the id, the receives, and the time of sending, from which a standard queue goes on counting the retention.
   */
  private takeDeadLetter(message: StoredMessage, sourceArn: string): void {
    this.touch();
    const moved: StoredMessage = {
      ...message,
      sequence: this.nextSequence++,
      enqueuedUs: this.kernel.nowUs,
      expiryUs: message.sentUs + this.settings.messageRetentionPeriodSeconds * SECOND_US,
      deadLetterSourceArn: sourceArn,
      receivesHere: 0,
    };
    this.store.add(moved);
    this.show(moved);
  }

  private show(message: StoredMessage): void {
    const jitterUs = Math.floor(this.order.next() * this.settings.orderJitterMs * 1000);
    const isAtBack = message.receivesHere >= RECEIVES_BEFORE_BACK;
    this.store.show(message, (isAtBack ? this.kernel.nowUs : message.enqueuedUs) + jitterUs);
    this.availability.announce();
  }

  private hide(message: StoredMessage, seconds: number): void {
    if (seconds === 0) this.show(message);
    else this.wait(message, 'inFlight', seconds * SECOND_US);
  }

  private wait(message: StoredMessage, state: 'delayed' | 'inFlight', durationUs: number): void {
    this.store.wait(message, state, Math.round(this.kernel.nowUs + durationUs));
    this.armWakeUp();
  }

  private armWakeUp(): void {
    this.availability.wakeAt(this.store.nextDueUs, () => {
      this.settle();
      this.armWakeUp();
    });
  }

  private epochMsOf(timeUs: number): number {
    return this.kernel.startEpochMs + Math.floor(timeUs / 1000);
  }
}
