import type { MessageState } from './message';

/** A group is noisy from this share of the messages in flight, or of the recent processing time. */
const NOISY_SHARE = 0.1;
/** Of the messages in flight a group must have so many itself. */
const NOISY_IN_FLIGHT_MIN = 30;
/** A group to which nobody has sent for so long is quiet again. */
const SILENT_US = 300 * 1_000_000;
/** Processing time counts less the longer ago it was, by half in so long. How far back "recent" goes is not documented. */
const HALF_LIFE_US = 60 * 1_000_000;
/** What a group has been processed for is forgotten below this, once it has no messages. */
const FORGOTTEN_US = 1_000;
/** Groups that are kept before any is looked at for being forgotten. */
const GROUPS_MIN = 1_000;

/** Time that consumers have spent, fading. */
class ProcessingTime {
  private fadedUs = 0;
  private atUs = 0;
  inFlight = 0;

  /** Up to this instant, with what is in flight still running. */
  readUs(nowUs: number): number {
    const left = 2 ** -((nowUs - this.atUs) / HALF_LIFE_US);
    // What is in flight all the while adds the integral of what is left of each of its instants.
    this.fadedUs = this.fadedUs * left + (this.inFlight * HALF_LIFE_US * (1 - left)) / Math.LN2;
    this.atUs = nowUs;
    return this.fadedUs;
  }

  change(by: number, nowUs: number): void {
    this.readUs(nowUs);
    this.inFlight += by;
  }
}

interface Group {
  readonly processing: ProcessingTime;
  /** Messages that nobody has received, delayed ones included. */
  backlog: number;
  lastSentUs: number;
  isNoisy: boolean;
}

/**
 * The tenants of a standard queue, for its fairness: who is noisy, and who of them has the fewest messages in flight.
 *
 * A group is noisy from more than a tenth of the messages in flight, and 30 of its own, or from more than a tenth of the
 * recent processing time, until its backlog is gone or nobody has sent to it for five minutes. A message without a group is a
 * tenant of its own, and so never noisy here. Source:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html
 */
export class MessageGroups {
  /** Whether any message ever had a group. Until then the queue is an ordinary one. */
  hasAny = false;
  private readonly groups = new Map<string, Group>();
  private readonly all = new ProcessingTime();
  private lookAt = GROUPS_MIN;

  constructor(private readonly nowUs: () => number) {}

  sent(groupId: string | undefined): void {
    if (groupId !== undefined) this.group(groupId).lastSentUs = this.nowUs();
  }

  /** A message of the group has come (`from` is undefined), changed its state, or gone (`to` is undefined). */
  moved(groupId: string | undefined, from: MessageState | undefined, to: MessageState | undefined): void {
    const inFlight = Number(to === 'inFlight') - Number(from === 'inFlight');
    const nowUs = this.nowUs();
    if (inFlight !== 0) this.all.change(inFlight, nowUs);
    if (groupId === undefined) return;
    const group = this.group(groupId);
    if (inFlight !== 0) group.processing.change(inFlight, nowUs);
    group.backlog += waits(to) - waits(from);
    if (group.backlog === 0) group.isNoisy = false;
  }

  isNoisy(groupId: string | undefined): boolean {
    const group = groupId === undefined ? undefined : this.groups.get(groupId);
    if (group === undefined) return false;
    const nowUs = this.nowUs();
    if (group.backlog === 0 || nowUs - group.lastSentUs >= SILENT_US) group.isNoisy = false;
    else group.isNoisy ||= this.takesTooMuch(group.processing, nowUs);
    return group.isNoisy;
  }

  /** The ids of the groups that are noisy now. */
  noisy(): string[] {
    return Array.from(this.groups.keys()).filter((groupId) => this.isNoisy(groupId));
  }

  inFlightOf(groupId: string): number {
    return this.groups.get(groupId)?.processing.inFlight ?? 0;
  }

  private takesTooMuch(processing: ProcessingTime, nowUs: number): boolean {
    const { inFlight } = processing;
    if (inFlight >= NOISY_IN_FLIGHT_MIN && inFlight > NOISY_SHARE * this.all.inFlight) return true;
    return processing.readUs(nowUs) > NOISY_SHARE * this.all.readUs(nowUs);
  }

  private group(groupId: string): Group {
    let group = this.groups.get(groupId);
    if (group === undefined) {
      this.hasAny = true;
      if (this.groups.size >= this.lookAt) this.forget();
      group = { processing: new ProcessingTime(), backlog: 0, lastSentUs: this.nowUs(), isNoisy: false };
      this.groups.set(groupId, group);
    }
    return group;
  }

  /** Tenants come and go; whoever has left nothing behind is as unknown as somebody new. */
  private forget(): void {
    const nowUs = this.nowUs();
    for (const [groupId, { backlog, processing }] of this.groups) {
      const isGone = backlog === 0 && processing.inFlight === 0 && processing.readUs(nowUs) < FORGOTTEN_US;
      if (isGone) this.groups.delete(groupId);
    }
    this.lookAt = Math.max(GROUPS_MIN, 2 * this.groups.size);
  }
}

const waits = (state: MessageState | undefined): number => Number(state === 'visible' || state === 'delayed');
