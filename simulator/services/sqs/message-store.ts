import type { MessageAttributes, MessageState } from './message';
import { MessageGroups } from './message-groups';
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
  readonly groups: MessageGroups;
  private readonly messages = new Map<number, StoredMessage>();
  /** Delayed messages and those in flight, by the time at which they become visible. */
  private readonly waiting = new TimeOrderedList<StoredMessage>();
  /** Visible messages, in the order in which they are received: all but those set aside. */
  private readonly visible = new TimeOrderedList<StoredMessage>();
  /** Visible messages of noisy groups, by group: they are received when no other is left. */
  private readonly setAside = new Map<string, TimeOrderedList<StoredMessage>>();
  private earliestExpiryUs = Infinity;

  /** @param nowUs the time of the queue, which tells how long groups are being processed */
  constructor(nowUs: () => number) {
    this.groups = new MessageGroups(nowUs);
  }

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
    this.groups.moved(message.messageGroupId, undefined, message.state);
    this.earliestExpiryUs = Math.min(this.earliestExpiryUs, message.expiryUs);
  }

  remove(message: StoredMessage): void {
    if (!this.messages.delete(message.sequence)) return;
    this.counts[message.state]--;
    this.groups.moved(message.messageGroupId, message.state, undefined);
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

  /**
   * Takes the message to receive next out of its list; the caller gives it a new state or removes it. It is the first of
   * those of quiet groups; when there is none, the first of that noisy group which has the fewest in flight.
   */
  takeVisible(): StoredMessage | undefined {
    const { groups } = this;
    if (!groups.hasAny) return this.takeCurrent(this.visible);
    this.takeBackFromQuiet();
    for (
      let message = this.takeCurrent(this.visible);
      message !== undefined;
      message = this.takeCurrent(this.visible)
    ) {
      if (!groups.isNoisy(message.messageGroupId)) return message;
      const groupId = message.messageGroupId!;
      let aside = this.setAside.get(groupId);
      if (aside === undefined) this.setAside.set(groupId, (aside = new TimeOrderedList()));
      aside.insert(message.timeUs, message);
    }
    const fewestFirst = Array.from(this.setAside.keys()).toSorted(
      (left, right) => groups.inFlightOf(left) - groups.inFlightOf(right),
    );
    for (const groupId of fewestFirst) {
      const message = this.takeCurrent(this.setAside.get(groupId)!);
      if (message !== undefined) return message;
      this.setAside.delete(groupId);
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

  private takeCurrent(list: TimeOrderedList<StoredMessage>): StoredMessage | undefined {
    for (let entry = list.take(); entry !== undefined; entry = list.take()) {
      if (this.isCurrent(entry.timeUs, entry.item) && entry.item.state === 'visible') return entry.item;
    }
    return undefined;
  }

  /** Whoever has become quiet stands in line again, at the place of its messages. */
  private takeBackFromQuiet(): void {
    for (const [groupId, aside] of this.setAside) {
      if (this.groups.isNoisy(groupId)) continue;
      this.setAside.delete(groupId);
      for (let message = this.takeCurrent(aside); message !== undefined; message = this.takeCurrent(aside)) {
        this.visible.insert(message.timeUs, message);
      }
    }
  }

  private setState(message: StoredMessage, state: MessageState, timeUs: number): void {
    this.counts[message.state]--;
    this.counts[state]++;
    this.groups.moved(message.messageGroupId, message.state, state);
    message.state = state;
    message.timeUs = timeUs;
  }

  private isCurrent(timeUs: number, message: StoredMessage): boolean {
    return message.timeUs === timeUs && this.messages.has(message.sequence);
  }
}
