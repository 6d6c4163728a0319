import type { Kernel } from '../../kernel/kernel';
import type { MetricSink } from '../metric-sink';
import type { Queue } from './queue';

const MINUTE_MS = 60_000;

/**
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
 */
const ACTIVE_US = 6 * 3600 * 1_000_000;

/**
 * Publishes a queue's metrics once a minute while the queue is active: while it holds messages or someone polls it, and
 * for six hours after the last call. Each metric is left out when the service leaves it out, which matters to alarms
 * that treat missing data. Source of names and reporting:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html Not
 * modelled: when an inactive queue becomes active, the service may begin to publish up to 15 minutes late.
 */
export class QueueMetrics {
  constructor(
    private readonly kernel: Kernel,
    private readonly queue: Queue,
    private readonly sink: MetricSink,
  ) {}

  start(): void {
    this.scheduleNext();
  }

  private scheduleNext(): void {
    const toNextMinuteMs = MINUTE_MS - (this.kernel.epochMs % MINUTE_MS);
    // One millisecond before the minute ends, so that the samples belong to the minute they describe.
    const delayMs = toNextMinuteMs > 1 ? toNextMinuteMs - 1 : MINUTE_MS;
    this.kernel.after(delayMs * 1000, () => {
      this.publish();
      this.scheduleNext();
    });
  }

  private publish(): void {
    const { queue } = this;
    const { visible, inFlight, delayed } = queue.counts;
    const hasMessages = visible + inFlight + delayed > 0;
    const isActive = hasMessages || queue.isPolled || this.kernel.nowUs - queue.lastActivityUs < ACTIVE_US;
    const { sent, received, deleted } = queue.activity;
    queue.activity = { sent: 0, received: 0, deleted: 0 };
    if (!isActive) return;
    this.put('ApproximateNumberOfMessagesVisible', visible, 'Count');
    if (inFlight > 0) this.put('ApproximateNumberOfMessagesNotVisible', inFlight, 'Count');
    if (delayed > 0) this.put('ApproximateNumberOfMessagesDelayed', delayed, 'Count');
    const ageSeconds = queue.ageOfOldestSeconds();
    if (ageSeconds !== undefined) this.put('ApproximateAgeOfOldestMessage', ageSeconds, 'Seconds');
    if (sent > 0) this.put('NumberOfMessagesSent', sent, 'Count');
    if (received > 0) this.put('NumberOfMessagesReceived', received, 'Count');
    if (deleted > 0) this.put('NumberOfMessagesDeleted', deleted, 'Count');
    this.publishQuietGroups();
  }

  /** The service publishes these of every active queue; here only of one that has had a group: of others they say nothing more. */
  private publishQuietGroups(): void {
    const quiet = this.queue.quietGroups();
    if (quiet === undefined) return;
    const { visible, inFlight, delayed } = quiet.counts;
    this.put('ApproximateNumberOfNoisyGroups', quiet.noisyGroups, 'Count');
    this.put('ApproximateNumberOfMessagesVisibleInQuietGroups', visible, 'Count');
    if (inFlight > 0) this.put('ApproximateNumberOfMessagesNotVisibleInQuietGroups', inFlight, 'Count');
    if (delayed > 0) this.put('ApproximateNumberOfMessagesDelayedInQuietGroups', delayed, 'Count');
    if (quiet.ageOfOldestSeconds !== undefined) {
      this.put('ApproximateAgeOfOldestMessageInQuietGroups', quiet.ageOfOldestSeconds, 'Seconds');
    }
  }

  private put(name: string, value: number, unit: string): void {
    const { region, queueName } = this.queue.address;
    this.sink.put({ region, namespace: 'AWS/SQS', name, dimensions: { QueueName: queueName }, value, unit });
  }
}
