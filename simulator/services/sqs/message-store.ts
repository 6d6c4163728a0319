import type { MessageAttributes, MessageState } from './message';
import { TimeOrderedList } from './time-ordered-list';

/** A message as a queue holds it. */
export interface StoredMessage {
  /** The message's number within its queue: a second copy has one of its own, though it shares the id. */
  readonly sequence: number;
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: MessageAttributes;
  readonly messageGroupId: string | undefined;
  readonly sentUs: number;
  /** When it came into this queue: later than when it was sent, in a dead-letter queue. */
  readonly enqueuedUs: number;
  readonly expiryUs: number;
  readonly deadLetterSourceArn: string | undefined;
  state: MessageState;
  /** When a delayed message or one in flight becomes visible; the place of a visible one. */
  timeUs: number;
  /** Receives in all queues. */
  receiveCount: number;
  /** Receives in this queue. */
  receivesHere: number;
  firstReceivedEpochMs: number | undefined;
}

/**
 * The messages of one queue by state. The two lists may hold entries that are out of date, since a message that is
 * deleted or changes its state leaves its entry behind: an entry counts only while its message still says the same.
 */
export class MessageStore {
  readonly counts: Record<MessageState, number> = { delayed: 0, visible: 0, inFlight: 0 };
  private readonly messages = new Map<number, StoredMessage>();
  /** Delayed messages and those in flight, by the time at which they become visible. */
  private readonly waiting = new TimeOrderedList<StoredMessage>();
  /** Visible messages, in the order in which they are received. */
  private readonly visible = new TimeOrderedList<StoredMessage>();
  private earliestExpiryUs = Infinity;

  /** When the next waiting message becomes visible; undefined if none waits. */
  get nextDueUs(): number | undefined {
    return this.waiting.firstTimeUs;
  }

  find(sequence: number): StoredMessage | undefined {
    return this.messages.get(sequence);
  }

  /** In the order in which they came into the queue. */
  all(): Iterable<StoredMessage> {
    return this.messages.values();
  }

  add(message: StoredMessage): void {
    this.messages.set(message.sequence, message);
    this.counts[message.state]++;
    this.earliestExpiryUs = Math.min(this.earliestExpiryUs, message.expiryUs);
  }

  remove(message: StoredMessage): void {
    if (this.messages.delete(message.sequence)) this.counts[message.state]--;
  }

  /** @param placeUs its place among the visible messages */
  show(message: StoredMessage, placeUs: number): void {
    this.setState(message, 'visible', placeUs);
    this.visible.insert(placeUs, message);
  }

  wait(message: StoredMessage, state: 'delayed' | 'inFlight', untilUs: number): void {
    this.setState(message, state, untilUs);
    this.waiting.insert(untilUs, message);
  }

  /** Takes the first visible message out of its list; the caller gives it a new state or removes it. */
  takeVisible(): StoredMessage | undefined {
    for (let entry = this.visible.take(); entry !== undefined; entry = this.visible.take()) {
      if (this.isCurrent(entry.timeUs, entry.item) && entry.item.state === 'visible') return entry.item;
    }
    return undefined;
  }

  /** The first visible message, which stays where it is. */
  peekVisible(): StoredMessage | undefined {
    const message = this.takeVisible();
    if (message !== undefined) this.visible.insert(message.timeUs, message);
    return message;
  }

  /** Takes the messages out of their list that are due by that time; the caller shows them. */
  takeDue(nowUs: number): readonly StoredMessage[] {
    const due: StoredMessage[] = [];
    while ((this.waiting.firstTimeUs ?? Infinity) <= nowUs) {
      const { timeUs, item } = this.waiting.take()!;
      if (this.isCurrent(timeUs, item) && item.state !== 'visible') due.push(item);
    }
    return due;
  }

  /** Removes the messages whose retention has ended. */
  removeExpired(nowUs: number): readonly StoredMessage[] {
    if (nowUs < this.earliestExpiryUs) return [];
    const expired: StoredMessage[] = [];
    this.earliestExpiryUs = Infinity;
    for (const message of this.messages.values()) {
      if (message.expiryUs <= nowUs) expired.push(message);
      else this.earliestExpiryUs = Math.min(this.earliestExpiryUs, message.expiryUs);
    }
    for (const message of expired) this.remove(message);
    return expired;
  }

  private setState(message: StoredMessage, state: MessageState, timeUs: number): void {
    this.counts[message.state]--;
    this.counts[state]++;
    message.state = state;
    message.timeUs = timeUs;
  }

  private isCurrent(timeUs: number, message: StoredMessage): boolean {
    return message.timeUs === timeUs && this.messages.has(message.sequence);
  }
}
