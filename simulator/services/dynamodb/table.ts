import type { Kernel } from '../../kernel/kernel';
import { medianRoundTripMs } from '../../network/latency';
import type { MetricSink } from '../metric-sink';
import type { Lag } from './lag';
import type { ThroughputLimits } from './on-demand-throughput';
import { Replica } from './replica';
import { ReplicationLink } from './replication-link';
import type { TableSchema } from './table-schema';
import { TimeToLive } from './time-to-live';

export interface TableOptions {
  readonly accountId: string;
  readonly replicationLagMs: Lag;
  readonly indexLagMs: Lag;
  readonly throughputLimits: ThroughputLimits;
  readonly metrics: MetricSink | undefined;
}

/** A table with one replica a region, and a link from each replica to each other one. */
export class Table {
  readonly replicas: ReadonlyMap<string, Replica>;
  readonly links: readonly ReplicationLink[];

  constructor(
    kernel: Kernel,
    readonly schema: TableSchema,
    { accountId, replicationLagMs, indexLagMs, throughputLimits, metrics }: TableOptions,
  ) {
    const replicas = schema.definition.regions.map((region): Replica => {
      const outgoing = (): readonly ReplicationLink[] => linksFrom.get(region)!;
      const replica = new Replica({
        kernel,
        schema,
        region,
        accountId,
        indexLagMs,
        throughputLimits,
        metrics,
        onCommit: (write) => {
          for (const link of outgoing()) link.send(write);
        },
      });
      const { timeToLiveAttribute } = schema.definition;
      if (timeToLiveAttribute !== undefined) {
        const timeToLive = new TimeToLive(kernel, timeToLiveAttribute, replica);
        replica.watchers.push((key, item) => timeToLive.follow(key, item));
      }
      return replica;
    });
    const linksFrom = new Map(
      replicas.map((source) => {
        const targets = replicas.filter((target) => target !== source);
        const links = targets.map((target) =>
          schema.definition.multiRegionConsistency === 'STRONG'
            ? new ReplicationLink(kernel, source, target, oneWayLag(source.region, target.region), undefined)
            : new ReplicationLink(kernel, source, target, replicationLagMs, metrics),
        );
        return [source.region, links];
      }),
    );
    this.replicas = new Map(replicas.map((replica) => [replica.region, replica]));
    this.links = [...linksFrom.values()].flat();
  }
}

// A replica that was not part of a write's quorum learns of it as fast as the network carries it. ReplicationLatency is a
// metric of eventual consistency.
function oneWayLag(from: string, to: string): Lag {
  return { median: medianRoundTripMs(from, to) / 2, sigma: 0.25 };
}
