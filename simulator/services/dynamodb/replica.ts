import type { Kernel } from '../../kernel/kernel';
import type { MetricSink } from '../metric-sink';
import type { AttributeMap } from './attribute-value';
import { GlobalSecondaryIndex } from './global-secondary-index';
import { type Entry, ItemCollection } from './item-collection';
import { identityOf, type ItemKey } from './item-key';
import type { Lag } from './lag';
import {
  type Demand,
  OnDemandThroughput,
  readUnitsOf,
  type ThroughputLimits,
  writeUnitsOf,
} from './on-demand-throughput';
import type { TableSchema } from './table-schema';

/** When and where an item was last written. Every write has its own; the later one wins everywhere. */
export interface Version {
  readonly timeUs: number;
  readonly region: string;
}

/** A committed write, as it travels to the other replicas. */
export interface Write {
  readonly key: ItemKey;
  /** Undefined for a deletion. */
  readonly item: AttributeMap | undefined;
  readonly version: Version;
}

interface StoredItem extends Entry {
  item: AttributeMap;
  version: Version;
}

export interface ReplicaOptions {
  readonly kernel: Kernel;
  readonly schema: TableSchema;
  readonly region: string;
  readonly accountId: string;
  readonly indexLagMs: Lag;
  readonly throughputLimits: ThroughputLimits;
  readonly metrics: MetricSink | undefined;
  /** Called for each write that was committed here, not for writes that arrived from another replica. */
  readonly onCommit: (write: Write) => void;
}

/** The items of one table in one region, with their indexes. */
export class Replica {
  readonly schema: TableSchema;
  readonly region: string;
  readonly items = new ItemCollection<StoredItem>();
  /** Each is called for every change here, wherever it was written. */
  readonly watchers: ((key: ItemKey, item: AttributeMap | undefined) => void)[] = [];
  readonly throughput: OnDemandThroughput;
  readonly indexes: ReadonlyMap<string, GlobalSecondaryIndex>;
  /** When deleted items were deleted, so that an older write that arrives late does not bring them back. */
  private readonly tombstones = new Map<string, Version>();
  private readonly isReplicated: boolean;

  constructor(private readonly options: ReplicaOptions) {
    const { kernel, schema, region, accountId, indexLagMs, throughputLimits, metrics } = options;
    this.schema = schema;
    this.region = region;
    this.isReplicated = schema.definition.regions.length > 1;
    const { tableName } = schema.definition;
    const throughputOf = (indexName?: string): OnDemandThroughput => {
      const owner = { tableName, region, accountId, ...(indexName === undefined ? {} : { indexName }) };
      return new OnDemandThroughput(kernel, owner, throughputLimits, metrics);
    };
    this.throughput = throughputOf();
    this.indexes = new Map(
      schema.indexes.map((index) => {
        const stream = kernel.random(`index/${tableName}/${region}/${index.indexName}`);
        const { indexName } = index;
        return [indexName, new GlobalSecondaryIndex(index, kernel, indexLagMs, stream, throughputOf(indexName))];
      }),
    );
  }

  find(key: ItemKey): AttributeMap | undefined {
    return this.items.find(key.partitionKey, key.sortKey)?.item;
  }

  /** What a read of one item takes, also where there is none. */
  readDemand({ partitionKey }: ItemKey, item: AttributeMap | undefined, isConsistent: boolean): Demand {
    const units = readUnitsOf(item === undefined ? [] : [item], isConsistent);
    return { throughput: this.throughput, access: 'Read', partitionKey, units };
  }

  /** What a write takes of the table itself, also one whose condition fails. */
  ownWriteDemand(key: ItemKey, before: AttributeMap | undefined, after: AttributeMap | undefined): Demand {
    const { partitionKey } = key;
    return { throughput: this.throughput, access: 'Write', partitionKey, units: writeUnitsOf(before, after) };
  }

  /**
   * What a write takes of the table and of its indexes. An index that cannot follow holds the table back:
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
   */
  writeDemands(key: ItemKey, before: AttributeMap | undefined, after: AttributeMap | undefined): Demand[] {
    const own = this.ownWriteDemand(key, before, after);
    const ofIndexes = [...this.indexes.values()].flatMap((index) => index.writeDemands(before, after, own.units));
    return [own, ...ofIndexes];
  }

  /**
   * Commits a write of this region. Its time is later than that of the version it replaces, even within one
   * microsecond, so that every replica orders the two alike.
   */
  commit(key: ItemKey, item: AttributeMap | undefined): void {
    const stored = this.items.find(key.partitionKey, key.sortKey);
    const { nowUs } = this.options.kernel;
    const replaced = this.isReplicated ? (stored?.version ?? this.tombstones.get(identityOf(key))) : undefined;
    const timeUs = replaced === undefined ? nowUs : Math.max(nowUs, replaced.timeUs + 1);
    const write: Write = { key, item, version: { timeUs, region: this.region } };
    this.apply(write, stored);
    if (this.isReplicated) this.options.onCommit(write);
  }

  /**
   * Takes a write from another replica unless this replica has a later version. Equal times are decided by the region's
   * name: which one the service prefers is not documented, only that all replicas agree.
   * @returns whether the write was taken
   */
  receive(write: Write): boolean {
    const stored = this.items.find(write.key.partitionKey, write.key.sortKey);
    const present = stored?.version ?? this.tombstones.get(identityOf(write.key));
    if (present !== undefined && !isLater(write.version, present)) return false;
    for (const demand of this.writeDemands(write.key, stored?.item, write.item)) demand.throughput.use(demand);
    this.apply(write, stored);
    return true;
  }

  private apply({ key, item, version }: Write, stored: StoredItem | undefined): void {
    const previous = stored?.item;
    if (item === undefined) {
      if (stored !== undefined) this.items.remove(stored);
      if (this.isReplicated) this.tombstones.set(identityOf(key), version);
      if (stored === undefined) return;
    } else if (stored === undefined) {
      this.items.set({ partitionKey: key.partitionKey, sortKey: key.sortKey, tieBreak: '', item, version });
      if (this.tombstones.size > 0) this.tombstones.delete(identityOf(key));
    } else {
      stored.item = item;
      stored.version = version;
    }
    if (this.indexes.size > 0) {
      const identity = identityOf(key);
      for (const index of this.indexes.values()) index.follow(identity, item, previous);
    }
    for (const watcher of this.watchers) watcher(key, item);
  }
}

function isLater(one: Version, other: Version): boolean {
  return one.timeUs > other.timeUs || (one.timeUs === other.timeUs && one.region > other.region);
}
