import type { Kernel } from '../../kernel/kernel';
import type { RandomStream } from '../../kernel/random-stream';
import type { MetricSink } from '../metric-sink';
import { drawLagUs, type Lag } from './lag';
import type { Replica, Write } from './replica';

const MINUTE_MS = 60_000;

/**
 * Carries the writes of one replica to another. Each write travels on its own, so writes may overtake each other; the
 * order of writes in the source is not kept. Source:
 * https://docs.aws.amazon.com/prescriptive-guidance/latest/dynamodb-global-tables/overview.html
 */
export class ReplicationLink {
  isPaused = false;
  private inFlight = 0;
  private held: Write[] = [];
  /** Kept for tables with strong consistency only: what is on its way, in the order of the writes. */
  private readonly travelling: Set<Write> | undefined;
  private readonly name: string;
  private readonly stream: RandomStream;
  private latencySumMs = 0;
  private latencyCount = 0;

  constructor(
    private readonly kernel: Kernel,
    readonly source: Replica,
    readonly target: Replica,
    private readonly lag: Lag,
    private readonly metrics: MetricSink | undefined,
  ) {
    this.name = `replication/${source.schema.definition.tableName}/${source.region}-${target.region}`;
    this.stream = kernel.random(this.name);
    this.travelling = source.schema.definition.multiRegionConsistency === 'STRONG' ? new Set() : undefined;
  }

  send(write: Write): void {
    if (this.isPaused) {
      this.held.push(write);
      return;
    }
    this.inFlight++;
    this.travelling?.add(write);
    this.kernel.after(drawLagUs(this.lag, this.stream), () => this.arrive(write));
  }

  /**
   * Delivers what was held. How fast the service catches up is not documented: here every write takes a lag of its own.
   */
  resume(): void {
    this.isPaused = false;
    const { held } = this;
    this.held = [];
    for (const write of held) this.send(write);
  }

  /** Applies all that is on its way, or was held, at this instant. For tables with strong consistency only. */
  deliverNow(): void {
    const writes = [...(this.travelling ?? []), ...this.held].sort(
      (one, other) => one.version.timeUs - other.version.timeUs,
    );
    this.travelling?.clear();
    this.held = [];
    for (const write of writes) this.target.receive(write);
  }

  /** Why this link is not done, or undefined when it is. */
  pending(): string | undefined {
    if (this.inFlight + this.held.length === 0) return undefined;
    const { tableName } = this.source.schema.definition;
    const reasons = [];
    if (this.inFlight > 0) reasons.push(`${this.inFlight} in flight`);
    if (this.held.length > 0) reasons.push(`${this.held.length} held because replication is paused`);
    return `Table ${tableName}, ${this.source.region} to ${this.target.region}: writes ${reasons.join(', ')}.`;
  }

  private arrive(write: Write): void {
    this.inFlight--;
    if (this.travelling?.delete(write) === false) return;
    if (this.isPaused) {
      this.held.push(write);
      return;
    }
    const isTaken = this.target.receive(write);
    this.kernel.record(this.name, isTaken ? 'applied' : 'superseded', write.key.partitionKey + write.key.sortKey);
    this.measure(write);
  }

  /**
   * ReplicationLatency is stored in the source region, with the region that received. Source:
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
   * Published as one average a minute, so that a busy table costs no more than a quiet one.
   */
  private measure(write: Write): void {
    if (this.metrics === undefined) return;
    this.latencySumMs += (this.kernel.nowUs - write.version.timeUs) / 1000;
    this.latencyCount++;
    if (this.latencyCount > 1) return;
    const toNextMinuteMs = MINUTE_MS - (this.kernel.epochMs % MINUTE_MS);
    // One millisecond before the minute ends, so that the sample belongs to the minute it describes.
    this.kernel.after((toNextMinuteMs - 1) * 1000, () => this.publish());
  }

  private publish(): void {
    this.metrics?.put({
      region: this.source.region,
      namespace: 'AWS/DynamoDB',
      name: 'ReplicationLatency',
      dimensions: {
        TableName: this.source.schema.definition.tableName,
        ReceivingRegion: this.target.region,
      },
      value: this.latencySumMs / this.latencyCount,
      unit: 'Milliseconds',
    });
    this.latencySumMs = 0;
    this.latencyCount = 0;
  }
}
