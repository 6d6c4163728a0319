import type { Kernel } from '../../kernel/kernel';
import type { MetricSink } from '../metric-sink';
import type { Lag } from './lag';
import { Replica } from './replica';
import { ReplicationLink } from './replication-link';
import type { TableSchema } from './table-schema';
import { TimeToLive } from './time-to-live';

export interface TableOptions {
  readonly replicationLagMs: Lag;
  readonly indexLagMs: Lag;
  readonly metrics: MetricSink | undefined;
}

/** A table with one replica a region, and a link from each replica to each other one. */
export class Table {
  readonly replicas: ReadonlyMap<string, Replica>;
  readonly links: readonly ReplicationLink[];

  constructor(kernel: Kernel, schema: TableSchema, { replicationLagMs, indexLagMs, metrics }: TableOptions) {
    const replicas = schema.definition.regions.map((region): Replica => {
      const outgoing = (): readonly ReplicationLink[] => linksFrom.get(region)!;
      const replica = new Replica({
        kernel,
        schema,
        region,
        indexLagMs,
        onCommit: (write) => {
          for (const link of outgoing()) link.send(write);
        },
        onChange: (key, item) => timeToLive?.follow(key, item),
      });
      const { timeToLiveAttribute } = schema.definition;
      const timeToLive =
        timeToLiveAttribute === undefined ? undefined : new TimeToLive(kernel, timeToLiveAttribute, replica);
      return replica;
    });
    const linksFrom = new Map(
      replicas.map((source) => {
        const targets = replicas.filter((target) => target !== source);
        const links = targets.map((target) => new ReplicationLink(kernel, source, target, replicationLagMs, metrics));
        return [source.region, links];
      }),
    );
    this.replicas = new Map(replicas.map((replica) => [replica.region, replica]));
    this.links = [...linksFrom.values()].flat();
  }
}
